import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshHouse } from '#tests/support/house.ts';
import { event } from '#lib/server/schema.server.ts';
import { VISITOR, type Actor, type Duty } from './actor.ts';
import { grantCapacity, withdrawCapacity } from './capacities.server.ts';
import { grantDuty, withdrawDuty } from './duties.server.ts';
import { createOrg, editOrg, listOrgs } from './orgs.server.ts';
import { findPeople, namesOf, personWithTrust } from './people.server.ts';
import { createPerson } from './registration.server.ts';
import { actorOf, readActor } from './session.server.ts';
import { holdsFirstPosts, setHoldFirstPosts } from './settings.server.ts';
import { disablePerson, enablePerson, setVerification } from './standing.server.ts';
import { beginSession } from './sign-in.server.ts';

const ADMIN: Duty = { kind: 'admin', scopeType: 'house', scopeId: null };
const MODERATOR: Duty = { kind: 'moderator', scopeType: 'house', scopeId: null };
const TEAM: Duty = { kind: 'policy_team', scopeType: 'document', scopeId: 'shade' };

let house: Awaited<ReturnType<typeof freshHouse>>;
let emil: Actor;
let ana: string;
let told: unknown[];
beforeEach(async () => {
	house = await freshHouse();
	const admin = { name: 'Emil', email: 'emil@meravia.example', duties: [ADMIN] };
	emil = await actorOf(house, (await createPerson(house, admin)).id);
	ana = (await createPerson(house, { name: 'Ana', email: 'ana@meravia.example' })).id;
	told = [];
	for (const name of ['rights', 'sessionEnded', 'personEnded'] as const) {
		house.bus.on(name, (payload) => told.push([name, payload]));
	}
});
afterEach(() => house.close());

const dutiesOf = async (id: string) => (await actorOf(house, id)).duties;
const verbs = async () => (await house.store.db.select().from(event)).map(({ verb }) => verb);

describe('capacities and duties', () => {
	it('are given and taken, once each, with an event and word to the live sockets', async () => {
		const city = await createOrg(house, emil, { name: 'City', kind: 'public_body' });
		const given = { kind: 'employee' as const, orgId: city.id };
		await grantCapacity(house, emil, ana, given);
		await grantCapacity(house, emil, ana, given);
		const [employee, citizen] = (await actorOf(house, ana)).capacities;
		expect(employee).toMatchObject({ kind: 'employee', orgName: 'City' });
		expect(told).toContainEqual(['rights', { personId: ana }]);
		await withdrawCapacity(house, emil, ana, employee!.id);
		await expect(withdrawCapacity(house, emil, ana, citizen!.id)).rejects.toMatchObject({
			code: 'capacity_citizen'
		});
		expect((await verbs()).filter((verb) => verb === 'capacity.withdrawn')).toHaveLength(1);

		await grantDuty(house, emil, ana, TEAM);
		await grantDuty(house, emil, ana, TEAM);
		expect(await dutiesOf(ana)).toEqual([TEAM]);
		expect(told).toContainEqual(['rights', { personId: ana, documentId: 'shade' }]);
		await withdrawDuty(house, emil, ana, TEAM);
		expect(await dutiesOf(ana)).toEqual([]);
		expect((await verbs()).filter((verb) => verb === 'duty.granted')).toHaveLength(2);
	});

	it('P8 all but citizen need an Org, and some duties serve the whole house only', async () => {
		const wrong = { code: 'capacity_org' };
		await expect(
			grantCapacity(house, emil, ana, { kind: 'employee', orgId: null })
		).rejects.toMatchObject(wrong);
		await expect(
			grantCapacity(house, emil, ana, { kind: 'expert', orgId: 'nowhere' })
		).rejects.toMatchObject({ kind: 'NotFound' });
		const scoped: Duty = { kind: 'admin', scopeType: 'document', scopeId: 'shade' };
		await expect(grantDuty(house, emil, ana, scoped)).rejects.toMatchObject({ code: 'duty_scope' });
		await expect(grantDuty(house, emil, 'nobody', MODERATOR)).rejects.toMatchObject({
			kind: 'NotFound'
		});
	});

	it('P10 do not exist for anybody but an administrator', async () => {
		await grantDuty(house, emil, ana, MODERATOR);
		for (const actor of [VISITOR, await actorOf(house, ana)]) {
			const acts = [
				grantDuty(house, actor, ana, ADMIN),
				withdrawDuty(house, actor, emil.person!.id, ADMIN),
				grantCapacity(house, actor, ana, { kind: 'employee', orgId: 'x' }),
				disablePerson(house, actor, emil.person!.id),
				enablePerson(house, actor, ana),
				setVerification(house, actor, ana, 'verified'),
				setHoldFirstPosts(house, actor, true),
				createOrg(house, actor, { name: 'X', kind: 'union' }),
				findPeople(house, actor, {}),
				personWithTrust(house, actor, ana)
			];
			for (const act of acts) await expect(act).rejects.toMatchObject({ kind: 'NotFound' });
		}
	});
});

describe('P11 the last administrator', () => {
	it('cannot be withdrawn or disabled, until there is another', async () => {
		const self = emil.person!.id;
		await expect(withdrawDuty(house, emil, self, ADMIN)).rejects.toMatchObject({
			code: 'last_admin'
		});
		await expect(disablePerson(house, emil, self)).rejects.toMatchObject({ code: 'last_admin' });
		await grantDuty(house, emil, ana, ADMIN);
		await disablePerson(house, emil, ana);
		await expect(withdrawDuty(house, emil, self, ADMIN)).rejects.toMatchObject({
			code: 'last_admin'
		});
		await enablePerson(house, emil, ana);
		await withdrawDuty(house, emil, self, ADMIN);
		expect(await dutiesOf(ana)).toEqual([ADMIN]);
	});

	it('stays when two administrators remove each other at the same moment', async () => {
		await grantDuty(house, emil, ana, ADMIN);
		const other = await actorOf(house, ana);
		const answers = await Promise.allSettled([
			withdrawDuty(house, emil, ana, ADMIN),
			withdrawDuty(house, other, emil.person!.id, ADMIN)
		]);
		expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	});
});

describe('standing', () => {
	it('P7 disabling ends every session and is told; enabling does not bring them back', async () => {
		const begin = () => house.store.transact((tx) => beginSession(tx, house, ana, 'Firefox'));
		const [one, two] = [await begin(), await begin()];
		await disablePerson(house, emil, ana);
		expect((await actorOf(house, ana)).person).toBeNull();
		for (const { session } of [one, two]) {
			expect(told).toContainEqual(['sessionEnded', { sessionId: session.id }]);
		}
		expect(told).toContainEqual(['personEnded', { personId: ana }]);
		await enablePerson(house, emil, ana);
		expect((await readActor(house, `__Host-folkmoot=${one.token}`)).person).toBeNull();
		expect((await actorOf(house, ana)).person?.id).toBe(ana);
	});

	it('verification is set, and seen at once', async () => {
		await setVerification(house, emil, ana, 'verified');
		await setVerification(house, emil, ana, 'verified');
		expect((await actorOf(house, ana)).person?.verification).toBe('verified');
		expect((await verbs()).filter((verb) => verb === 'person.verification_verified')).toHaveLength(
			1
		);
	});
});

describe('finding people', () => {
	it('searches names and addresses, taking signs of the search language as they are', async () => {
		await createPerson(house, { name: '100 % Élodie_Keita', email: 'elodie@other.example' });
		const names = async (search: string) =>
			(await findPeople(house, emil, { search })).people.map(({ person }) => person.name);
		expect(await names('')).toEqual(['100 % Élodie_Keita', 'Ana', 'Emil']);
		expect(await names('MERAVIA.example')).toEqual(['Ana', 'Emil']);
		expect(await names('%')).toEqual(['100 % Élodie_Keita']);
		expect(await names('_')).toEqual(['100 % Élodie_Keita']);
		expect(await names('élodie')).toEqual(['100 % Élodie_Keita']);
		expect(await names('ELODIE_K')).toEqual(['100 % Élodie_Keita']);
		expect(await names("' or 1=1 --")).toEqual([]);
	});

	it('pages', async () => {
		for (let n = 0; n < 30; n += 1) {
			await createPerson(house, { name: `Person ${n}`, email: `p${n}@meravia.example` });
		}
		const first = await findPeople(house, emil, { page: 1 });
		const second = await findPeople(house, emil, { page: 2 });
		expect([first.total, first.pages, first.people.length, second.people.length]).toEqual([
			32, 2, 25, 7
		]);
	});

	it('gives names for ids, and no names for none', async () => {
		const names = await namesOf(house.store.db, [ana, 'nobody', ana]);
		expect([...names]).toEqual([[ana, 'Ana']]);
		expect((await namesOf(house.store.db, [])).size).toBe(0);
	});
});

describe('orgs', () => {
	it('form a tree, never a ring, with names that differ beside each other', async () => {
		const city = await createOrg(house, emil, {
			name: 'City',
			kind: 'public_body',
			level: 'local',
			headcount: 6200
		});
		const parks = await createOrg(house, emil, {
			name: 'Parks',
			kind: 'public_body',
			parentId: city.id
		});
		expect((await listOrgs(house)).map(({ name, parentId }) => [name, parentId])).toEqual([
			['City', null],
			['Parks', city.id]
		]);
		for (const parentId of [city.id, parks.id]) {
			await expect(
				editOrg(house, emil, city.id, { name: 'City', kind: 'public_body', parentId })
			).rejects.toMatchObject({
				params: { parent: 'org_below_itself' }
			});
		}
		await expect(createOrg(house, emil, { name: 'City', kind: 'union' })).rejects.toMatchObject({
			params: { name: 'org_name_taken' }
		});
		await editOrg(house, emil, parks.id, {
			name: 'Parks and trees',
			kind: 'public_body',
			isInnovationUnit: true
		});
		expect((await listOrgs(house)).at(1)).toMatchObject({
			name: 'Parks and trees',
			parentId: null,
			isInnovationUnit: true
		});
	});
});

describe('settings', () => {
	it('holding first posts follows the configuration until an administrator chooses', async () => {
		expect(await holdsFirstPosts(house)).toBe(false);
		expect(
			await holdsFirstPosts({ ...house, config: { ...house.config, holdFirstPosts: true } })
		).toBe(true);
		await setHoldFirstPosts(house, emil, true);
		await setHoldFirstPosts(house, emil, true);
		expect(await holdsFirstPosts(house)).toBe(true);
		expect((await verbs()).filter((verb) => verb === 'setting.changed')).toHaveLength(1);
	});
});
