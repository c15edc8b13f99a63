import { afterEach, expect, it } from 'vitest';
import { documentSnapshot } from '#lib/documents/live/schema.server.ts';
import type { FromServer } from '#lib/documents/messages.ts';
import { allSaved, converged, stage, until, type Stage } from './support.ts';

let here: Stage;
afterEach(() => here.close());

it('D17: a stop says goodbye, puts on disk and acknowledges what has come, and stores a snapshot', async () => {
	here = await stage();
	const watcher = here.socket('watcher');
	const byes: number[] = [];
	watcher.on('bye', ({ retryIn }: FromServer['bye']) => byes.push(retryIn));
	const all = ['ada', 'ben', 'cleo'].map((name) => here.join(name));
	await until(() => watcher.connected && all.every(({ writable }) => writable), 'all are here');
	for (let round = 0; round < 30; round += 1)
		all.forEach(({ body }, index) => body.insert(0, `${index}`));
	await new Promise((next) => setTimeout(next, 20));
	await here.engine.close();
	await until(() => byes.length === 1, 'goodbye is said');
	expect(byes[0]).toBeGreaterThanOrEqual(500);
	const snapshots = await here.house.store.db.select().from(documentSnapshot);
	expect(snapshots.length).toBeGreaterThan(0);
});

it('D17: a restart loses nothing and needs nobody’s hand', async () => {
	here = await stage();
	const all = ['ada', 'ben', 'cleo', 'dan'].map((name) => here.join(name));
	await until(() => all.every(({ writable }) => writable), 'all may write');
	let typed = 0;
	const typing = setInterval(() => {
		typed += 1;
		for (const { body } of all) body.insert(body.length - 1, '.');
	}, 5);
	for (let round = 0; round < 2; round += 1) {
		await until(() => typed > 20 * (round + 1), 'they type');
		await here.restart();
	}
	await until(() => typed > 80, 'they type on');
	clearInterval(typing);
	await allSaved(...all);
	const text = await converged(...all);
	expect([...text].filter((letter) => letter === '.').length).toBe(typed * all.length + 1);
});
