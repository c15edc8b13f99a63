import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshHouse } from '#tests/support/house.ts';
import { event } from '#lib/server/schema.server.ts';
import {
	changePassword,
	listSessions,
	revokeSession,
	signOutEverywhere,
	updateProfile
} from './account.server.ts';
import { VISITOR } from './actor.ts';
import { ANA, HERE, REGISTRATION } from './ana.testing.ts';
import { register } from './registration.server.ts';
import { readActor } from './session.server.ts';
import { signIn, signOut } from './sign-in.server.ts';

let house: Awaited<ReturnType<typeof freshHouse>>;
let ended: string[];
beforeEach(async () => {
	house = await freshHouse();
	ended = [];
	house.bus.on('sessionEnded', ({ sessionId }) => ended.push(sessionId));
});
afterEach(() => house.close());

const enter = (input = ANA, actor = VISITOR, caller = HERE) => signIn(house, actor, caller, input);
const actorWith = (token: string) => readActor(house, `__Host-folkmoot=${token}`);

describe('one’s account', () => {
	beforeEach(() => register(house, HERE, REGISTRATION));
	const NEW = { current: ANA.password, password: 'the shade grows longer' };

	it('P6 a changed password rotates this session and ends the others', async () => {
		const [here, there] = [await enter(), await enter()];
		const actor = await actorWith(here.token);
		const { token } = await changePassword(house, actor, HERE, NEW);
		expect((await actorWith(token)).person?.email).toBe(ANA.email);
		expect((await actorWith(here.token)).person).toBeNull();
		expect((await actorWith(there.token)).person).toBeNull();
		expect(ended).toHaveLength(2);
		await expect(enter()).rejects.toMatchObject({ code: 'sign_in_refused' });
		await enter({ email: ANA.email, password: NEW.password });
	});

	it('asks for the current password, and judges the new one', async () => {
		const actor = await actorWith((await enter()).token);
		const change = (input: typeof NEW) => changePassword(house, actor, HERE, input);
		await expect(change({ ...NEW, current: 'wrong' })).rejects.toMatchObject({
			params: { current: 'password_wrong' }
		});
		await expect(change({ ...NEW, password: 'dubois123' })).rejects.toMatchObject({
			params: { password: 'password_personal' }
		});
		expect((await actorWith((await enter()).token)).person).not.toBeNull();
		expect(ended).toEqual([]);
	});

	it('of two changes at once one wins, and one password is left', async () => {
		const actors = [await actorWith((await enter()).token), await actorWith((await enter()).token)];
		const answers = await Promise.allSettled(
			actors.map((actor, n) =>
				changePassword(house, actor, HERE, { ...NEW, password: `${NEW.password} ${n}` })
			)
		);
		expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	});

	it('lists one’s sessions and ends one, others’ being nowhere to be found', async () => {
		const [here, there] = [await enter(), await enter()];
		const actor = await actorWith(here.token);
		const sessions = await listSessions(house, actor);
		expect(sessions).toHaveLength(2);
		expect(sessions.filter(({ current }) => current).map(({ id }) => id)).toEqual([
			actor.sessionId
		]);
		const other = sessions.find(({ current }) => !current)!;
		await revokeSession(house, actor, other.id);
		expect((await actorWith(there.token)).person).toBeNull();
		expect(ended).toEqual([other.id]);

		await register(house, HERE, { ...REGISTRATION, name: 'Ben', email: 'ben@meravia.example' });
		const ben = await actorWith((await enter({ ...ANA, email: 'ben@meravia.example' })).token);
		await expect(revokeSession(house, ben, actor.sessionId!)).rejects.toMatchObject({
			kind: 'NotFound'
		});
	});

	it('signs out here, and everywhere', async () => {
		const [one, two, three] = [await enter(), await enter(), await enter()];
		await signOut(house, await actorWith(one.token));
		expect((await actorWith(one.token)).person).toBeNull();
		await signOutEverywhere(house, await actorWith(two.token));
		expect((await actorWith(three.token)).person).toBeNull();
		expect(ended).toHaveLength(3);
		await signOut(house, VISITOR);
		await expect(listSessions(house, VISITOR)).rejects.toMatchObject({ code: 'signed_out' });
	});

	it('changes name and language, and records which, not what', async () => {
		const { token } = await enter();
		await updateProfile(house, await actorWith(token), { name: 'Ana Keita', locale: 'fr' });
		expect((await actorWith(token)).person).toMatchObject({ name: 'Ana Keita', locale: 'fr' });
		const record = JSON.stringify(await house.store.db.select().from(event));
		expect(record).toContain('person.profile_changed');
		expect(record).not.toContain('Keita');
	});
});
