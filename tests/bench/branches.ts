/**
 * What 1,000 suggestions on a text of 10,000 words cost: marks on the living text, overlaps, previews,
 * one decision. Run with `node tests/bench/branches.ts`; with `--one-clause` 200 of them are on one clause;
 * `--json` prints one line for a machine.
 */
import { mergeBranches, preview } from '../../src/lib/documents/branches/accept.ts';
import { crowd } from '../../src/lib/documents/branches/crowd.testing.ts';
import { painted } from '../../src/lib/documents/branches/marks.ts';
import { overlaps } from '../../src/lib/documents/branches/overlap.ts';
import { readSince, staleOf } from '../../src/lib/documents/branches/stale.ts';
import { readShown } from '../../src/lib/documents/branches/shown.ts';
import { summarise } from '../../src/lib/documents/branches/summary.ts';
import { weave } from '../../src/lib/documents/branches/weave.ts';

const ROUNDS = 15;

const onOneClause = process.argv.includes('--one-clause') ? 200 : 0;
const { main, branches, rows, words } = crowd({ onOneClause });
const woven = weave(main, branches);
const pairs = overlaps(woven);
const clashing = new Set(pairs.flatMap(({ a, b }) => [a, b]));
const calm = branches.filter(({ id }) => !clashing.has(id));
const tasks: Record<string, () => unknown> = {
	'read all branches (marks)': () => weave(main, branches),
	'overlaps of all': () => overlaps(woven),
	'all of it, as pages ask (shown)': () => readShown(main, branches, readSince(rows)),
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
		JSON.stringify({ words, branches: branches.length, overlapping: pairs.length, results })
	);
} else {
	console.log(`${branches.length} branches on ${words} words, ${pairs.length} pairs overlap; ms`);
	for (const { task, median, most } of results) {
		console.log(
			`${task.padEnd(34)} median ${String(median).padStart(8)}   most ${String(most).padStart(8)}`
		);
	}
}
