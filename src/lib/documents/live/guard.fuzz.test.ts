import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { openBody, seedBody } from '#lib/documents/text/body.ts';
import {
	attempt,
	guardedDoc,
	mutate,
	seededRandom,
	updateOf,
	workMs
} from '#tests/live/updates.ts';

const RUNS = 20_000;

it('D9: 20,000 mutated updates leave nothing pending, and none takes 50 ms', () => {
	const random = seededRandom(20_260);
	let doc = guardedDoc((body) => seedBody(body, [{ insert: 'The quick brown fox. '.repeat(40) }]));
	const valid: Uint8Array[] = [];
	let accepted = 0;
	let slowest = 0;
	for (let run = 0; run < RUNS; run += 1) {
		if (run % 50 === 0) {
			const update = updateOf(doc, 77, (body) => edit(body, random));
			valid.push(update);
			if (valid.length > 40) valid.shift();
			Y.applyUpdate(doc, update);
		}
		const mutant = mutate(valid[Math.floor(random() * valid.length)]!, valid, random);
		const started = workMs();
		const verdict = attempt(doc, mutant, [77, 78]);
		if (typeof verdict !== 'string') {
			accepted += 1;
			Y.applyUpdate(doc, mutant);
		}
		slowest = Math.max(slowest, workMs() - started);
		// Whoever comes later integrates everything in another order, and must see the same.
		if (typeof verdict !== 'string' && accepted % 10 === 0) reloaded(doc);
		expect(doc.store.pendingStructs, `run ${run}`).toBeNull();
		expect(doc.store.pendingDs, `run ${run}`).toBeNull();
		if (run % 2_000 === 1_999) doc = reloaded(doc);
	}
	expect(accepted).toBeGreaterThan(100);
	expect(slowest).toBeLessThan(50);
});

function edit(body: Y.Text, random: () => number): void {
	const at = Math.floor(random() * (body.length - 12));
	const choice = Math.floor(random() * 4);
	if (choice === 0) body.insert(at, 'wörd\u{1F333}'.slice(0, 1 + Math.floor(random() * 5)));
	if (choice === 1) body.delete(at, 1 + Math.floor(random() * 4));
	if (choice === 2) body.format(at, 6, { strong: true });
	if (choice === 3) body.insert(at, '\n', { block: { id: `b${at}`, type: 'paragraph' } });
}

/** A copy that went through the encoder: what was accepted can be stored and opened again. */
function reloaded(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	const body = openBody(copy);
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	expect(body.toString()).toBe(openBody(doc).toString());
	return copy;
}
