import type { Overlaid } from './branches/overlaid.ts';
import type { LiveEngine, Reading } from './live/engine.server.ts';
import type { TextFacts, TextPatch } from './living.ts';
import { countWords, outlineOf, readingMinutes } from './outline.ts';
import { articleHtml, drawPieces, type DrawnPiece, type Layers } from './pieces.server.ts';
import { escapeHtml } from './render/escape.ts';
import { fingerprint } from './render/fingerprint.ts';
import { renderBlocks, renderHtml, type RenderOptions } from './render/html.ts';
import type { Block } from './text/blocks.ts';

/** How a text is drawn for some readers. */
export interface Drawn extends Layers {
	/** Who is shown the same and in which language: what they were shown before is remembered by this. */
	readers: string;
	/** Changes with the layers, so that what was drawn once is not drawn again. */
	state: string;
	/** What is drawn in place of the living text, such as the text with suggestions in it. */
	blocks?: Block[];
}

type Live = Pick<LiveEngine, 'read'>;

/** What is known of a document's text at one row of its log, for all its readers. */
interface Known {
	epoch: number;
	seq: number;
	/** For each piece: what its words looked like, and at which row that was seen first. */
	seen: Map<string, { hash: string; since: number }>;
	facts: Pick<TextFacts, 'minutes' | 'outline'>;
	drawings: Map<string, Drawing>;
}

/** The text as some readers see it now, and which pieces differ from what they saw before. */
interface Drawing {
	key: string;
	name: string;
	pieces: DrawnPiece[];
	/** Counts the drawings of these readers; `turns` says which one had which name. */
	turn: number;
	turns: Map<string, number>;
	since: Map<string, { hash: string; turn: number }>;
}

const MOST_DOCUMENTS = 200;
/** Kinds of readers of one document. */
const MOST_DRAWINGS = 16;
/** Earlier drawings that a page may still show; a page that shows an older one is sent everything. */
const MOST_TURNS = 200;
const memories = new WeakMap<object, Map<string, Known>>();

/** The living text, drawn for a reader: what a page is told of it, and its markup. */
export async function livingText(
	live: Live,
	documentId: string,
	drawn: Drawn
): Promise<{ facts: TextFacts; html: string }> {
	const { facts, drawing } = await drawingOf(live, documentId, drawn);
	const { epoch, seq } = facts;
	const html = articleHtml(drawing.pieces, { at: `${epoch}.${seq}`, drawing: drawing.name });
	return { facts, html };
}

/**
 * What a page that shows an earlier drawing has to change. What the page shows is only compared to what
 * this process has drawn: a page that shows something else is sent everything once more.
 */
export async function textPatch(
	live: Live,
	documentId: string,
	drawn: Drawn,
	had: { epoch: number; seq: number; drawing: string }
): Promise<TextPatch> {
	const { facts, drawing, seen } = await drawingOf(live, documentId, drawn);
	const anew = had.epoch !== facts.epoch;
	const shown = drawing.turns.get(had.drawing) ?? -1;
	const isOther = ({ id }: DrawnPiece) => anew || drawing.since.get(id)!.turn > shown;
	const isChanged = ({ id }: DrawnPiece) => anew || (seen.get(id)?.since ?? Infinity) > had.seq;
	const other = drawing.pieces.filter(isOther);
	return {
		...facts,
		order: drawing.pieces.map(({ id, from }) => [id, from]),
		pieces: other.map(({ id, html }) => ({ id, html })),
		changed: other.filter(isChanged).map(({ id }) => id)
	};
}

/** A text that does not change, as one piece of markup. */
export function textHtml(blocks: Block[], labels: RenderOptions['labels']): string {
	return renderHtml(blocks, { labels });
}

/** Of a text with changes in it, the pieces that hold the changed blocks; a gap is told by a rule. */
export function changedHtml(
	text: Pick<Overlaid, 'blocks' | 'marks' | 'origins'>,
	touched: readonly string[],
	labels: RenderOptions['labels']
): string {
	const { blocks, marks, origins } = text;
	const all = renderBlocks(blocks, { marks, origins, labels, prefix: 'change-' });
	const holds = (html: string) =>
		touched.some((id) => html.includes(` data-block="${escapeHtml(id)}"`));
	let last = -1;
	return all
		.flatMap(({ html }, at) => {
			if (!holds(html)) return [];
			const gap = last >= 0 && at > last + 1 ? '<hr>' : '';
			last = at;
			return [gap + html];
		})
		.join('');
}

async function drawingOf(live: Live, documentId: string, drawn: Drawn) {
	const reading = await live.read(documentId);
	const known = knownOf(live, documentId, reading);
	const drawing = drawFor(known, reading, drawn);
	const { epoch, seq, changedAt } = reading;
	const facts = { epoch, seq, changedAt, ...known.facts, drawing: drawing.name };
	return { facts, drawing, seen: known.seen };
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
	const drawings = before?.epoch === epoch ? before.drawings : new Map<string, Drawing>();
	const known: Known = { epoch, seq, seen, facts, drawings };
	keep(memory, documentId, known, MOST_DOCUMENTS);
	return known;
}

function drawFor({ drawings, seq }: Known, { blocks }: Reading, drawn: Drawn): Drawing {
	const key = `${seq} ${drawn.state}`;
	const before = drawings.get(drawn.readers);
	if (before?.key === key) return before;
	const pieces = drawPieces(drawn.blocks ?? blocks, drawn);
	const name = fingerprint(pieces.map(({ id, hash }) => `${id} ${hash}`).join('\n'));
	const turn = (before?.turn ?? 0) + 1;
	const turns = new Map(before?.turns);
	keep(turns, name, turn, MOST_TURNS);
	const since: Drawing['since'] = new Map();
	for (const { id, hash } of pieces) {
		const old = before?.since.get(id);
		since.set(id, old?.hash === hash ? old : { hash, turn });
	}
	const drawing: Drawing = { key, name, pieces, turn, turns, since };
	keep(drawings, drawn.readers, drawing, MOST_DRAWINGS);
	return drawing;
}

/** Keeps the newest; the one that came first goes. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
	map.delete(key);
	map.set(key, value);
	if (map.size > most) map.delete(map.keys().next().value!);
}
