import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '#lib/server/db/store.ts';
import { event } from '#lib/server/schema.server.ts';
import type { CapacityKind } from './actor.ts';
import { capacity, org } from './schema.server.ts';

/** What somebody usually spoke as at some time. */
export interface SpokenAs {
	kind: CapacityKind;
	orgId: string | null;
	orgName: string | null;
}

interface Holding extends SpokenAs {
	from: number;
	/** When it was taken back; Infinity: still held. */
	until: number;
}

/** Ids asked for at once. */
const AT_ONCE = 500;

/**
 * What people spoke as when they did something: of the capacities they held then, the first that is not
 * plain citizen. From the record, so that a capacity taken back since still counts for what was done in
 * it. Null for somebody of whom no capacity was ever known.
 */
export async function capacitiesThen(
	db: Db,
	personIds: readonly string[]
): Promise<(personId: string, at: number) => SpokenAs | null> {
	const held = new Map<string, Holding[]>();
	const ids = [...new Set(personIds)];
	for (let from = 0; from < ids.length; from += AT_ONCE) {
		await readHoldings(db, ids.slice(from, from + AT_ONCE), held);
	}
	await nameOrgs(db, [...held.values()].flat());
	for (const own of held.values()) {
		own.sort((a, b) => Number(a.kind === 'citizen') - Number(b.kind === 'citizen'));
	}
	return (personId, at) => {
		const own = held.get(personId) ?? [];
		const then = own.find(({ from, until }) => from <= at && at < until) ?? own[0];
		if (!then) return null;
		const { kind, orgId, orgName } = then;
		return { kind, orgId, orgName };
	};
}

/** What was granted and taken back, from the record; what is held now, should the record not say. */
async function readHoldings(db: Db, ids: string[], held: Map<string, Holding[]>): Promise<void> {
	const [events, now] = await Promise.all([
		db
			.select()
			.from(event)
			.where(
				and(
					eq(event.targetType, 'person'),
					inArray(event.targetId, ids),
					inArray(event.verb, ['capacity.granted', 'capacity.withdrawn'])
				)
			)
			.orderBy(asc(event.at), asc(event.id)),
		db
			.select()
			.from(capacity)
			.where(inArray(capacity.personId, ids))
			.orderBy(asc(capacity.grantedAt), asc(capacity.id))
	]);
	const begin = (personId: string, kind: CapacityKind, orgId: string | null, from: number) => {
		const own = held.get(personId) ?? [];
		held.set(personId, own);
		own.push({ kind, orgId, orgName: null, from, until: Infinity });
	};
	const open = (personId: string, kind: unknown, orgId: unknown) =>
		held
			.get(personId)
			?.find((one) => one.kind === kind && one.orgId === orgId && one.until === Infinity);
	for (const { verb, targetId, at, detail } of events) {
		const { capacity: kind, orgId = null } = (detail ?? {}) as {
			capacity?: CapacityKind;
			orgId?: string | null;
		};
		if (!kind) continue;
		if (verb === 'capacity.granted') begin(targetId, kind, orgId, at);
		else {
			const known = open(targetId, kind, orgId);
			if (known) known.until = at;
		}
	}
	for (const { personId, kind, orgId, grantedAt } of now) {
		if (!open(personId, kind, orgId || null)) begin(personId, kind, orgId || null, grantedAt);
	}
}

async function nameOrgs(db: Db, holdings: Holding[]): Promise<void> {
	const ids = [...new Set(holdings.flatMap(({ orgId }) => orgId ?? []))];
	const names = new Map<string, string>();
	for (let from = 0; from < ids.length; from += AT_ONCE) {
		const rows = await db
			.select({ id: org.id, name: org.name })
			.from(org)
			.where(inArray(org.id, ids.slice(from, from + AT_ONCE)));
		for (const { id, name } of rows) names.set(id, name);
	}
	for (const one of holdings) one.orgName = (one.orgId && names.get(one.orgId)) || null;
}
