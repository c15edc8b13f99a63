import type { CapacityKind } from '#lib/people/actor.ts';
import { hashPassword } from '#lib/people/hashing.server.ts';
import { setNamed } from '#lib/people/naming.server.ts';
import { createOrg } from '#lib/people/orgs.server.ts';
import { createPerson } from '#lib/people/registration.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { setHoldFirstPosts } from '#lib/people/settings.server.ts';
import type { House } from '#lib/server/house.ts';
import { cast, DEMO_PASSWORD, orgs } from './cast.ts';

/** The ids of the cast and of the capacities they speak in. */
export interface Inhabitants {
	idOf(key: string): string;
	/** The capacity somebody usually speaks in, or the one of this kind; '' for a plain citizen. */
	capacityOf(key: string, kind?: CapacityKind): Promise<string>;
}

/** Founds the organisations, brings in the cast, and lets first posts of strangers wait. */
export async function inhabit(house: House): Promise<Inhabitants> {
	const orgIds = new Map<string, string>();
	for (const { key, parent, lab, ...org } of orgs) {
		const parentId = parent ? orgIds.get(parent) : null;
		const made = await createOrg(house, null, { ...org, parentId, isInnovationUnit: lab });
		orgIds.set(key, made.id);
	}

	// One hash for all: the password is printed anyway, and hashing is slow on purpose.
	const passwordHash = await hashPassword(DEMO_PASSWORD);
	const ids = new Map<string, string>();
	for (const { key, name, email, verified, capacities, duty, unnamed } of cast) {
		const person = await createPerson(house, {
			name,
			email,
			passwordHash,
			verification: verified ? 'verified' : 'none',
			capacities: capacities
				.filter(({ org }) => org)
				.map(({ kind, org }) => ({ kind, orgId: orgIds.get(org!)! })),
			duties: duty ? [{ kind: duty, scopeType: 'house', scopeId: null }] : []
		});
		ids.set(key, person.id);
		if (!unnamed) await setNamed(house, await actorOf(house, person.id), true);
	}

	const admin = cast.find(({ duty }) => duty === 'admin')!;
	await setHoldFirstPosts(house, await actorOf(house, ids.get(admin.key)!), true);

	return {
		idOf: (key) => ids.get(key)!,
		async capacityOf(key, kind = cast.find((one) => one.key === key)!.capacities[0]!.kind) {
			if (kind === 'citizen') return '';
			const { capacities } = await actorOf(house, ids.get(key)!);
			return capacities.find((one) => one.kind === kind)!.id;
		}
	};
}
