import { createHash } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { overlaps } from '#lib/documents/branches/overlap.ts';
import { markedBlocks } from '#lib/documents/branches/marks.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import type { BranchSummary } from '#lib/documents/branches/stored.ts';
import { summarise } from '#lib/documents/branches/summary.ts';
import { weave } from '#lib/documents/branches/weave.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { Closed, Conflict, Forbidden, Invalid } from '#lib/errors.ts';
import type { Actor, SignedIn } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { createAnchor } from './anchor.ts';
import { checkBranch, refusalFor, type Checked } from './branch-check.server.ts';
import { branchSceneOf, type BranchScene } from './branch-scene.server.ts';
import type { BranchPreview } from './branch-views.ts';
import { byKey, contribute } from './contribute.server.ts';
import type { PublishInput } from './inputs.ts';
import { signedIn } from './scene.server.ts';
import type { ContributionRow } from './schema.server.ts';
import { nearTo } from './suggestions.server.ts';
import { readWords } from './words.ts';

/** The parts of the live engine that publishing needs. */
export type LiveBranches = Pick<LiveEngine, 'read' | 'stateOf' | 'at'>;

/** Somebody wrote on the branch while it was being published: it is read again this often. */
const TURNS = 5;

/** What a branch would do to the living text, beside what others suggest there. Conflict `branch_outdated`. */
export async function previewBranch(
	house: House,
	live: LiveBranches,
	actor: Actor,
	branchId: string
): Promise<BranchPreview> {
	const scene = await branchSceneOf(house, actor, branchId);
	const checked = await checkBranch(house, live, scene);
	const { own, woven, touched, stale, problem } = checked;
	const near = await nearTo(house, live, scene.document.id, touched);
	const others = near.filter(({ id }) => id !== branchId);
	const mine = { id: branchId, update: own.update, seq: scene.branch.baseSeq };
	const all = weave(own.main.state, [mine, ...others]);
	const pairs = overlaps(all, { only: branchId });
	const blocks = markedBlocks(woven);
	const { parts, text, more } = summarise(blocks, branchId);
	return {
		epoch: own.main.epoch,
		seq: own.main.seq,
		blocks,
		parts,
		text,
		more,
		inserted: own.size.inserted,
		deleted: own.size.deleted,
		overlaps: pairs.flatMap(({ a, b, reasons }) => {
			const other = others.find(({ id }) => id === (a === branchId ? b : a));
			const kinds = [...new Set(reasons.map(({ kind }) => kind))];
			return other ? [{ branchId: other.id, contributionId: other.contributionId, kinds }] : [];
		}),
		stale,
		problem
	};
}

/**
 * Publishes a branch as a suggestion, as it stands now (L4). Only who began it does; whatever refuses it
 * leaves it a private branch with all its words: Closed `document_closed`, Conflict `clause_gone` or
 * `branch_outdated`, Invalid `branch_empty`, `branch_too_large`, `terms_not_accepted`, `remark_empty`,
 * Conflict `branch_moved_on` when it was published or given up meanwhile.
 */
export async function publishBranch(
	house: House,
	live: LiveBranches,
	actor: Actor,
	branchId: string,
	input: PublishInput
): Promise<ContributionRow> {
	const author = signedIn(actor);
	const scene = await branchSceneOf(house, actor, branchId);
	if (scene.branch.createdBy !== author.person.id) throw new Forbidden('not_your_branch');
	const earlier = await byKey(house.store.db, author.person.id, input.key);
	if (earlier) return earlier;
	const reason = readReason(input);
	if (scene.branch.publishedAt !== null || scene.branch.discardedAt !== null) {
		throw new Conflict('branch_moved_on', { branch: branchId });
	}
	for (let turn = 1; ; turn += 1) {
		const checked = await checkBranch(house, live, scene);
		if (checked.problem) throw refusalFor(checked.problem, branchId);
		try {
			const row = await publish(house, live, author, scene, checked, { ...input, reason });
			// Whoever has it open keeps reading what was published.
			house.bus.announce('document', { documentId: branchId });
			return row;
		} catch (error) {
			if (error instanceof Closed && error.code === 'document_closed')
				throw refusalFor('document_closed', branchId);
			if (!(error instanceof WrittenOn) || turn === TURNS) throw error;
		}
	}
}

/** The reason in fit words, and the terms accepted; checked before anything is made of a form. */
export function readReason({
	reason,
	termsAccepted
}: Pick<PublishInput, 'reason' | 'termsAccepted'>) {
	if (!termsAccepted) throw new Invalid('terms_not_accepted', { field: 'termsAccepted' });
	try {
		return readWords(reason);
	} catch (error) {
		if (!(error instanceof Invalid)) throw error;
		throw new Invalid(error.code, { ...error.params, field: 'reason' });
	}
}

class WrittenOn extends Conflict {
	constructor() {
		super('branch_moved_on');
	}
}

async function publish(
	house: House,
	live: LiveBranches,
	author: SignedIn,
	{ branch: row, document }: BranchScene,
	{ own, woven, touched }: Checked,
	input: PublishInput
): Promise<ContributionRow> {
	const contentHash = createHash('sha256').update(own.update).digest('hex');
	const { parts, text, more } = summarise(markedBlocks(woven), row.id);
	const summary: BranchSummary = { blockIds: touched, parts, text, more };
	const published = { update: Buffer.from(own.update), contentHash, summary };
	return contribute(
		house,
		author,
		{
			kind: 'suggestion',
			targetType: 'document',
			targetId: document.id,
			documentId: document.id,
			body: input.reason,
			...(await anchorOn(live, document.id, touched[0])),
			idempotencyKey: input.key
		},
		input.capacity,
		{
			within: (work) =>
				live.at(row.id, async (tx, seq) => {
					if (seq !== own.seq) throw new WrittenOn();
					return work(tx);
				}),
			async also(tx, { id, status, createdAt: at }) {
				const base = { baseSeq: own.main.seq, contributionId: id, publishedAt: at, changedAt: at };
				await markPublished(tx, row.id, { ...published, ...base });
				await appendEvent(tx, {
					at,
					personId: author.person.id,
					verb: 'suggestion.published',
					targetType: 'contribution',
					targetId: id,
					documentId: document.id,
					detail: { branchId: row.id, status, blockIds: touched.slice(0, 20) }
				});
			}
		}
	);
}

async function markPublished(
	tx: Db,
	id: string,
	set: Partial<typeof branch.$inferInsert>
): Promise<void> {
	const [done] = await tx
		.update(branch)
		.set(set)
		.where(and(eq(branch.id, id), isNull(branch.publishedAt), isNull(branch.discardedAt)))
		.returning({ id: branch.id });
	if (!done) throw new Conflict('branch_moved_on', { branch: id });
}

/** Where the suggestion sits: on the first block that it changes, or the next that has words. */
async function anchorOn(live: LiveBranches, documentId: string, blockId: string | undefined) {
	const { blocks, body, seq } = await live.read(documentId);
	const first = Math.max(
		0,
		blocks.findIndex(({ id }) => id === blockId)
	);
	for (const block of [...blocks.slice(first), ...blocks.slice(0, first).reverse()]) {
		if (!block.spans.some((span) => 'text' in span && span.text.trim() !== '')) continue;
		const anchor = createAnchor(body, blocks, block.from, block.to, seq);
		const place = { anchorFrom: block.from, anchorTo: block.to, anchorSeq: seq };
		return { wholeBlock: true, anchor, anchorStatus: 'exact' as const, ...place };
	}
	return {};
}
