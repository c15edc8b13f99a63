/**
 * What pages wait for when a text of 10,000 words has 1,000 open suggestions, 20 readers ask for them
 * without a pause, and one person types five times a second: first the read model alone, then the pages
 * themselves from the production server (`suggestions-pages.ts`). Run with `npm run bench -- suggestions`;
 * `node tests/bench/suggestions.ts --one-clause` puts 200 of them on one clause, for the read model only.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import * as Y from 'yjs';
import { crowd } from '../../src/lib/documents/branches/crowd.testing.ts';
import { branch } from '../../src/lib/documents/branches/schema.server.ts';
import { meeting } from '../../src/lib/contributions/meeting.testing.ts';
import { contribution } from '../../src/lib/contributions/schema.server.ts';
import { suggestionsOn } from '../../src/lib/contributions/suggestions.server.ts';
import { openBody } from '../../src/lib/documents/text/body.ts';
import type { Delta } from '../../src/lib/documents/text/blocks.ts';
import { measurePages } from './suggestions-pages.ts';

const READERS = 20;
const SECONDS = 12;
const onOneClause = process.argv.includes('--one-clause') ? 200 : 0;

const { fork, branches } = crowd({ onOneClause });
const seeded = new Y.Doc();
const body = openBody(seeded);
Y.applyUpdate(seeded, fork);
const here = await meeting({}, body.toDelta() as Delta);
const documentId = here.document.id;
const { house, live } = here;
const main = await live.read(documentId);

// The crowd's branches stand on a text of their own making: here they are made anew on this one.
const made = crowd({ onOneClause, state: Buffer.from((await live.stateOf(documentId)).bytes) });
for (const [index, one] of made.branches.entries()) {
	const at = index + 1;
	const common = { createdAt: at, changedAt: at };
	await house.store.db.insert(contribution).values({
		id: `suggestion${index}`,
		kind: 'suggestion',
		targetType: 'document',
		targetId: documentId,
		documentId,
		personId: here.ids.ama,
		capacity: { kind: 'citizen', orgId: null, orgName: null },
		termsVersion: 'x',
		body: 'Because.',
		wholeBlock: true,
		status: 'published',
		idempotencyKey: `key-${index}`,
		...common
	});
	await house.store.db.insert(branch).values({
		id: one.id,
		documentId,
		epoch: main.epoch,
		baseSeq: main.seq,
		createdBy: here.ids.ama,
		contributionId: `suggestion${index}`,
		update: Buffer.from(one.update),
		publishedAt: at,
		...common
	});
}

const first = performance.now();
const opened = await suggestionsOn(house, live, documentId);
const cold = performance.now() - first;
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const times: number[] = [];
const ages: number[] = [];
const end = performance.now() + SECONDS * 1_000;
let typed = 0;
const typing = (async () => {
	while (performance.now() < end) {
		await live.write(documentId, here.ids.ines, (text) => text.insert(typed * 97, 'typed '));
		typed += 1;
		await pause(200);
	}
})();
const reading = Array.from({ length: READERS }, async () => {
	while (performance.now() < end) {
		const start = performance.now();
		const { seq, summaryOf } = await suggestionsOn(house, live, documentId);
		// What a list of the first fifty asks.
		for (const { id } of branches.slice(0, 50)) summaryOf(id);
		times.push(performance.now() - start);
		ages.push((await live.read(documentId)).seq - seq);
		await pause(5);
	}
});
await Promise.all([typing, ...reading]);
delay.disable();
times.sort((a, b) => a - b);
ages.sort((a, b) => a - b);
const at = (list: number[], share: number) => list[Math.floor((list.length - 1) * share)]!;
console.log(
	`${opened.open.size} suggestions, ${opened.overlaps.length} pairs overlap; first reading ${cold.toFixed(0)} ms\n` +
		`${READERS} readers, ${times.length} questions in ${SECONDS} s: ` +
		`p50 ${at(times, 0.5).toFixed(1)} ms, p95 ${at(times, 0.95).toFixed(1)} ms, most ${at(times, 1).toFixed(0)} ms; ` +
		`behind by ${at(ages, 0.5)} rows (most ${at(ages, 1)})\n` +
		`event loop: p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms, most ${(delay.max / 1e6).toFixed(0)} ms`
);
await here.close();
process.exit(onOneClause > 0 || (await measurePages()) ? 0 : 1);
