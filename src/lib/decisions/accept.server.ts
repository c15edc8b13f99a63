import { inArray } from 'drizzle-orm';
import type { Outcome } from '#lib/contributions/kinds.ts';
import { acceptedRows } from '#lib/documents/branches/accepted.server.ts';
import { mergeBranches, pick, type Merge } from '#lib/documents/branches/accept.ts';
import { touchedIn, visibleHunks } from '#lib/documents/branches/marks.ts';
import { overlaps } from '#lib/documents/branches/overlap.ts';
import { keepRest, type Rest } from '#lib/documents/branches/rest.server.ts';
import { branch, type BranchRow } from '#lib/documents/branches/schema.server.ts';
import { readSince, staleOf } from '#lib/documents/branches/stale.ts';
import { weave, type Weave } from '#lib/documents/branches/weave.ts';
import { holdDocument } from '#lib/documents/hold.server.ts';
import type { Acceptance, Standing } from '#lib/documents/live/acceptance.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { readRows } from '#lib/documents/live/log.server.ts';
import { Closed, Conflict, Invalid, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { chosenOn, documentOfTeam, type Chosen } from './answer.server.ts';
import { edited, sameWords, type WordsEdit } from './edits.ts';
import { mayAccept } from './policy.ts';
import { readReason } from './reason.ts';
import { alreadyAnswered, announceAnswers, batches, recordDecision } from './record.server.ts';
import type { DecisionRow } from './schema.server.ts';

type Live = Pick<LiveEngine, 'accept'>;

interface Wish {
	reason: string;
	/** Suggestions that the team was shown to build on words that are gone, and takes all the same (A6). */
	staleSeen?: string[];
}

export interface TogetherInput extends Wish {
	contributionIds: string[];
	/** What the team changes on top, block by block; those suggestions are then accepted in part. */
	edits?: WordsEdit[];
}

export interface PartlyInput extends Wish {
	contributionId: string;
	/** The changes to take, by the key of their hunk. */
	hunkKeys: string[];
}

/**
 * Takes suggestions into the text, all of them in one transaction with the decision (A3, A5–A7).
 * @throws Forbidden `not_policy_team`, Closed `document_closed`, NotFound `contribution_not_found`, Invalid
 * `reason_missing`, `not_a_suggestion`, `branch_out_of_place`, Conflict `branches_overlap` {count, ids},
 * `suggestion_stale` {count, ids}, `already_answered` {count, ids}, `words_gone`
 */
export function acceptTogether(
	house: House,
	live: Live,
	actor: Actor,
	documentId: string,
	input: TogetherInput
): Promise<DecisionRow> {
	return accept(house, live, actor, documentId, input.contributionIds, input, (main, all) => {
		const { suggestions, woven } = all;
		mustNotOverlap(woven, suggestions);
		const merge = mergeBranches(main.state, suggestions.map(asSuggested));
		const edits = input.edits ?? [];
		const touched = (one: Suggestion) => new Set(touchedIn(woven, one.id));
		const changed = edits.filter((one) => !sameWords(one.was, one.words)).map((one) => one.block);
		const outcomeOf = (one: Suggestion): Outcome =>
			changed.some((block) => touched(one).has(block)) ? 'partly' : 'accepted';
		return { merge, outcomeOf, edit: changed.length > 0 ? edited(edits) : undefined };
	});
}

/**
 * Takes a part of a suggestion into the text; the rest becomes a new private branch of its author's (A7).
 * With all of its changes picked it is accepted whole.
 * @throws as `acceptTogether`, and NotFound `change_not_found`
 */
export function acceptPartly(
	house: House,
	live: Live,
	actor: Actor,
	documentId: string,
	input: PartlyInput
): Promise<DecisionRow> {
	return accept(house, live, actor, documentId, [input.contributionId], input, (main, all) => {
		const [one] = all.suggestions;
		const hunks = visibleHunks(all.woven, one!.id);
		const rest = hunks.filter(({ key }) => !input.hunkKeys.includes(key));
		if (input.hunkKeys.length === 0) throw new Invalid('nothing_chosen');
		if (rest.length === 0) {
			const merge = mergeBranches(main.state, all.suggestions.map(asSuggested));
			return { merge, outcomeOf: () => 'accepted' as const };
		}
		const merge = pick(main.state, asSuggested(one!), input.hunkKeys);
		return {
			merge,
			outcomeOf: () => 'partly' as const,
			rest: { of: one!, main, hunks: rest }
		};
	});
}

/** A published branch with the contribution it was published as. */
type Suggestion = BranchRow & { update: Buffer; contributionId: string };

interface Read {
	suggestions: Suggestion[];
	woven: Weave;
}

/** What is to be taken in, worked out on one state of the text. */
interface Plan {
	merge: Merge;
	outcomeOf: (one: Suggestion) => Outcome;
	edit?: Acceptance['edit'];
	rest?: Rest;
}

async function accept(
	house: House,
	live: Live,
	actor: Actor,
	documentId: string,
	ids: string[],
	wish: Wish,
	plan: (main: Standing, all: Read) => Plan
): Promise<DecisionRow> {
	const { document, personId: by } = await documentOfTeam(house, actor, documentId);
	if (!mayAccept(actor, document)) throw new Closed('document_closed');
	const reason = readReason(wish.reason);
	const chosen = await chosenOn(house, documentId, ids);
	mustWait(chosen);
	const suggestions = await suggestionsOf(house, chosen);
	let made: DecisionRow | undefined;
	await live.accept(documentId, async (main) => {
		const all = await read(house, documentId, main, suggestions, wish.staleSeen ?? []);
		const { merge, outcomeOf, edit, rest } = plan(main, all);
		const at = house.clock();
		const id = newId(at);
		const verdicts = suggestions.map((one) => ({
			contributionId: one.contributionId,
			outcome: outcomeOf(one)
		}));
		return {
			decisionId: id,
			acceptedBy: by,
			rows: await acceptedRows(house.store.db, documentId, merge),
			edit,
			async record(tx, rows) {
				const now = await holdDocument(tx, documentId);
				if (!mayAccept(actor, now)) throw new Closed('document_closed');
				const cites = rows.to < rows.from ? [] : [{ type: 'rows' as const, ...rows }];
				const draft = { id, documentId, kind: 'accept' as const, reason, by, at, cites };
				made = await recordDecision(tx, draft, verdicts);
				if (rest) await keepRest(tx, rest, at);
			}
		};
	});
	announceAnswers(
		house,
		documentId,
		chosen.map(({ id }) => id)
	);
	return made!;
}

/** A quick look before the work; the transaction has the last word (A4). */
function mustWait(chosen: Chosen[]): void {
	if (chosen.some(({ kind }) => kind !== 'suggestion')) throw new Invalid('not_a_suggestion');
	const taken = chosen.filter(({ outcome }) => outcome !== null).map(({ id }) => id);
	if (taken.length > 0) throw alreadyAnswered(taken);
}

/** The published branches, in the order in which they were chosen. */
async function suggestionsOf(house: House, chosen: Chosen[]): Promise<Suggestion[]> {
	const found = new Map<string, Suggestion>();
	for (const ids of batches(chosen.map(({ id }) => id))) {
		const rows = await house.store.db
			.select()
			.from(branch)
			.where(inArray(branch.contributionId, ids));
		for (const { update, contributionId, ...row } of rows) {
			if (update && contributionId) found.set(contributionId, { ...row, update, contributionId });
		}
	}
	if (found.size < chosen.length) throw new NotFound('contribution_not_found');
	return chosen.map(({ id }) => found.get(id)!);
}

const asSuggested = ({ id, update, baseSeq: seq }: Suggestion) => ({ id, update, seq });

/** The suggestions on the text as it stands; refuses what nobody was shown (A6). */
async function read(
	house: House,
	documentId: string,
	main: Standing,
	suggestions: Suggestion[],
	staleSeen: string[]
): Promise<Read> {
	if (suggestions.some(({ epoch }) => epoch !== main.epoch)) {
		throw new Invalid('branch_out_of_place');
	}
	const woven = weave(main.state, suggestions.map(asSuggested));
	const oldest = Math.min(...suggestions.map(({ baseSeq }) => baseSeq));
	const rows = await readRows(house.store.db, documentId, main.epoch, oldest);
	const lost = new Set(
		staleOf(woven, readSince(rows.filter(({ erased }) => !erased))).map((one) => one.branchId)
	);
	const unseen = suggestions
		.filter((one) => lost.has(one.id) && !staleSeen.includes(one.contributionId))
		.map((one) => one.contributionId);
	if (unseen.length > 0) {
		throw new Conflict('suggestion_stale', { count: unseen.length, ids: listed(unseen) });
	}
	return { suggestions, woven };
}

function mustNotOverlap(woven: Weave, suggestions: Suggestion[]): void {
	const pairs = overlaps(woven);
	if (pairs.length === 0) return;
	const nameOf = new Map(suggestions.map((one) => [one.id, one.contributionId]));
	const ids = [...new Set(pairs.flatMap(({ a, b }) => [nameOf.get(a)!, nameOf.get(b)!]))];
	throw new Conflict('branches_overlap', { count: pairs.length, ids: listed(ids) });
}

const listed = (ids: string[]) => ids.slice(0, 50).join(' ');
