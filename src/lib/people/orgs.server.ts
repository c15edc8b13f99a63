import { asc, eq } from 'drizzle-orm';
import { Conflict, Invalid, NotFound } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import type { Actor } from './actor.ts';
import { lockAdmins, requireAdmin } from './admins.server.ts';
import type { Org, OrgKind, OrgLevel } from './orgs.ts';
import { org } from './schema.server.ts';

/** An Org to be made or changed; what is left out is unknown. */
export interface NewOrg {
	name: string;
	kind: OrgKind;
	level?: OrgLevel;
	parentId?: string | null;
	headcount?: number | null;
	isInnovationUnit?: boolean;
}

/** Every Org, by name. Public knowledge. */
export async function listOrgs(house: House): Promise<Org[]> {
	const rows = await house.store.db.select().from(org).orderBy(asc(org.name), asc(org.id));
	return rows.map(toOrg);
}

/** One Org. @throws NotFound */
export async function getOrg(house: House, orgId: string): Promise<Org> {
	return toOrg(await find(house.store.db, orgId));
}

/** Makes an Org. For administrators; the house itself (the demo) passes null. */
export async function createOrg(house: House, actor: Actor | null, input: NewOrg): Promise<Org> {
	const by = actor && requireAdmin(actor).person.id;
	return house.store.transact(async (tx) => {
		const at = house.clock();
		const values = await checked(tx, null, input);
		const row = { id: newId(at), ...values, createdAt: at };
		await tx.insert(org).values(row);
		await record(tx, at, by, row.id, 'org.created');
		return toOrg(row);
	});
}

/** Changes an Org. It cannot come to stand below itself. For administrators. */
export async function editOrg(
	house: House,
	actor: Actor,
	orgId: string,
	input: NewOrg
): Promise<void> {
	const by = requireAdmin(actor).person.id;
	await house.store.transact(async (tx) => {
		// Two moves at once could close a ring that neither sees: one at a time.
		await lockAdmins(tx, house.clock());
		await find(tx, orgId);
		await tx
			.update(org)
			.set(await checked(tx, orgId, input))
			.where(eq(org.id, orgId));
		await record(tx, house.clock(), by, orgId, 'org.edited');
	});
}

async function checked(tx: Db, self: string | null, input: NewOrg): Promise<Omit<Org, 'id'>> {
	const parentId = input.parentId ?? null;
	for (let above = parentId; above !== null; above = (await find(tx, above)).parentId) {
		if (above === self) throw new Invalid('fields', { parent: 'org_below_itself' });
	}
	const siblings = await tx.select().from(org).where(eq(org.name, input.name));
	if (siblings.some((one) => one.id !== self && one.parentId === parentId)) {
		throw new Conflict('fields', { name: 'org_name_taken' });
	}
	return {
		name: input.name,
		kind: input.kind,
		level: input.level ?? 'none',
		parentId,
		headcount: input.headcount ?? null,
		isInnovationUnit: input.isInnovationUnit ?? false
	};
}

async function find(db: Db, orgId: string): Promise<typeof org.$inferSelect> {
	const [row] = await db.select().from(org).where(eq(org.id, orgId));
	if (!row) throw new NotFound('org_not_found');
	return row;
}

function toOrg({ createdAt: _, ...row }: typeof org.$inferSelect): Org {
	return row;
}

function record(tx: Db, at: number, by: string | null, orgId: string, verb: string) {
	return appendEvent(tx, { at, personId: by, verb, targetType: 'org', targetId: orgId });
}
