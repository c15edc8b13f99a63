import { and, count, desc, eq, inArray } from 'drizzle-orm';
import { addParty, removeParty } from '#lib/challenges/parties.server.ts';
import { party, type Party } from '#lib/challenges/schema.server.ts';
import type { LiveText } from '#lib/contributions/places.server.ts';
import { readableBy, readDocument } from '#lib/documents/documents.server.ts';
import { document } from '#lib/documents/schema.server.ts';
import { numberClauses, type Block } from '#lib/documents/text/blocks.ts';
import { NotFound, TooMany } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { clausesIn, type FollowedClause, type Following } from './clauses.ts';
import { requireSignedIn } from './wishes.server.ts';

/** More than anybody reads; less than fills a table. */
export const MOST_FOLLOWED = 500;

/** What is followed: a document, or one clause of it. */
export interface Followed {
	documentId: string;
	block?: string;
}

/** Follows a document or a clause (N8). Twice is no error. @throws NotFound, TooMany `too_many_followed` */
export async function follow(
	house: House,
	live: LiveText,
	actor: Actor,
	what: Followed
): Promise<void> {
	const { person } = requireSignedIn(actor);
	await readDocument(house, actor, what.documentId);
	if (what.block !== undefined) {
		const { blocks } = await live.read(what.documentId);
		if (!clausesIn(blocks).some(({ block }) => block === what.block)) {
			throw new NotFound('clause_not_found');
		}
	}
	const at = house.clock();
	await house.store.transact(async (tx) => {
		const added = await addParty(tx, partyOf(what, person.id), { by: person.id, at });
		if (!added) return;
		if ((await countFollowed(tx, person.id)) > MOST_FOLLOWED) {
			throw new TooMany('too_many_followed', { limit: MOST_FOLLOWED });
		}
		await record(tx, 'follow.began', what, person.id, at);
	});
}

/** Stops following; also what one may not read any more. Twice is no error. */
export async function unfollow(house: House, actor: Actor, what: Followed): Promise<void> {
	const { person } = requireSignedIn(actor);
	await house.store.transact(async (tx) => {
		if (!(await removeParty(tx, partyOf(what, person.id)))) return;
		await record(tx, 'follow.ended', what, person.id, house.clock());
	});
}

function partyOf({ documentId, block }: Followed, personId: string) {
	const target = targetOf({ documentId, block });
	return { ...target, part: 'follower' as const, personId };
}

function targetOf({ documentId, block }: Followed) {
	return block === undefined
		? ({ targetType: 'document', targetId: documentId } as const)
		: ({ targetType: 'clause', targetId: `${documentId}#${block}` } as const);
}

/** Without the document's own id: what people follow is no part of its public story. */
function record(tx: Db, verb: string, what: Followed, personId: string, at: number) {
	return appendEvent(tx, { at, personId, verb, ...targetOf(what) });
}

async function countFollowed(db: Db, personId: string): Promise<number> {
	const [row] = await db
		.select({ n: count() })
		.from(party)
		.where(and(eq(party.personId, personId), eq(party.part, 'follower')));
	return row?.n ?? 0;
}

/** What this person follows of a document; a visitor follows nothing. */
export async function followingOn(
	house: House,
	actor: Actor,
	documentId: string
): Promise<Following> {
	if (!actor.person) return { whole: false, clauses: [] };
	const rows = await followedBy(house.store.db, actor.person.id);
	const here = rows.map(whatOf).filter((what) => what.documentId === documentId);
	return {
		whole: here.some(({ block }) => block === undefined),
		clauses: here.flatMap(({ block }) => block ?? [])
	};
}

/** Whether this person follows the document as a whole; null: nobody is signed in. */
export async function followsDocument(
	house: House,
	actor: Actor,
	documentId: string
): Promise<boolean | null> {
	if (!actor.person) return null;
	const [row] = await house.store.db
		.select({ id: party.id })
		.from(party)
		.where(
			and(
				eq(party.targetType, 'document'),
				eq(party.targetId, documentId),
				eq(party.part, 'follower'),
				eq(party.personId, actor.person.id)
			)
		);
	return row !== undefined;
}

/** A document in the list of what one follows. */
export interface FollowedDocument extends Following {
	document: { id: string; slug: string; title: string; language: string };
	/** The clauses one follows, in the order of the text; a clause that is gone has no words. */
	passages: FollowedClause[];
}

/** Everything one follows that one may read, latest first. @throws Forbidden `sign_in_needed` */
export async function listFollowed(
	house: House,
	live: LiveText,
	actor: Actor
): Promise<FollowedDocument[]> {
	const { person } = requireSignedIn(actor);
	const { db } = house.store;
	const followed = (await followedBy(db, person.id)).map(whatOf);
	const ids = [...new Set(followed.map(({ documentId }) => documentId))];
	if (ids.length === 0) return [];
	const rows = await db
		.select()
		.from(document)
		.where(and(inArray(document.id, ids), await readableBy(house, actor)));
	const readable = new Map(rows.map((row) => [row.id, row]));
	const list: FollowedDocument[] = [];
	for (const id of ids) {
		const row = readable.get(id);
		if (!row) continue;
		const here = followed.filter(({ documentId }) => documentId === id);
		const clauses = here.flatMap(({ block }) => block ?? []);
		const { slug, title, language } = row;
		list.push({
			document: { id, slug, title, language },
			whole: here.some(({ block }) => block === undefined),
			clauses,
			passages: clauses.length > 0 ? passages(clauses, (await live.read(id)).blocks) : []
		});
	}
	return list;
}

function passages(clauses: string[], blocks: Block[]): FollowedClause[] {
	const known = new Map(clausesIn(blocks).map((clause) => [clause.block, clause]));
	const numbers = [...numberClauses(blocks).keys()];
	return clauses
		.map((block) => known.get(block) ?? { block, number: null, words: '' })
		.sort((a, b) => numbers.indexOf(a.block) - numbers.indexOf(b.block));
}

function followedBy(db: Db, personId: string): Promise<Party[]> {
	return db
		.select()
		.from(party)
		.where(and(eq(party.personId, personId), eq(party.part, 'follower')))
		.orderBy(desc(party.addedAt), desc(party.id))
		.limit(MOST_FOLLOWED);
}

function whatOf({ targetType, targetId }: Party): Followed {
	if (targetType === 'document') return { documentId: targetId };
	const [documentId = '', block = ''] = targetId.split(/#(.*)/s);
	return { documentId, block };
}
