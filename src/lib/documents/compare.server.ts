import type { House } from '#lib/server/house.ts';
import { compareBlocks, type Change } from './compare/compare.ts';
import type { CompareRow, Comparison, Side } from './comparison.ts';
import type { LiveEngine } from './live/engine.server.ts';
import { inlineHtml } from './render/inline.ts';
import { renderModel } from './render/model.ts';
import type { Mark } from './render/paint.ts';
import { numberClauses, type Block } from './text/blocks.ts';
import { readVersion } from './versions.server.ts';

/** Keeps the ids of a comparison apart from those of a text. */
const PREFIX = 'c-';

/**
 * What changed from one text of a document to another, clause by clause. Without `all`, unchanged
 * passages are only counted, but for the headings that say where a change is.
 */
export async function compareTexts(
	house: House,
	live: Pick<LiveEngine, 'read'>,
	documentId: string,
	from: Side,
	to: Side,
	all: boolean
): Promise<Comparison> {
	const [before, after] = await Promise.all(
		[from, to].map((side) => blocksOf(house, live, documentId, side))
	);
	const draw = drawing(before!, after!);
	const changes = compareBlocks(before!, after!);
	return { counts: countsOf(changes), rows: all ? changes.map(draw) : condensed(changes, draw) };
}

async function blocksOf(
	house: House,
	live: Pick<LiveEngine, 'read'>,
	documentId: string,
	side: Side
): Promise<Block[]> {
	if (side === 'now') return (await live.read(documentId)).blocks;
	return (await readVersion(house, documentId, side)).blocks;
}

const isKept = ({ kind, restyled }: Change) => kind === 'same' && !restyled;

function countsOf(changes: Change[]): Comparison['counts'] {
	const of = (test: (change: Change) => boolean) => changes.filter(test).length;
	return {
		changed: of((one) => one.kind === 'changed' || (one.kind === 'same' && one.restyled)),
		added: of((one) => one.kind === 'added'),
		removed: of((one) => one.kind === 'removed'),
		moved: of((one) => one.kind === 'moved')
	};
}

type Draw = (change: Change) => CompareRow;

function condensed(changes: Change[], draw: Draw): CompareRow[] {
	const rows: CompareRow[] = [];
	let heading: Change | null = null;
	let skipped = 0;
	for (const change of changes) {
		if (isKept(change)) {
			if (change.after?.attrs.type === 'heading') heading = change;
			skipped += 1;
			continue;
		}
		const shown: Change[] = heading ? [heading, change] : [change];
		skipped -= shown.length - 1;
		if (skipped > 0) rows.push({ kind: 'gap', count: skipped });
		rows.push(...shown.map(draw));
		heading = null;
		skipped = 0;
	}
	if (skipped > 0) rows.push({ kind: 'gap', count: skipped });
	return rows;
}

function drawing(before: Block[], after: Block[]): Draw {
	const numbers = { before: numberClauses(before), after: numberClauses(after) };
	const notes = new Map(
		[before, after].flatMap((blocks) =>
			renderModel(blocks).notes.map(({ key, number }): [string, number] => [key, number])
		)
	);
	return (change) => {
		const block = (change.after ?? change.before)!;
		const was = change.before && (numbers.before.get(change.before.id) ?? null);
		const is = change.after && (numbers.after.get(change.after.id) ?? null);
		return {
			kind: change.kind === 'same' && change.restyled ? 'restyled' : change.kind,
			id: block.id,
			type: block.attrs.type,
			was,
			is,
			html: htmlOf(change, (key) => notes.get(key))
		};
	};
}

function htmlOf(change: Change, noteNumber: (key: string) => number | undefined): string {
	const pieces = change.parts.flatMap(({ op, spans }) => {
		const kind = op === 'ins' ? 'insertion' : 'deletion';
		const marks: Mark[] = op === 'equal' ? [] : [{ from: 0, to: 1, kind }];
		return spans.map((span, at) => ({ span, at, marks }));
	});
	const blockId = `${change.kind}-${(change.after ?? change.before)!.id}`;
	const html = inlineHtml(pieces, { blockId, noteNumber, prefix: PREFIX });
	// What went and what came in its place are two words, also for those who hear or copy them.
	return html.replaceAll('</del><ins>', '</del> <ins>').replaceAll('</ins><del>', '</ins> <del>');
}
