import { ownOf, type Own } from '#lib/documents/branches/own.server.ts';
import { takesSuggestions } from '#lib/documents/branches/policy.ts';
import { readSince, staleOf } from '#lib/documents/branches/stale.ts';
import { touchedIn, visibleHunks } from '#lib/documents/branches/marks.ts';
import { insertsAt } from '#lib/documents/branches/changes.ts';
import { weave, type Weave } from '#lib/documents/branches/weave.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { readRows } from '#lib/documents/live/log.server.ts';
import { Closed, Conflict, Invalid, type ErrorParams, type HouseError } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import type { BranchProblem } from './branch-views.ts';
import type { BranchScene } from './branch-scene.server.ts';

/** How much one suggestion may change: what a person can still weigh as one thing. */
export const LARGEST = { inserted: 20_000, bytes: 128 * 1024, blocks: 200 };

/** A branch read on the living text, alone. */
export interface Checked {
	own: Own;
	woven: Weave;
	touched: string[];
	stale: boolean;
	problem: BranchProblem | null;
}

/** Reads a branch on the text of this moment, and whether it could be published. Conflict `branch_outdated`. */
export async function checkBranch(
	house: House,
	live: Pick<LiveEngine, 'stateOf'>,
	{ branch, document }: BranchScene
): Promise<Checked> {
	const own = await ownOf(house, live, branch);
	const woven = weave(own.main.state, [{ ...own, id: branch.id, seq: branch.baseSeq }]);
	const hunks = visibleHunks(woven, branch.id);
	const rows = await readRows(house.store.db, document.id, branch.epoch, branch.baseSeq);
	const [lost] = staleOf(woven, readSince(rows));
	const touched = touchedIn(woven, branch.id);
	// Its block is gone, and all that it writes stood on words that went with the block.
	const blockGone =
		branch.blockId !== null && !woven.blocks.some(({ block }) => block.id === branch.blockId);
	const nothingStands = hunks.every(
		(hunk) => insertsAt(hunk).length > 0 && lost?.hunks.includes(hunk)
	);
	const problem = ((): BranchProblem | null => {
		if (!takesSuggestions(document, house.clock())) return 'document_closed';
		if (blockGone && nothingStands) return 'clause_gone';
		if (hunks.length === 0) return 'branch_empty';
		const { inserted, bytes } = own.size;
		const large =
			inserted > LARGEST.inserted || bytes > LARGEST.bytes || touched.length > LARGEST.blocks;
		return large ? 'branch_too_large' : null;
	})();
	return { own, woven, touched, stale: lost !== undefined, problem };
}

/** The refusal for what keeps a branch from being published. The branch it names still has all its words. */
export function refusalFor(problem: BranchProblem, branchId: string): HouseError {
	const params: ErrorParams = { branch: branchId };
	switch (problem) {
		case 'document_closed':
			return new Closed(problem, params);
		case 'clause_gone':
		case 'branch_outdated':
			return new Conflict(problem, params);
		case 'branch_too_large':
			return new Invalid(problem, { ...params, limit: LARGEST.inserted });
		case 'branch_empty':
			return new Invalid(problem, params);
	}
}
