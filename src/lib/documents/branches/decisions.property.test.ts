import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addText, type Span } from '../text/blocks.ts';
import { openBody } from '../text/body.ts';
import { mergeBranches, pick } from './accept.ts';
import { branchUpdate, openBranch, openFork } from './branch.ts';
import { overlaps } from './overlap.ts';
import { revert, revertOn } from './revert.ts';
import { RunIndex, runsOf } from './runs.ts';
import {
	aScene,
	livingIds,
	mustEqual,
	perform,
	play,
	reading,
	withUpdates
} from './scenes.testing.ts';
import { readSince, staleOf } from './stale.ts';
import { weave } from './weave.ts';

/** Hundreds of runs, on machines that may be busy. */
const PATIENCE = 120_000;

describe('deciding on branches, on random texts', () => {
	it(
		'B5: a picked part brings exactly its own changes',
		() => {
			fc.assert(
				fc.property(aScene, fc.nat(), (scene, mask) => {
					const { main, branches } = play(scene);
					const hunks = weave(main, [branches[0]!]).hunks.get('b0')!;
					const keys = hunks.filter((_, index) => (mask >> index) & 1).map(({ key }) => key);
					const { state, updates } = pick(main, branches[0]!, keys);
					const picked = hunks.filter(({ key }) => keys.includes(key));
					const rest = hunks.filter(({ key }) => !keys.includes(key));
					const [now, whole, part] = [
						livingIds(main),
						withBranch(main, branches[0]!),
						livingIds(state)
					];
					const has = (set: Map<number, Array<{ from: number; to: number }>>, id: string) => {
						const [client, clock] = id.split('.').map(Number) as [number, number];
						return set.get(client)?.some(({ from, to }) => from <= clock && clock < to) ?? false;
					};
					const inserted = whole.filter((id) => !now.includes(id));
					const kept = now.filter((id) => !picked.some(({ deletes }) => has(deletes, id)));
					const put = inserted.filter((id) => picked.some(({ inserts }) => has(inserts, id)));
					mustEqual(
						part.filter((id) => now.includes(id)),
						kept
					);
					mustEqual(
						part.filter((id) => !now.includes(id)),
						put
					);
					if (rest.length === 0) mustEqual(part, whole);
					if (picked.length === 0) mustEqual(reading(state), reading(main));
					const rows = updates.flatMap((one) => one.rows.map(({ update }) => update));
					mustEqual(livingIds(withUpdates(main, ...rows)), part);
				}),
				{ numRuns: 500 }
			);
		},
		PATIENCE
	);

	it(
		'B6: taking an acceptance back leaves the text as it was, and what others typed since',
		() => {
			fc.assert(
				fc.property(aScene, fc.array(fc.nat(), { maxLength: 5 }), (scene, places) => {
					const { main, branches } = play(scene);
					const { update } = branches[0]!;
					const doc = new Y.Doc();
					openBody(doc);
					Y.applyUpdate(doc, withUpdates(main, update));
					for (const at of places) perform(doc, 61, { kind: 'write', at, length: 1, word: '#' });
					const state = Y.encodeStateAsUpdate(doc);
					const undone = withUpdates(state, revert(state, update, main, 99));
					const text = reading(undone);
					const typed = JSON.stringify(text.map(({ spans }) => spans)).split('#').length - 1;
					expect(typed).toBe(places.length);
					mustEqual(text.map(withoutTyped), reading(main).map(withoutTyped));
				}),
				{ numRuns: 500 }
			);
		},
		PATIENCE
	);

	it(
		'B6: what is put back is known by the ids it had before',
		() => {
			fc.assert(
				fc.property(aScene, (scene) => {
					const { main, branches } = play(scene);
					const { update } = branches[0]!;
					const doc = openFork(withUpdates(main, update));
					doc.clientID = 99;
					const back = revertOn(openBody(doc), update, main);
					const [then, now] = [openFork(main), doc].map(
						(one) => new RunIndex(runsOf(openBody(one)))
					);
					const letter = (index: RunIndex, client: number, clock: number) => {
						const { content, clock: from } = index.find(client, clock)!;
						return typeof content === 'string' ? content[clock - from] : content;
					};
					for (const { clock, of } of back) {
						for (let at = 0; at < of.length; at++) {
							mustEqual(letter(now!, 99, clock + at), letter(then!, of.client, of.clock + at));
						}
					}
					const told = back.reduce((sum, { of }) => sum + of.length, 0);
					const own = livingIds(Y.encodeStateAsUpdate(doc)).filter((id) => id.startsWith('99.'));
					expect(told).toBe(own.length);
				}),
				{ numRuns: 500 }
			);
		},
		PATIENCE
	);

	it(
		'B7: nothing is stale while main stands still, or only writes',
		() => {
			fc.assert(
				fc.property(aScene, (scene) => {
					const writing = scene.meanwhile.filter(({ kind }) => kind === 'write' || kind === 'mark');
					const { main, branches, rows } = play({ ...scene, meanwhile: writing });
					mustEqual(staleOf(weave(main, branches), readSince(rows)), []);
				}),
				{ numRuns: 250 }
			);
		},
		PATIENCE
	);

	it(
		'B8: fifteen of twenty on one paragraph, while two people keep typing in it',
		() => {
			const aTown = fc.record({
				order: fc.shuffledSubarray([...Array(20).keys()], { minLength: 20, maxLength: 20 }),
				typing: fc.array(fc.nat(5_000), { minLength: 4, maxLength: 20 }),
				late: fc.array(fc.nat(5_000), { minLength: 4, maxLength: 20 })
			});
			fc.assert(
				fc.property(aTown, ({ order, typing, late }) => {
					const words = Array.from({ length: 45 }, (_, index) => `word${index}`);
					const doc = new Y.Doc();
					doc.clientID = 1000;
					const body = openBody(doc);
					body.insert(0, `${words.join(' ')}\n`, { block: { id: 'p', type: 'paragraph' } });
					const fork = Y.encodeStateAsUpdate(doc);
					// Suggestions 0 to 14 each replace every third word; 15 to 19 rewrite what five of them do.
					const branches = order.map((number) => {
						const branch = openBranch(fork);
						branch.doc.clientID = 101 + number;
						const at = branch.body.toString().indexOf(`word${(number % 15) * 3} `);
						const length = `word${(number % 15) * 3}`.length + (number < 15 ? 0 : 4);
						branch.body.delete(at, length);
						branch.body.insert(at, `<s${number}>`);
						return { id: `s${number}`, update: branchUpdate(branch) };
					});
					const type = (places: number[], round: string) =>
						places.forEach((place, turn) => {
							doc.clientID = 51 + (turn % 2);
							body.insert(place % body.length, `[${round}${turn}]`);
						});
					type(typing, 'a');
					const main = Y.encodeStateAsUpdate(doc);
					const pairs = overlaps(weave(main, branches));
					expect(pairs.length).toBe(5);
					const fifteen = branches.filter(({ id }) => Number(id.slice(1)) < 15);
					const { updates } = mergeBranches(main, fifteen);
					type(late, 'b');
					for (const { rows } of updates) for (const { update } of rows) Y.applyUpdate(doc, update);

					const text = body.toString();
					for (let number = 0; number < 20; number++) {
						expect(text.split(`<s${number}>`).length - 1).toBe(number < 15 ? 1 : 0);
					}
					const typed = (clients: number[]) => ownedBy(body, clients).replace(/\[|\]/g, '').length;
					const wanted = [typing, late].map(
						(list) => list.map((_, turn) => `a${turn}`).join('').length
					);
					expect(typed([51, 52])).toBe(wanted[0]! + wanted[1]!);
					for (let number = 0; number < 15; number++) {
						expect(ownedBy(body, [101 + number])).toBe(`<s${number}>`);
						expect(ownedBy(body, [1000])).not.toContain(`word${number * 3} `);
					}
				}),
				{ numRuns: 250 }
			);
		},
		PATIENCE
	);
});

function withBranch(main: Uint8Array, { update }: { update: Uint8Array }): string[] {
	return livingIds(withUpdates(main, update));
}

function withoutTyped<T>({ attrs, spans }: { attrs: T; spans: Span[] }) {
	const left: Span[] = [];
	for (const span of spans) {
		if ('text' in span) addText(left, span.text.replaceAll('#', ''), span.marks);
		else left.push(span);
	}
	return { attrs, spans: left };
}

/** The living words of some client ids, in order. */
function ownedBy(body: Y.Text, clients: number[]): string {
	let words = '';
	for (let item = body._start; item; item = item.right) {
		const { content } = item;
		if (item.deleted || !clients.includes(item.id.client)) continue;
		if (content instanceof Y.ContentString) words += content.str;
	}
	return words;
}
