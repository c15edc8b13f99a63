/** All open suggestions on a text, read together, as data that pages and the desk draw from. */
import * as Y from 'yjs';
import { openFork } from './branch.ts';
import { branchesByBlock, markedBlocks } from './marks.ts';
import { overlaps, type Pair } from './overlap.ts';
import type { MarkedBlock } from './pieces.ts';
import { type Since, staleOf } from './stale.ts';
import type { Suggested } from './strands.ts';
import { endOf, readParts } from './update.ts';
import { weave } from './weave.ts';

/** What a thread can hand over: nothing of Yjs is in it. */
export interface Shown {
	/** The blocks that any branch changes, in order. */
	blocks: MarkedBlock[];
	/** Which branches change something in each of these blocks. */
	byBlock: Map<string, string[]>;
	/** Pairs that need a person to decide: all of them, but no more than `MOST_PAIRS` for a branch. */
	overlaps: Pair[];
	/** Branches that build on words the text has lost since. */
	stale: string[];
	/** Branches that do not stand on this text at all. */
	outOfPlace: string[];
}

/** A branch that overlaps with more others than this is known to, and the rest is not counted. */
export const MOST_PAIRS = 40;

/** Reads branches on a state of the main text. One that does not fit is named and left out. */
export function readShown(state: Uint8Array, branches: readonly Suggested[], since?: Since): Shown {
	const main = openFork(state);
	const fitting = branches.filter(({ update }) => standsOn(main, update));
	const woven = weave(state, fitting);
	return {
		blocks: markedBlocks(woven),
		byBlock: branchesByBlock(woven),
		overlaps: overlaps(woven, { most: MOST_PAIRS }),
		stale: staleOf(woven, since).map(({ branchId }) => branchId),
		outOfPlace: branches.filter((one) => !fitting.includes(one)).map(({ id }) => id)
	};
}

/** Whether a text has every word that an update stands on. */
function standsOn(main: Y.Doc, update: Uint8Array): boolean {
	const { inserted, deleted } = readParts(update);
	const known = (client: number) => Y.getState(main.store, client);
	const end = (client: number) => {
		const own = inserted.get(client);
		return own && own.from <= known(client) ? Math.max(known(client), endOf(own)) : known(client);
	};
	const has = (id: Y.ID | null) => id === null || id.clock < end(id.client);
	const written = [...inserted].every(
		([client, { from, structs }]) =>
			from <= known(client) &&
			structs.every((one) => !(one instanceof Y.Item) || (has(one.origin) && has(one.rightOrigin)))
	);
	return written && [...deleted].every(([client, ranges]) => ranges.at(-1)!.to <= end(client));
}
