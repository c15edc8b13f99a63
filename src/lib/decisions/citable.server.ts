import { and, desc, eq } from 'drizzle-orm';
import { documentVersion } from '#lib/documents/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import { decision } from './schema.server.ts';

/** What an answer may point at as the change that came of it. */
export interface Citable {
	type: 'version' | 'decision';
	id: string;
	number: number;
	reason: string;
}

const MOST = 20;

/** The newest versions of a document, and the newest decisions that changed its text. */
export async function citable(house: House, documentId: string): Promise<Citable[]> {
	const { db } = house.store;
	const [versions, decisions] = await Promise.all([
		db
			.select({
				id: documentVersion.id,
				number: documentVersion.number,
				reason: documentVersion.reason
			})
			.from(documentVersion)
			.where(eq(documentVersion.documentId, documentId))
			.orderBy(desc(documentVersion.number))
			.limit(MOST),
		db
			.select({ id: decision.id, number: decision.number, reason: decision.reason })
			.from(decision)
			.where(and(eq(decision.documentId, documentId), eq(decision.kind, 'accept')))
			.orderBy(desc(decision.number))
			.limit(MOST)
	]);
	const short = ({ reason, ...one }: { reason: string; id: string; number: number }) => ({
		...one,
		reason: reason.length > 60 ? `${reason.slice(0, 60)}…` : reason
	});
	return [
		...versions.map((one) => ({ type: 'version' as const, ...short(one) })),
		...decisions.map((one) => ({ type: 'decision' as const, ...short(one) }))
	];
}
