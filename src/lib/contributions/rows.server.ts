import { and, count, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { House } from '#lib/server/house.ts';
import { SAID_KINDS, type ContributionKind, type Status } from './kinds.ts';
import { contribution, resolution } from './schema.server.ts';

/** The head of a thread as its row has it, without its words. */
export interface HeadRow {
	id: string;
	kind: ContributionKind;
	/** What speaks for it. */
	mergedInto: string | null;
	personId: string;
	status: Status;
	wholeBlock: boolean;
	documentId: string | null;
	parentId: string | null;
	createdAt: number;
	changedAt: number;
	resolvedAt: number | null;
}

/** All that was said in a document, in short, whoever asks. */
export interface Talk {
	heads: HeadRow[];
	/** Replies that everybody sees, by thread. */
	replies: Map<string, number>;
	/** Replies that only their author and the moderators see. */
	unseen: Array<{ parentId: string; personId: string }>;
	/** What was worked out from it: thrown away with it. */
	readonly derived: Map<string, unknown>;
}

interface Kept {
	/** The row that changed last. */
	latest: string;
	readAt: number;
	talk: Promise<Talk>;
}

/** Documents whose talk is kept in memory, per house: the most recently asked. */
const MOST_DOCUMENTS = 100;
/** Two processes may change two rows in one millisecond: nothing is kept longer than this. */
const FRESH_MS = 10_000;
const caches = new WeakMap<House, Map<string, Kept>>();

/**
 * What was said in a document; read once until something of it changed. What changes in this process is
 * heard on the bus, what another changed shows by the row that changed last.
 */
export async function talkOf(house: House, documentId: string): Promise<Talk> {
	const cache = cacheOf(house);
	const latest = await latestOf(house, documentId);
	const kept = cache.get(documentId);
	const readAt = performance.now();
	if (kept?.latest === latest && readAt - kept.readAt < FRESH_MS) return kept.talk;
	const talk = readTalk(house, documentId);
	cache.delete(documentId);
	cache.set(documentId, { latest, readAt, talk });
	if (cache.size > MOST_DOCUMENTS) cache.delete(cache.keys().next().value!);
	talk.catch(() => cache.delete(documentId));
	return talk;
}

function cacheOf(house: House): Map<string, Kept> {
	const known = caches.get(house);
	if (known) return known;
	const cache = new Map<string, Kept>();
	caches.set(house, cache);
	house.bus.on('contribution', ({ documentId }) => cache.delete(documentId));
	return cache;
}

async function latestOf(house: House, documentId: string): Promise<string> {
	const [row] = await house.store.db
		.select({ id: contribution.id, changedAt: contribution.changedAt })
		.from(contribution)
		.where(eq(contribution.documentId, documentId))
		.orderBy(desc(contribution.changedAt))
		.limit(1);
	return row ? `${row.changedAt} ${row.id}` : '';
}

async function readTalk(house: House, documentId: string): Promise<Talk> {
	const { db } = house.store;
	const isReply = and(eq(contribution.documentId, documentId), isNotNull(contribution.parentId));
	const [heads, replies, unseen] = await Promise.all([
		readHeads(house, documentId),
		db
			.select({ parentId: contribution.parentId, replies: count() })
			.from(contribution)
			.where(and(isReply, inArray(contribution.status, ['published', 'withdrawn'])))
			.groupBy(contribution.parentId),
		db
			.select({ parentId: contribution.parentId, personId: contribution.personId })
			.from(contribution)
			.where(and(isReply, inArray(contribution.status, ['held', 'hidden'])))
	]);
	return {
		heads,
		replies: new Map(replies.map((row) => [row.parentId ?? '', row.replies])),
		unseen: unseen.map(({ parentId, personId }) => ({ parentId: parentId ?? '', personId })),
		derived: new Map()
	};
}

function readHeads(house: House, documentId: string): Promise<HeadRow[]> {
	return house.store.db
		.select({
			id: contribution.id,
			kind: contribution.kind,
			mergedInto: contribution.mergedInto,
			personId: contribution.personId,
			status: contribution.status,
			wholeBlock: contribution.wholeBlock,
			documentId: contribution.documentId,
			parentId: contribution.parentId,
			createdAt: contribution.createdAt,
			changedAt: contribution.changedAt,
			resolvedAt: resolution.resolvedAt
		})
		.from(contribution)
		.leftJoin(
			resolution,
			and(eq(resolution.contributionId, contribution.id), isNull(resolution.reopenedAt))
		)
		.where(
			and(
				eq(contribution.documentId, documentId),
				inArray(contribution.kind, [...SAID_KINDS]),
				isNull(contribution.parentId)
			)
		);
}
