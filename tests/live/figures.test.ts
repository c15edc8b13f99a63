import { afterEach, expect, it } from 'vitest';
import { createMetrics } from '#lib/server/metrics.ts';
import { allSaved, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
afterEach(() => here.close());

it('the figures tell what was committed, how long it took, and what was refused', async () => {
	const metrics = createMetrics();
	here = await stage({ meter: metrics.meter });
	metrics.watch({ live: here.engine.figures, store: here.house.store });
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	for (let round = 0; round < 3; round += 1) {
		ada.body.insert(0, 'x');
		await allSaved(ada);
	}
	const reader = here.socket('reader');
	const wish = { document: DOCUMENT, mode: 'write', epoch: 0, leases: 0 };
	await new Promise<void>((done) => reader.emit('open', wish, new Uint8Array(1), () => done()));
	reader.emit('edit', { document: DOCUMENT, n: 1 }, new Uint8Array(3));
	await until(() => here.engine.figures().refused.may_not_write, 'the edit is refused');
	const lines = (await metrics.text()).split('\n');
	metrics.clear();
	expect(lines).toContain('folkmoot_connections 2');
	expect(lines).toContain('folkmoot_documents_open 1');
	expect(lines).toContain('folkmoot_updates_waiting 0');
	expect(lines).toContain('folkmoot_refused_updates_total{reason="may_not_write"} 1');
	// Three letters; the seed goes into the log without passing through a frame.
	expect(lines).toContain('folkmoot_updates_total 3');
	expect(lines).toContain('folkmoot_ack_seconds_count 3');
});

it('an event that nobody knows ends its connection', async () => {
	here = await stage();
	for (const attack of ['nonsense', '__proto__', 'constructor']) {
		const mallory = here.socket('mallory');
		await until(() => mallory.connected, 'mallory is in');
		mallory.emit(attack, 'x'.repeat(1_000));
		await until(() => !mallory.connected, `${attack} is cut off`);
	}
});
