/** What any session manager of this house must do (P4–P7). A replacement of Lucia passes it unchanged. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshHouse } from '#tests/support/house.ts';
import type { House } from '#lib/server/house.ts';
import { createPerson } from './registration.server.ts';
import { person, session } from './schema.server.ts';
import type { Sessions } from './sessions.ts';

const DAY = 86_400_000;

export function sessionsContract(name: string, make: (house: House) => Sessions): void {
	describe(`sessions kept by ${name}`, () => {
		let house: Awaited<ReturnType<typeof freshHouse>>;
		let sessions: Sessions;
		let ana: string;
		const begin = (personId = ana) =>
			house.store.transact((tx) => sessions.create(tx, personId, 'Firefox · Linux'));

		beforeEach(async () => {
			house = await freshHouse({ sessionIdleDays: 14, sessionAbsoluteDays: 90 });
			sessions = make(house);
			ana = (await createPerson(house, { name: 'Ana', email: 'ana@meravia.example' })).id;
		});
		afterEach(() => house.close());

		it('P4 finds a session by its token, and keeps only the hash of it', async () => {
			const { token, session: made } = await begin();
			expect(await sessions.validate(token)).toEqual(made);
			expect(made).toMatchObject({ personId: ana, device: 'Firefox · Linux' });
			expect(JSON.stringify(await house.store.db.select().from(session))).not.toContain(token);
			expect(await sessions.validate(made.id)).toBeNull();
			expect(await sessions.validate('')).toBeNull();
			expect(await sessions.validate(`${token} `)).toBeNull();
		});

		it('P5 ends an idle session, and use keeps it alive', async () => {
			const used = await begin();
			const left = await begin();
			for (let day = 0; day < 20; day += 5) {
				house.time.advance(5 * DAY);
				expect(await sessions.validate(used.token)).not.toBeNull();
			}
			expect(await sessions.validate(left.token)).toBeNull();
			house.time.advance(14 * DAY - 1000);
			expect(await sessions.validate(used.token)).not.toBeNull();
			house.time.advance(14 * DAY);
			expect(await sessions.validate(used.token)).toBeNull();
		});

		it('P5 ends every session at the absolute end, however much it is used', async () => {
			const { token } = await begin();
			for (let day = 0; day < 85; day += 5) {
				house.time.advance(5 * DAY);
				expect(await sessions.validate(token)).not.toBeNull();
			}
			house.time.advance(5 * DAY - 1000);
			expect(await sessions.validate(token)).not.toBeNull();
			house.time.advance(1000);
			expect(await sessions.validate(token)).toBeNull();
		});

		it('P5 an ended session does not return when the clock is set back, and is announced', async () => {
			const { token, session: made } = await begin();
			const ended: string[] = [];
			house.bus.on('sessionEnded', ({ sessionId }) => ended.push(sessionId));
			house.time.advance(15 * DAY);
			expect(await sessions.validate(token)).toBeNull();
			house.time.advance(-15 * DAY);
			expect(await sessions.validate(token)).toBeNull();
			expect(ended).toEqual([made.id]);
		});

		it('P6 rotates: the new token works, the old one is refused', async () => {
			const { token, session: made } = await begin();
			const next = await house.store.transact((tx) => sessions.rotate(tx, made.id));
			expect(next?.session).toMatchObject({ personId: ana, device: 'Firefox · Linux' });
			expect(await sessions.validate(token)).toBeNull();
			expect(await sessions.validate(next!.token)).toEqual(next!.session);
			expect(await house.store.transact((tx) => sessions.rotate(tx, made.id))).toBeNull();
		});

		it('revokes one, all but one, and all', async () => {
			const [a, b, c] = [await begin(), await begin(), await begin()];
			const revoke = (id: string) => house.store.transact((tx) => sessions.revoke(tx, id));
			expect(await revoke(a.session.id)).toBe(true);
			expect(await revoke(a.session.id)).toBe(false);
			expect(await sessions.validate(a.token)).toBeNull();
			const others = await house.store.transact((tx) => sessions.revokeAll(tx, ana, b.session.id));
			expect(others).toEqual([c.session.id]);
			expect(await sessions.validate(b.token)).not.toBeNull();
			expect(await house.store.transact((tx) => sessions.revokeAll(tx, ana))).toEqual([
				b.session.id
			]);
			expect(await sessions.validate(b.token)).toBeNull();
		});

		it('a change that is rolled back did not happen', async () => {
			const { token, session: made } = await begin();
			const failing = house.store.transact(async (tx) => {
				await sessions.rotate(tx, made.id);
				throw new Error('the rest failed');
			});
			await expect(failing).rejects.toThrow('the rest failed');
			expect(await sessions.validate(token)).toEqual(made);
		});

		it('lists the living sessions of one person, the latest seen first', async () => {
			const first = await begin();
			house.time.advance(DAY);
			const second = await begin();
			const ben = await createPerson(house, { name: 'Ben', email: 'ben@meravia.example' });
			await begin(ben.id);
			house.time.advance(DAY);
			await sessions.validate(first.token);
			const ids = (await sessions.list(ana)).map(({ id }) => id);
			expect(ids).toEqual([first.session.id, second.session.id]);
			house.time.advance(13 * DAY + 1);
			expect((await sessions.list(ana)).map(({ id }) => id)).toEqual([first.session.id]);
			expect(await house.store.transact((tx) => sessions.removeOver(tx))).toHaveLength(2);
		});

		it('P7 a disabled account has no living session', async () => {
			const { token } = await begin();
			await house.store.transact(async (tx) => {
				await tx.update(person).set({ status: 'disabled' });
			});
			expect(await sessions.validate(token)).toBeNull();
		});
	});
}
