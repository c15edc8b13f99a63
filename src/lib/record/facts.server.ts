import { and, eq, inArray, isNotNull, min, ne } from 'drizzle-orm';
import { partiesOf } from '#lib/challenges/parties.server.ts';
import type { LiveText } from '#lib/contributions/places.server.ts';
import { contribution, type ContributionRow } from '#lib/contributions/schema.server.ts';
import { contributionById } from '#lib/contributions/standing.server.ts';
import { branch, branchMember } from '#lib/documents/branches/schema.server.ts';
import { numberClauses } from '#lib/documents/text/blocks.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import type { Facts, Happened, Since } from './facts.ts';

/** What the house knows now about the thing an event tells of. */
export async function factsOf(house: House, live: LiveText, it: Happened): Promise<Facts> {
	const { db } = house.store;
	const about = await aboutOf(house, it);
	const head = about?.parentId ? await contributionById(house, about.parentId) : about;
	const blocks = head ? await blocksOf(db, head) : blocksIn(it);
	return {
		about,
		head,
		speakers: head ? await speakersIn(db, head.id) : [],
		...(await placeOf(live, it.documentId, blocks[0])),
		followers: await followersOf(db, it.documentId, blocks),
		answered: await answeredBy(db, it)
	};
}

/** The contribution an event is about: its target, or what was rated. */
async function aboutOf(house: House, it: Happened): Promise<ContributionRow | undefined> {
	if (it.targetType === 'contribution') return contributionById(house, it.targetId);
	const { type, id } = it.detail;
	const isRated = it.targetType === 'rating' && type === 'suggestion' && typeof id === 'string';
	return isRated ? contributionById(house, id) : undefined;
}

/** All blocks a suggestion changes; the one that a remark is on. */
async function blocksOf(db: Db, head: ContributionRow): Promise<string[]> {
	const anchored = head.anchor?.blockId ? [head.anchor.blockId] : [];
	if (head.kind !== 'suggestion') return anchored;
	const [made] = await db
		.select({ summary: branch.summary })
		.from(branch)
		.where(eq(branch.contributionId, head.id));
	return [...new Set([...anchored, ...(made?.summary?.blockIds ?? [])])];
}

function blocksIn({ detail }: Happened): string[] {
	return typeof detail.blockId === 'string' ? [detail.blockId] : [];
}

async function speakersIn(db: Db, headId: string): Promise<Since[]> {
	const rows = await db
		.select({ personId: contribution.personId, since: min(contribution.createdAt) })
		.from(contribution)
		.where(and(eq(contribution.parentId, headId), eq(contribution.status, 'published')))
		.groupBy(contribution.personId);
	return rows.map(({ personId, since }) => ({ personId, since: since ?? 0 }));
}

/** A block with its number as the text stands now. */
async function placeOf(
	live: LiveText,
	documentId: string | null,
	block: string | undefined
): Promise<Pick<Facts, 'block' | 'clause'>> {
	if (!documentId || !block) return {};
	const { blocks } = await live.read(documentId);
	return { block, clause: numberClauses(blocks).get(block) };
}

async function followersOf(db: Db, documentId: string | null, blocks: string[]): Promise<Since[]> {
	if (!documentId) return [];
	const parties = [await partiesOf(db, 'document', documentId, ['follower'])];
	for (const block of blocks) {
		parties.push(await partiesOf(db, 'clause', `${documentId}#${block}`, ['follower']));
	}
	return parties
		.flat()
		.flatMap(({ personId, addedAt }) => (personId ? [{ personId, since: addedAt }] : []));
}

/** How many ids one statement names. */
const AT_ONCE = 500;

/**
 * The contributions that a decision speaks of, each with everybody whose credit is in it: its author,
 * who wrote on its branch, and the authors of what was joined with it.
 */
async function answeredBy(db: Db, it: Happened): Promise<Facts['answered']> {
	const named = it.detail.contributionIds;
	if (it.targetType !== 'decision' || !Array.isArray(named)) return [];
	const ids = named.filter((id) => typeof id === 'string');
	const people = new Map(ids.map((id) => [id, new Set<string>()]));
	const outcomes = new Map<string, ContributionRow['outcome']>();
	for (let at = 0; at < ids.length; at += AT_ONCE) {
		const some = ids.slice(at, at + AT_ONCE);
		const own = await db
			.select({
				id: contribution.id,
				personId: contribution.personId,
				outcome: contribution.outcome
			})
			.from(contribution)
			.where(inArray(contribution.id, some));
		for (const { id, outcome, personId } of own) {
			outcomes.set(id, outcome);
			people.get(id)!.add(personId);
		}
		for (const { id, personId } of await joinedTo(db, some)) people.get(id!)?.add(personId);
	}
	// What was decided then, not what may have been decided since.
	const said = it.detail.outcome as ContributionRow['outcome'] | undefined;
	return ids.map((id) => {
		const outcome = said === undefined ? (outcomes.get(id) ?? null) : said;
		return { id, personIds: [...people.get(id)!], outcome };
	});
}

async function joinedTo(db: Db, ids: string[]) {
	const members = await db
		.select({ id: branch.contributionId, personId: branchMember.personId })
		.from(branchMember)
		.innerJoin(branch, eq(branch.id, branchMember.branchId))
		.where(and(inArray(branch.contributionId, ids), isNotNull(branchMember.joinedAt)));
	const merged = await db
		.select({ id: contribution.mergedInto, personId: contribution.personId })
		.from(contribution)
		.where(and(inArray(contribution.mergedInto, ids), ne(contribution.status, 'withdrawn')));
	return [...members, ...merged];
}
