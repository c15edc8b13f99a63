import { contribution } from '#lib/contributions/schema.server.ts';
import { meeting } from '#lib/contributions/meeting.testing.ts';
import type { Outcome } from '#lib/contributions/kinds.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import type { Actor, Capacity } from '#lib/people/actor.ts';
import { newId } from '#lib/server/ids.ts';
import { eq } from 'drizzle-orm';
import type { RateInput } from './inputs.ts';
import { rate } from './rate.server.ts';
import { rating } from './schema.server.ts';

/** The meeting of contributions, with suggestions on its table and a crowd that can speak about them. */
export async function poll(...settings: Parameters<typeof meeting>) {
	const at = await meeting(...settings);
	const { house, live, document } = at;
	const CITIZEN = { kind: 'citizen', orgId: null, orgName: null } as const;

	/** A published suggestion, as lists see it; what it changes in the text is another area's story. */
	async function suggest(words: string, personId = at.ids.jonas): Promise<string> {
		const now = (house.time.advance(1_000), house.clock());
		const id = newId(now);
		await house.store.transact(async (tx) => {
			await tx.insert(contribution).values({
				...{ id, kind: 'suggestion', targetType: 'document', targetId: document.id },
				...{ documentId: document.id, personId, capacity: CITIZEN, termsVersion: 'x' },
				...{ body: `Because: ${words}`, wholeBlock: false, status: 'published' },
				...{ idempotencyKey: id, createdAt: now, changedAt: now }
			});
			await tx.insert(branch).values({
				...{ id: `b${id}`, documentId: document.id, epoch: 1, baseSeq: 1, blockId: 'c2' },
				...{ createdBy: personId, createdAt: now, changedAt: now, contributionId: id },
				...{ contentHash: id.padStart(64, '0'), publishedAt: now },
				summary: { blockIds: ['c2'], parts: [], text: words, more: 0 }
			});
		});
		return id;
	}

	async function decide(id: string, outcome: Outcome | null, mergedInto: string | null = null) {
		await house.store.transact((tx) =>
			tx.update(contribution).set({ outcome, mergedInto }).where(eq(contribution.id, id))
		);
		house.bus.announce('contribution', { documentId: document.id, contributionId: id });
	}

	/** A signed-in person who exists only here, with one capacity besides that of a citizen. */
	function somebody(name: string, capacity?: Capacity): Actor {
		const person = { id: name, name, email: `${name}@x.example`, locale: 'en', createdAt: 0 };
		return {
			person: { ...person, verification: 'email', status: 'active' },
			sessionId: null,
			capacities: capacity ? [capacity] : [],
			duties: []
		};
	}

	const give = (actor: Actor, input: Partial<RateInput> & Pick<RateInput, 'id' | 'value'>) => {
		house.time.advance(1);
		return rate(house, live, actor, document.id, { type: 'clause', ...input });
	};
	const rows = () => house.store.db.select().from(rating);
	return { ...at, suggest, decide, somebody, give, rows };
}

export type Poll = Awaited<ReturnType<typeof poll>>;
