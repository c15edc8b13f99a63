import type * as Argon2Module from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freshHouse } from '#tests/support/house.ts';
import { Bus } from '#lib/server/bus.ts';
import type { House } from '#lib/server/house.ts';
import { event } from '#lib/server/schema.server.ts';
import { VISITOR } from './actor.ts';
import { ANA, HERE, REGISTRATION } from './ana.testing.ts';
import { DECOY, hashPassword } from './hashing.server.ts';
import { createPerson, register } from './registration.server.ts';
import { person } from './schema.server.ts';
import { readActor } from './session.server.ts';
import { signIn } from './sign-in.server.ts';

type Argon2 = typeof Argon2Module;
const work = vi.hoisted(() => ({ hash: 0, verify: 0 }));
vi.mock('@node-rs/argon2', async (original) => {
	const argon2 = await original<Argon2>();
	return {
		hash: (...args: Parameters<typeof argon2.hash>) => (work.hash++, argon2.hash(...args)),
		verify: (...args: Parameters<typeof argon2.verify>) => (work.verify++, argon2.verify(...args))
	};
});

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
/** The work one attempt costs, and how it ends. */
async function costOf(attempt: () => Promise<unknown>) {
	const before = { ...work };
	const [answer] = await Promise.allSettled([attempt()]);
	const error = answer?.status === 'rejected' ? String(answer.reason.code) : null;
	return { error, hashes: work.hash - before.hash, verifies: work.verify - before.verify };
}

describe('registering', () => {
	it('makes a citizen who can sign in, with events that hold no personal text', async () => {
		await register(house, HERE, REGISTRATION);
		const actor = await actorWith((await enter()).token);
		expect(actor.person).toMatchObject({
			name: 'Ana Dubois',
			verification: 'none',
			status: 'active'
		});
		expect(actor.capacities.map(({ kind }) => kind)).toEqual(['citizen']);
		expect(actor.duties).toEqual([]);
		const record = JSON.stringify(await house.store.db.select().from(event));
		expect(record).toContain('person.registered');
		expect(record).not.toMatch(/Dubois|meravia|fig tree/);
	});

	it('keeps an Argon2id hash with the cost it should have, and no password', async () => {
		await register(house, HERE, REGISTRATION);
		const [row] = await house.store.db.select().from(person);
		const cost = '$argon2id$v=19$m=19456,t=2,p=1$';
		expect([row!.passwordHash!.startsWith(cost), DECOY.startsWith(cost)]).toEqual([true, true]);
		expect(DECOY).toHaveLength(row!.passwordHash!.length);
	});

	it('P3 answers and works alike for a new address and for one with an account', async () => {
		await createPerson(house, {
			name: 'Ana',
			email: ANA.email,
			passwordHash: await hashPassword('first of all the words')
		});
		const events = async () => (await house.store.db.select().from(event)).length;
		const before = await events();
		const taken = await costOf(() => register(house, HERE, REGISTRATION));
		expect((await events()) - before).toBeGreaterThan(0);
		const free = await costOf(() =>
			register(house, HERE, { ...REGISTRATION, email: 'new@meravia.example' })
		);
		expect(taken).toEqual(free);
		expect(taken).toEqual({ error: null, hashes: 1, verifies: 0 });
		await expect(enter()).rejects.toMatchObject({ code: 'sign_in_refused' });
	});

	it('P1 fifty at once with one address make one account', async () => {
		const passwordHash = await hashPassword(ANA.password);
		const made = await Promise.allSettled(
			Array.from({ length: 50 }, (_, n) =>
				createPerson(house, {
					name: `Ana ${n}`,
					email: n % 2 ? ANA.email : 'ANA@meravia.example ',
					passwordHash
				})
			)
		);
		expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		const attempts = await Promise.allSettled(
			Array.from({ length: 50 }, (_, n) =>
				register(
					house,
					{ ...HERE, network: `10.0.0.${n}` },
					{ ...REGISTRATION, email: 'ben@meravia.example' }
				)
			)
		);
		expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
		expect(await house.store.db.select().from(person)).toHaveLength(2);
	});
});

describe('signing in', () => {
	beforeEach(() => register(house, HERE, REGISTRATION));

	it('P3 refuses a wrong password, an unknown address and an account without password alike', async () => {
		await createPerson(house, { name: 'Seeded', email: 'seeded@meravia.example' });
		const costs = [];
		for (const email of [ANA.email, 'nobody@meravia.example', 'seeded@meravia.example']) {
			costs.push(await costOf(() => enter({ email, password: 'not the password' })));
		}
		expect(costs[0]).toEqual({ error: 'sign_in_refused', hashes: 0, verifies: 1 });
		expect(new Set(costs.map((cost) => JSON.stringify(cost))).size).toBe(1);
	});

	it('a password is the same however the keyboard composes it', async () => {
		const passwordHash = await hashPassword('l’été sous le figuier');
		await createPerson(house, { name: 'Été', email: 'ete@meravia.example', passwordHash });
		const decomposed = 'l’été sous le figuier'.normalize('NFD');
		expect((await enter({ email: 'ete@meravia.example', password: decomposed })).token).toMatch(
			/^[0-9a-z]{32}$/
		);
	});

	it('P6 ends the session this browser had before', async () => {
		const first = await enter();
		const actor = await actorWith(first.token);
		const second = await enter(ANA, actor);
		expect((await actorWith(first.token)).person).toBeNull();
		expect((await actorWith(second.token)).person?.email).toBe(ANA.email);
		expect(ended).toEqual([actor.sessionId]);
	});

	it('P12 stops guessing at one account from one place, and a restart forgives nothing', async () => {
		const wrong = { ...ANA, password: 'not the password' };
		for (let n = 0; n < 10; n += 1)
			await expect(enter(wrong)).rejects.toMatchObject({ code: 'sign_in_refused' });
		await expect(enter(wrong)).rejects.toMatchObject({ kind: 'TooMany' });
		const restarted: House = { ...house, bus: new Bus() };
		await expect(signIn(restarted, VISITOR, HERE, ANA)).rejects.toMatchObject({ kind: 'TooMany' });
		await enter(ANA, VISITOR, { ...HERE, network: '198.51.100.7' });
		house.time.advance(15 * 60_000);
		await enter();
	});

	it('P12 does the same for an address without account', async () => {
		const nobody = { email: 'nobody@meravia.example', password: 'x' };
		for (let n = 0; n < 10; n += 1)
			await expect(enter(nobody)).rejects.toMatchObject({ code: 'sign_in_refused' });
		await expect(enter(nobody)).rejects.toMatchObject({ kind: 'TooMany' });
	});

	it('P12 signing in well is not counted: a hall behind one address gets in', async () => {
		for (let n = 0; n < 15; n += 1) await enter();
	});

	it('a wrong or a foreign cookie is nobody', async () => {
		for (const cookie of ['', 'nonsense', `__Host-folkmoot=${'0'.repeat(32)}`, null, undefined]) {
			expect(await readActor(house, cookie)).toBe(VISITOR);
		}
	});
});
