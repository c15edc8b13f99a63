import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshHouse } from '#tests/support/house.ts';
import type { House } from '#lib/server/house.ts';
import { isAdmin, isVerified } from './policy.ts';
import { createPerson } from './registration.server.ts';
import { oneTimeToken, person } from './schema.server.ts';
import { readActor } from './session.server.ts';
import { announceSetup, isEmpty, setUp } from './setup.server.ts';
import { issueToken, spendToken } from './tokens.server.ts';

const HERE = { network: '203.0.113.9', device: '' };
const emil = (token: string, email = 'emil@meravia.example') => ({
	token,
	name: 'Emil',
	email,
	password: 'the fig tree leans',
	locale: 'en' as const
});

let base: Awaited<ReturnType<typeof freshHouse>>;
let house: House;
let lines: { address?: string; token?: string }[];
beforeEach(async () => {
	base = await freshHouse();
	lines = [];
	const log = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) });
	house = { ...base, log };
});
afterEach(() => base.close());

async function printedToken(): Promise<string> {
	await announceSetup(house, 'http://localhost:3000');
	return lines.at(-1)!.token!;
}

describe('P13 setting the house up', () => {
	it('prints where and with what, keeps only a hash, and makes one administrator', async () => {
		const token = await printedToken();
		expect(lines[0]).toMatchObject({ address: 'http://localhost:3000/setup' });
		expect(JSON.stringify(await house.store.db.select().from(oneTimeToken))).not.toContain(token);
		expect(await isEmpty(house)).toBe(true);
		const first = await setUp(house, HERE, emil(token));
		expect(await isEmpty(house)).toBe(false);
		const actor = await readActor(house, `__Host-folkmoot=${first.token}`);
		expect([isAdmin(actor), isVerified(actor)]).toEqual([true, true]);
	});

	it('happens once, and is not offered again', async () => {
		const token = await printedToken();
		await setUp(house, HERE, emil(token));
		await expect(setUp(house, HERE, emil(token, 'eve@meravia.example'))).rejects.toMatchObject({
			code: 'set_up_done'
		});
		await announceSetup(house, 'http://localhost:3000');
		expect(lines).toHaveLength(1);
	});

	it('of ten at once makes one administrator', async () => {
		const token = await printedToken();
		const answers = await Promise.allSettled(
			Array.from({ length: 10 }, (_, n) =>
				setUp(house, HERE, emil(token, `emil${n}@meravia.example`))
			)
		);
		expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect(await house.store.db.select().from(person)).toHaveLength(1);
	});

	it('refuses a wrong, an expired and an earlier token, and goes on', async () => {
		const wrong = { params: { token: 'token_wrong' } };
		const earlier = await printedToken();
		const later = await printedToken();
		await expect(setUp(house, HERE, emil('0'.repeat(32)))).rejects.toMatchObject(wrong);
		await expect(setUp(house, HERE, emil(earlier))).rejects.toMatchObject(wrong);
		base.time.advance(24 * 3_600_000);
		await expect(setUp(house, HERE, emil(later))).rejects.toMatchObject(wrong);
		expect(await isEmpty(house)).toBe(true);
		await setUp(house, HERE, emil(await printedToken()));
	});

	it('is over as soon as anybody has an account, whatever the token', async () => {
		const token = await printedToken();
		await createPerson(house, { name: 'Ana', email: 'ana@meravia.example' });
		await expect(setUp(house, HERE, emil(token))).rejects.toMatchObject({ kind: 'Closed' });
	});

	it('limits guessing', async () => {
		await printedToken();
		for (let n = 0; n < 30; n += 1) {
			await expect(setUp(house, HERE, emil('0'.repeat(32)))).rejects.toMatchObject({
				code: 'fields'
			});
		}
		await expect(setUp(house, HERE, emil('0'.repeat(32)))).rejects.toMatchObject({
			kind: 'TooMany'
		});
	});
});

describe('one-time tokens', () => {
	it('are spent once, even by many at once', async () => {
		const now = house.clock();
		const token = { purpose: 'set_up' as const, personId: null, now, lasts: 1000 };
		const secret = await house.store.transact((tx) => issueToken(tx, token));
		const spent = await Promise.all(
			Array.from({ length: 10 }, () =>
				house.store.transact((tx) => spendToken(tx, { purpose: 'set_up', secret, now }))
			)
		);
		expect(spent.filter(Boolean)).toHaveLength(1);
	});
});
