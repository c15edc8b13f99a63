import { afterEach, beforeEach, expect, it } from 'vitest';
import { allSaved, converged, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
beforeEach(async () => void (here = await stage()));
afterEach(() => here.close());

const text = async () => (await here.engine.read(DOCUMENT)).body.toString();

it('the house edits beside people who type, under the name of whoever asked', async () => {
	const ada = here.join('ada', { gatherMs: 0 });
	await until(() => ada.writable, 'ada may write');
	for (let round = 0; round < 40; round += 1) {
		ada.body.insert(ada.body.length - 1, 'a');
		if (round % 8 === 3) ada.body.delete(0, 1);
		await here.engine.write(DOCUMENT, round % 2 ? 'desk' : 'clerk', (body) => {
			body.insert(round % body.length, round % 2 ? 'D' : 'C');
			if (round % 10 === 9) body.delete(body.length - 3, 1);
		});
	}
	await allSaved(ada);
	const ben = here.join('ben');
	await until(() => ben.writable, 'ben is here');
	expect(await converged(ada, ben)).toBe(await text());
	const authors = await here.engine.authorsOf(DOCUMENT, 0, ada.body.length);
	const typed = await text();
	for (const { from, to, personId } of authors) {
		if (typed.slice(from, to).includes('D')) expect(personId).toBe('desk');
		if (typed.slice(from, to).includes('C')) expect(personId).toBe('clerk');
	}
});

it('a change that throws leaves nothing behind, nor does one that changes nothing', async () => {
	const before = await here.engine.read(DOCUMENT);
	const told = [before.seq, before.body.toString()];
	await here.engine.write(DOCUMENT, 'desk', () => undefined);
	await expect(
		here.engine.write(DOCUMENT, 'desk', (body) => {
			body.insert(0, 'half of ');
			throw new Error('on second thoughts');
		})
	).rejects.toThrow('second thoughts');
	const after = await here.engine.read(DOCUMENT);
	expect([after.seq, after.body.toString()]).toEqual(told);
	await here.engine.write(DOCUMENT, 'desk', (body) => body.insert(0, 'whole '));
	expect(await text()).toBe(`whole ${told[1]}`);
});

it('what the disk would not take is not in the next change either', async () => {
	await here.close();
	here = await stage({ timing: { patience: 100 } });
	await here.engine.write(DOCUMENT, 'desk', (body) => body.insert(0, 'one '));
	const { transact } = here.house.store;
	here.house.store.transact = () => Promise.reject(new Error('no disk'));
	const refused = here.engine.write(DOCUMENT, 'desk', (body) => body.insert(0, 'never '));
	await expect(refused).rejects.toMatchObject({ code: 'database_busy' });
	here.house.store.transact = transact;
	await here.engine.write(DOCUMENT, 'desk', (body) => body.insert(0, 'two '));
	expect(await text()).toMatch(/^two one Shade/);
});
