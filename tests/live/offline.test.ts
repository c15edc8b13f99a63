import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { browserStorage } from '#lib/documents/live/client-storage-idb.ts';
import { allSaved, converged, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
let person = 0;
let ada = '';
beforeEach(async () => {
	here = await stage();
	person += 1;
	ada = `ada${person}`;
});
afterEach(() => here.close());

const stored = () => browserStorage(ada, DOCUMENT);
const nowhere = { url: 'http://127.0.0.1:9' };

it('D6: offline work survives a reload and comes home, merged with what others did', async () => {
	const page = here.join(ada, { storage: stored() });
	await until(() => page.writable, 'ada may write');
	page.body.insert(0, 'one ');
	await allSaved(page);
	await page.close();

	// Opened without a network, ten minutes of typing, then a reload, still without a network.
	const offline = here.join(ada, { storage: stored(), ...nowhere });
	await offline.ready;
	expect(offline.state).toBe('offline');
	expect(offline.writable).toBe(true);
	for (let n = 0; n < 600; n += 1) offline.body.insert(offline.body.length - 1, `w${n} `);
	await until(() => offline.unsaved > 0, 'work is waiting');
	const first = offline.doc.clientID;
	await offline.close();

	const reloaded = here.join(ada, { storage: stored(), ...nowhere });
	await reloaded.ready;
	expect(reloaded.body.toString()).toContain('w0 w1 w2 ');
	expect(reloaded.body.toString()).toContain('w599 ');
	expect(reloaded.doc.clientID).not.toBe(first);
	reloaded.body.insert(0, 'after reload ');
	await reloaded.close();

	const ben = here.join('ben');
	await until(() => ben.writable, 'ben may write');
	ben.body.insert(0, 'ben ');
	await allSaved(ben);

	const back = here.join(ada, { storage: stored() });
	await until(() => back.state === 'saved' && back.unsaved === 0, 'all is saved');
	const text = await converged(back, ben);
	expect(text).toContain('after reload ');
	expect(text).toContain('ben ');
	expect(text).toContain(Array.from({ length: 600 }, (_, n) => `w${n} `).join(''));
	expect((await here.engine.read(DOCUMENT)).body.toString()).toBe(text);
	expect(await stored().updates()).toEqual([]);
});

it('a paste too large for one update is kept for its author instead of being sent for ever', async () => {
	const page = here.join(ada, { storage: stored() });
	await until(() => page.writable, 'ada may write');
	const kept = new Promise<void>((done) => page.on('kept', done));
	const pasted = 'Shade along the way. '.repeat(60_000);
	page.body.insert(0, pasted);
	await until(() => page.state === 'refused', 'ada is told');
	expect(page.reason).toBe('update_too_large');
	await kept;
	const rows = await stored().kept();
	expect(rows).toHaveLength(1);
	expect(rows[0]!.reason).toBe('update_too_large');
	expect(rows[0]!.text.length).toBe(pasted.length);
	await page.close();

	const again = here.join(ada, { storage: stored() });
	await until(() => again.writable, 'ada writes on');
	again.body.insert(0, 'less ');
	await allSaved(again);
	expect((await here.engine.read(DOCUMENT)).body.length).toBeLessThan(pasted.length);
});

it('D6: several pages of one person share a storage without harm', async () => {
	const pages = [1, 2, 3].map(() => here.join(ada, { storage: stored() }));
	await until(() => pages.every(({ writable }) => writable), 'all may write');
	for (let round = 0; round < 20; round += 1) {
		pages.forEach(({ body }, index) => body.insert(0, `${index}`));
		await new Promise((next) => setImmediate(next));
	}
	await allSaved(...pages);
	const text = await converged(...pages);
	expect(text.split('\n')[0]!.replace(/[^012]/g, '').length).toBeGreaterThanOrEqual(60);
	expect(await stored().updates()).toEqual([]);
	await Promise.all(pages.map((page) => page.close()));
	const offline = [1, 2, 3].map(() => here.join(ada, { storage: stored(), ...nowhere }));
	await Promise.all(offline.map(({ ready }) => ready));
	expect(new Set(offline.map(({ doc }) => doc.clientID)).size).toBe(3);
	offline.forEach(({ body }, index) => body.insert(0, `offline${index} `));
	await Promise.all(offline.map((page) => page.close()));
	const back = here.join(ada, { storage: stored() });
	await until(() => back.state === 'saved', 'all is saved');
	for (const index of [0, 1, 2]) expect(back.body.toString()).toContain(`offline${index} `);
});

it('a client that loses the server goes on, says so, and is saved when it is back', async () => {
	const page = here.join(ada, { storage: stored() });
	const ben = here.join('ben');
	await until(() => page.writable && ben.writable, 'both may write');
	const restarted = here.restart();
	await until(() => page.state === 'offline', 'ada is told');
	page.body.insert(0, 'meanwhile ');
	ben.body.insert(0, 'also ');
	await restarted;
	await allSaved(page, ben);
	const text = await converged(page, ben);
	expect(text).toContain('meanwhile ');
	expect(text).toContain('also ');
});
