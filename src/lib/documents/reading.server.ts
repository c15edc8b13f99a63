import { createHash } from 'node:crypto';
import type { LiveEngine, Reading } from './live/engine.server.ts';
import type { LivingText, ReadPiece, TextPatch } from './living.ts';
import { countWords, outlineOf, readingMinutes } from './outline.ts';
import { NOTES, renderBlocks, renderHtml, type RenderOptions } from './render/html.ts';
import type { Mark } from './render/paint.ts';
import { numberClauses, type Block } from './text/blocks.ts';

/** How a text is drawn for one reader: highlights they may see, and words in their language. */
export interface Drawn {
	marks: Mark[];
	labels: RenderOptions['labels'];
}

type Live = Pick<LiveEngine, 'read'>;

/** What is known of a document's text at one row of its log, for all its readers. */
interface Known {
	epoch: number;
	seq: number;
	/** For each piece: what it looked like, and at which row that was seen first. */
	seen: Map<string, { hash: string; since: number }>;
	facts: Pick<LivingText, 'minutes' | 'outline'>;
	/** The pieces with one set of highlights, by its name. */
	painted: Map<string, ReadPiece[]>;
}

const MOST_DOCUMENTS = 200;
const MOST_PAINTED = 20;
const memories = new WeakMap<object, Map<string, Known>>();

/** The living text, drawn for a reader. */
export async function livingText(
	live: Live,
	documentId: string,
	drawn: Drawn
): Promise<LivingText> {
	const reading = await live.read(documentId);
	const known = knownOf(live, documentId, reading);
	const { marks, pieces } = paintedOf(known, reading, drawn);
	const { epoch, seq, changedAt } = reading;
	return { epoch, seq, changedAt, ...known.facts, marks, pieces };
}

/**
 * What a page that shows an earlier row has to change. Rows are only compared to rows that a page was
 * given: what was not seen since the process started is sent once more.
 */
export async function textPatch(
	live: Live,
	documentId: string,
	drawn: Drawn,
	had: { epoch: number; seq: number; marks: string }
): Promise<TextPatch> {
	const { pieces, ...text } = await livingText(live, documentId, drawn);
	const { seen } = memories.get(live)!.get(documentId)!;
	const anew = had.epoch !== text.epoch;
	const isChanged = ({ id }: ReadPiece) => anew || (seen.get(id)?.since ?? Infinity) > had.seq;
	const isRepainted = ({ html }: ReadPiece) => had.marks !== text.marks && html.includes('<mark');
	return {
		...text,
		order: pieces.map(({ id, from }) => [id, from]),
		pieces: pieces.filter((piece) => isChanged(piece) || isRepainted(piece)),
		changed: pieces.filter(isChanged).map(({ id }) => id)
	};
}

/** A text that does not change, as one piece of markup. */
export function textHtml(blocks: Block[], labels: RenderOptions['labels']): string {
	return renderHtml(blocks, { labels });
}

function knownOf(live: Live, documentId: string, { epoch, seq, blocks }: Reading): Known {
	const memory = memories.get(live) ?? new Map<string, Known>();
	memories.set(live, memory);
	const before = memory.get(documentId);
	memory.delete(documentId);
	if (before?.epoch === epoch && before.seq === seq) {
		memory.set(documentId, before);
		return before;
	}
	const seen: Known['seen'] = new Map();
	for (const { id, hash } of renderBlocks(blocks)) {
		const old = before?.epoch === epoch ? before.seen.get(id) : undefined;
		seen.set(id, { hash, since: old?.hash === hash ? old.since : seq });
	}
	const facts = { minutes: readingMinutes(countWords(blocks)), outline: outlineOf(blocks) };
	const known: Known = { epoch, seq, seen, facts, painted: new Map() };
	memory.set(documentId, known);
	if (memory.size > MOST_DOCUMENTS) memory.delete(memory.keys().next().value!);
	return known;
}

function paintedOf(known: Known, { blocks }: Reading, { marks, labels }: Drawn) {
	const name = nameOf(marks, blocks);
	const key = `${name} ${labels?.back ?? ''}`;
	let pieces = known.painted.get(key);
	if (!pieces) {
		pieces = piecesOf(blocks, { marks, labels });
		known.painted.set(key, pieces);
		if (known.painted.size > MOST_PAINTED) {
			known.painted.delete(known.painted.keys().next().value!);
		}
	}
	return { marks: name, pieces };
}

function piecesOf(blocks: Block[], options: RenderOptions): ReadPiece[] {
	const numbers = numberClauses(blocks);
	const types = new Map(blocks.map((block) => [block.id, block.attrs.type]));
	return renderBlocks(blocks, options).map(({ id, html, from }) => ({
		id,
		type: id === NOTES ? 'note' : (types.get(id) ?? 'paragraph'),
		number: numbers.get(id) ?? null,
		html,
		from,
		drawn: from,
		blocks: [...html.matchAll(/ data-block="([^"]*)"/g)].map((found) => found[1]!)
	}));
}

/** Names a set of highlights by the words they are on, so that it stays the same when text above moves. */
function nameOf(marks: Mark[], blocks: Block[]): string {
	const hash = createHash('sha256');
	let at = 0;
	for (const { id, from, to, status } of [...marks].sort((a, b) => a.from - b.from)) {
		while (at < blocks.length - 1 && blocks[at]!.to < from) at += 1;
		const block = blocks[at]!;
		hash.update(`${block.id} ${from - block.from} ${to - from} ${id} ${status}\n`);
	}
	return hash.digest('base64url').slice(0, 12);
}
