/**
 * Accepting: what goes into the log of main so that branches, or the picked part of one, become text.
 * Their words keep their ids, and so their authors.
 */
import * as Y from 'yjs';
import { Conflict, NotFound } from '#lib/errors.ts';
import { type Block, readBlocks } from '../text/blocks.ts';
import { openBody } from '../text/body.ts';
import { mustBeWhole, openFork, ownIds } from './branch.ts';
import type { Hunk } from './changes.ts';
import { common, type IdSet, union, without } from './ids.ts';
import { overlaps } from './overlap.ts';
import { type Row, rowsOf } from './rows.ts';
import type { Strand, Suggested } from './strands.ts';
import { emptied, type Parts, writeParts } from './update.ts';
import { weave, type Weave } from './weave.ts';

/** What accepting one branch adds to main. */
export interface Accepted {
	branchId: string;
	/** Empty (two bytes) when main has all of it already. */
	update: Uint8Array;
	/** The same as rows of the log: one client id each, in the order to append them. */
	rows: Row[];
}

/** Branches accepted in one act. */
export interface Merge {
	updates: Accepted[];
	/** The text as it then reads. */
	blocks: Block[];
	/** Its state, as an update for an empty document. */
	state: Uint8Array;
}

/**
 * Merges branches that do not overlap into a state of main. Any order gives the same text.
 * @throws Conflict `branches_overlap` {count}, Invalid `branch_out_of_place`
 */
export function mergeBranches(mainState: Uint8Array, branches: readonly Suggested[]): Merge {
	const woven = weave(mainState, branches);
	const count = overlaps(woven).length;
	if (count > 0) throw new Conflict('branches_overlap', { count });
	return mergeParts(
		mainState,
		woven.cloth.strands.map(({ id, parts }) => ({ id, parts }))
	);
}

/**
 * The text as if branches were accepted, whether they overlap or not: for a preview. What it shows of
 * overlapping ones is what Yjs makes of them.
 */
export function preview(mainState: Uint8Array, branches: readonly Suggested[]): Block[] {
	const doc = openFork(mainState, ...branches.map(({ update }) => update));
	mustBeWhole(doc);
	return readBlocks(openBody(doc));
}

/**
 * Accepts a part of a branch: the hunks with these keys. The update still inserts everything under its
 * author's ids, so the words that stay are the author's; those that were not picked arrive deleted and
 * without their letters, and what they would have deleted stays. Whoever picks writes nothing. The rest
 * of the branch cannot be accepted later on these ids: offer it as a new branch.
 * @throws NotFound `change_not_found`, Invalid `branch_out_of_place`
 */
export function pick(mainState: Uint8Array, branch: Suggested, keys: readonly string[]): Merge {
	const woven = weave(mainState, [branch]);
	const hunks = woven.hunks.get(branch.id)!;
	for (const key of keys) {
		if (!hunks.some((hunk) => hunk.key === key)) throw new NotFound('change_not_found');
	}
	const picked = hunks.filter(({ key }) => keys.includes(key));
	const parts = pickedParts(woven.cloth.strands[0]!, picked);
	return mergeParts(mainState, [{ id: branch.id, parts }]);
}

function pickedParts({ parts }: Strand, picked: Hunk[]): Parts {
	const own = ownIds(parts);
	const none: IdSet = new Map();
	const kept = picked.map(({ inserts }) => inserts).reduce(union, none);
	const deleted = picked.map(({ deletes }) => deletes).reduce(union, none);
	// Words typed and taken back are in no hunk, so they count among those that were not picked.
	return { inserted: parts.inserted, deleted: union(deleted, without(own, kept)) };
}

function mergeParts(mainState: Uint8Array, all: Array<{ id: string; parts: Parts }>): Merge {
	const doc = openFork(mainState);
	const updates = all.map(({ id, parts }) => {
		const clean = emptied(parts);
		const update = writeParts(clean);
		Y.applyUpdate(doc, update, id);
		return { branchId: id, update, rows: rowsOf(clean) };
	});
	return { updates, blocks: readBlocks(openBody(doc)), state: Y.encodeStateAsUpdate(doc) };
}

/** The ids that accepting a branch would delete of main's words. */
export function deletedByBranch({ cloth }: Weave, branchId: string): IdSet {
	const strand = cloth.strands.find(({ id }) => id === branchId);
	if (!strand) return new Map();
	return without(strand.parts.deleted, common(strand.parts.deleted, ownIds(strand.parts)));
}
