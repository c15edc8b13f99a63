import type { Beside } from './beside.ts';
import type { Figures } from './views.ts';

/** On (1) or back (-1). */
export type Direction = 1 | -1;

/** What there is to walk through; `Conversation` is one. */
export interface Walked {
	/** The card somebody looks at. */
	readonly current: string | null;
	/** The cards loaded so far, as they stand beside the text. */
	readonly beside: readonly Beside[];
	/** The place of each block in the text; its keys are in the order of the text. */
	readonly order: ReadonlyMap<string, number>;
	/** Says which blocks have threads. */
	readonly figures: Figures;
	load(blockId: string, suggested: number): Promise<void>;
}

/** Where the text stands. */
export interface Standing {
	/** The block in view: one begins there when nobody looks at a card yet. */
	from: string | null;
	/** How many suggestions each block has; those that have none may be missing. */
	suggested: ReadonlyMap<string, number>;
}

/**
 * The card after or before the current one, through all that is suggested and said, round the end of the
 * text; undefined: there is none. Blocks are loaded as they are come to. Of a block's suggestions only
 * those shown beside it are walked.
 */
export async function step(
	talk: Walked,
	direction: Direction,
	{ from, suggested }: Standing
): Promise<Beside | undefined> {
	const left = talk.beside.find(({ id }) => id === talk.current);
	const block = left?.blockId ?? null;
	if (block !== null) await talk.load(block, suggested.get(block) ?? 0);
	const beside = cardsOf(talk, block);
	const at = beside.findIndex(({ id }) => id === left?.id);
	const next = at < 0 ? undefined : beside[at + direction];
	if (next) return next;

	for (const id of blocksBeyond(talk.order, direction, { left: block, from })) {
		const isSaid = talk.figures[id] || suggested.has(id) || cardsOf(talk, id).length > 0;
		if (!isSaid) continue;
		await talk.load(id, suggested.get(id) ?? 0);
		// A suggestion that changes several blocks has its card at the first of them: there may be none here.
		const found = cardsOf(talk, id).at(direction === 1 ? 0 : -1);
		if (found) return found;
	}
	return undefined;
}

/**
 * All blocks in the order one comes to them, the next one first and round the end of the text, so that the
 * one that was left comes last. Where none was left, the one in view counts when going on.
 */
export function blocksBeyond(
	order: ReadonlyMap<string, number>,
	direction: Direction,
	{ left, from }: { left: string | null; from: string | null }
): string[] {
	const walked = direction === 1 ? [...order.keys()] : [...order.keys()].reverse();
	const place = order.get(left ?? from ?? '') ?? 0;
	const first = walked.findIndex((id) => {
		const far = (order.get(id)! - place) * direction;
		return far > 0 || (far === 0 && left === null && direction === 1);
	});
	return first < 0 ? walked : [...walked.slice(first), ...walked.slice(0, first)];
}

function cardsOf({ beside }: Walked, block: string | null): Beside[] {
	return beside.filter(({ blockId }) => blockId === block);
}
