/**
 * What 1,000 suggestions on a text of 10,000 words cost: marks on the living text, overlaps, previews,
 * one decision. Run with `node tests/bench/branches.ts`; `--json` prints one line for a machine.
 */
import * as Y from 'yjs';
import { mergeBranches, preview } from '../../src/lib/documents/branches/accept.ts';
import { branchUpdate, openBranch } from '../../src/lib/documents/branches/branch.ts';
import { painted } from '../../src/lib/documents/branches/marks.ts';
import { overlaps } from '../../src/lib/documents/branches/overlap.ts';
import { readSince, staleOf } from '../../src/lib/documents/branches/stale.ts';
import { summarise } from '../../src/lib/documents/branches/summary.ts';
import { weave } from '../../src/lib/documents/branches/weave.ts';
import { openBody, seedBody } from '../../src/lib/documents/text/body.ts';

const WORDS = 10_000;
const BRANCHES = 1_000;
const ROUNDS = 15;

const doc = new Y.Doc();
doc.clientID = 1;
const body = openBody(doc);
seedBody(
	body,
	Array.from({ length: WORDS / 50 }, (_, block) => [
		{ insert: Array.from({ length: 50 }, (_, word) => `word${(block * 7 + word) % 97}`).join(' ') },
		{ insert: '\n', attributes: { block: { id: `b${block}`, type: 'clause', level: 1 } } }
	]).flat()
);
const fork = Y.encodeStateAsUpdate(doc);
const branches = Array.from({ length: BRANCHES }, (_, index) => suggestion(index));
const rows: Array<{ seq: number; update: Uint8Array }> = [];
doc.on('update', (update: Uint8Array) => rows.push({ seq: rows.length + 2, update }));
for (let turn = 0; turn < 2_000; turn++) {
	doc.clientID = 2 + (turn % 5);
	const at = (turn * 7_919) % (body.length - 10);
	if (
		turn % 4 === 0 &&
		!body
			.toString()
			.slice(at, at + 5)
			.includes('\n')
	)
		body.delete(at, 5);
	else body.insert(at, 'typed ');
}
const main = Y.encodeStateAsUpdate(doc);

/** One word replaced, at a place of its own for most; every tenth rewrites its neighbour's place. */
function suggestion(index: number) {
	const branch = openBranch(fork);
	branch.doc.clientID = 10_000 + index;
	const block = Math.floor(((index % 10 === 9 ? index - 1 : index) / BRANCHES) * (WORDS / 50));
	const text = branch.body.toString();
	let at = 0;
	for (let line = 0; line < block; line++) at = text.indexOf('\n', at) + 1;
	for (let word = 0; word < (index % 5) * 9 + 2; word++) at = text.indexOf(' ', at) + 1;
	const length = text.slice(at).search(/[ \n]/);
	branch.body.delete(at, length);
	branch.body.insert(at, `suggestion${index}`);
	return { id: `s${index}`, update: branchUpdate(branch), seq: 1 };
}

const woven = weave(main, branches);
const pairs = overlaps(woven);
const clashing = new Set(pairs.flatMap(({ a, b }) => [a, b]));
const calm = branches.filter(({ id }) => !clashing.has(id));
const tasks: Record<string, () => unknown> = {
	'read all branches (marks)': () => weave(main, branches),
	'overlaps of all': () => overlaps(woven),
	'text painted with all': () => painted(woven.blocks),
	'rows of the desk summed up, 50': () =>
		branches.slice(0, 50).map(({ id }) => {
			const hunk = woven.hunks.get(id)![0]!;
			const near = woven.blocks.filter(
				({ block }) => block.from <= hunk.to && block.to >= hunk.from
			);
			return summarise(near, id);
		}),
	'stale ones, 2,000 rows since': () => staleOf(woven, readSince(rows)),
	'preview as if 50 accepted': () => preview(main, calm.slice(0, 50)),
	'accept 50 together': () => mergeBranches(main, calm.slice(0, 50)),
	'one branch alone': () => weave(main, [branches[0]!])
};

const results = Object.entries(tasks).map(([task, run]) => {
	const times = Array.from({ length: ROUNDS }, () => {
		const start = performance.now();
		run();
		return performance.now() - start;
	}).sort((a, b) => a - b);
	const at = (share: number) => Number(times[Math.floor((ROUNDS - 1) * share)]!.toFixed(2));
	return { task, median: at(0.5), most: at(1) };
});
if (process.argv.includes('--json')) {
	console.log(
		JSON.stringify({ words: WORDS, branches: BRANCHES, overlapping: pairs.length, results })
	);
} else {
	console.log(`${BRANCHES} branches on ${WORDS} words, ${pairs.length} pairs overlap; ms`);
	for (const { task, median, most } of results) {
		console.log(
			`${task.padEnd(34)} median ${String(median).padStart(8)}   most ${String(most).padStart(8)}`
		);
	}
}
