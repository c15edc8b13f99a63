/**
 * A branch: a fork of a document that its author, or a group, writes on. What it holds of its own is
 * an update on top of the main text; how it stands towards the main text is never stored, always read.
 */
import * as Y from 'yjs';
import { Invalid } from '#lib/errors.ts';
import { openBody } from '../text/body.ts';
import { countIds, type IdSet, without } from './ids.ts';
import { deadIn, emptied, endOf, readParts, unknownTo, writeParts, type Parts } from './update.ts';

/** A fork that can be written on, and the main text it stands on. */
export interface Branch {
	/** Write here, under client ids that were leased for this branch and are used nowhere else. */
	readonly doc: Y.Doc;
	readonly body: Y.Text;
	/** The main text as far as the branch has seen it. */
	readonly base: Y.Doc;
}

/**
 * Opens a branch on the main text: on the state it forks from, or on any later one. Deleted words
 * stay readable in it (`gc: false`), as far as the main text still had them.
 * @throws Invalid `branch_out_of_place` when its update stands on words the main text never had,
 * as after a new epoch.
 */
export function openBranch(mainState: Uint8Array, update?: Uint8Array): Branch {
	const base = openFork(mainState);
	const doc = openFork(mainState);
	if (update) {
		Y.applyUpdate(doc, update, 'branch');
		mustBeWhole(doc);
	}
	return { doc, body: openBody(doc), base };
}

/** A document of its own with this state; nothing in it is collected. */
export function openFork(...updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc({ gc: false });
	openBody(doc);
	for (const update of updates) Y.applyUpdate(doc, update, 'main');
	return doc;
}

/** Throws when an update waits for words that are not there. */
export function mustBeWhole(doc: Y.Doc): void {
	if (doc.store.pendingStructs || doc.store.pendingDs) throw new Invalid('branch_out_of_place');
}

/** Brings a branch up to date: what main got since (one update, or its whole state) is under it now. */
export function catchUp(branch: Branch, mainUpdate: Uint8Array): void {
	for (const doc of [branch.base, branch.doc]) {
		Y.applyUpdate(doc, mainUpdate, 'main');
		mustBeWhole(doc);
	}
}

/**
 * Only what the branch adds to its base: its own words, and its own deletions of words that live in
 * the base. Of words that were typed and taken back on the branch only the length is left.
 */
export function branchUpdate(branch: Branch): Uint8Array {
	return writeParts(emptied(ownParts(branch)));
}

/** Whether the branch changes nothing: no word of its own stands, none of the base is taken away. */
export function isEmpty(branch: Branch): boolean {
	const { inserted, deleted } = sizeOf(branch);
	return inserted === 0 && deleted === 0;
}

/** What a branch holds: bytes of its update, units inserted that stand, units of the base deleted. */
export interface BranchSize {
	bytes: number;
	inserted: number;
	deleted: number;
}

/** How much a branch changes. Formatting boundaries count as one unit each. */
export function sizeOf(branch: Branch): BranchSize {
	const parts = ownParts(branch);
	const own = ownIds(parts);
	return {
		bytes: branchUpdate(branch).length,
		inserted: countIds(without(own, parts.deleted)),
		deleted: countIds(without(parts.deleted, own))
	};
}

function ownParts({ doc, base }: Branch): Parts {
	const known = (client: number) => Y.getState(base.store, client);
	const all = readParts(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(base)));
	return {
		inserted: unknownTo(known, all.inserted),
		deleted: without(deadIn(doc), deadIn(base))
	};
}

/** The ids an update inserts. */
export function ownIds({ inserted }: Pick<Parts, 'inserted'>): IdSet {
	return new Map(
		[...inserted].map(([client, own]) => [client, [{ from: own.from, to: endOf(own) }]])
	);
}
