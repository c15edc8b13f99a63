import fc from 'fast-check';
import { describe, it } from 'vitest';
import { mergeBranches } from './accept.ts';
import { branchUpdate, catchUp, openBranch } from './branch.ts';
import { overlaps } from './overlap.ts';
import { asAccepted } from './pieces.ts';
import {
	aScene,
	livingIds,
	mustEqual,
	perform,
	play,
	reading,
	withUpdates
} from './scenes.testing.ts';
import { weave, type Weave } from './weave.ts';

/** Thousands of runs, on machines that may be busy. */
const PATIENCE = 240_000;

/** Branches taken in order as long as they overlap with none taken before. */
function coexisting(woven: Weave): Set<string> {
	const pairs = overlaps(woven);
	const chosen = new Set<string>();
	for (const id of woven.hunks.keys()) {
		const clash = pairs.some(
			({ a, b }) => (a === id && chosen.has(b)) || (b === id && chosen.has(a))
		);
		if (!clash) chosen.add(id);
	}
	return chosen;
}

describe('branches, on random texts', () => {
	it(
		'B1: what is marked is what accepting gives, on a main edited meanwhile',
		() => {
			fc.assert(
				fc.property(aScene, (scene) => {
					const { main, branches } = play(scene);
					const { blocks } = weave(main, branches);
					for (const { id, update } of branches) {
						const shown = asAccepted(blocks, (one) => one === id);
						mustEqual(shown, reading(withUpdates(main, update)));
					}
					mustEqual(
						asAccepted(blocks, () => false),
						reading(main)
					);
				}),
				{ numRuns: 3000 }
			);
		},
		PATIENCE
	);

	it(
		'B2: branches that do not overlap merge to the same text in any order, as shown before',
		() => {
			fc.assert(
				fc.property(aScene, fc.nat(), (scene, order) => {
					const { main, branches } = play(scene);
					const woven = weave(main, branches);
					const chosen = coexisting(woven);
					const taken = branches.filter(({ id }) => chosen.has(id));
					const { blocks, updates, state } = mergeBranches(main, taken);
					const text = blocks.map(({ attrs, spans }) => ({ attrs, spans }));
					mustEqual(
						asAccepted(woven.blocks, (id) => chosen.has(id)),
						text
					);
					const mixed = shuffled(updates, order);
					const rows = mixed.flatMap((one) => one.rows.map(({ update }) => update));
					mustEqual(reading(withUpdates(main, ...rows)), text);
					mustEqual(livingIds(withUpdates(main, ...rows)), livingIds(state));
				}),
				{ numRuns: 3000 }
			);
		},
		PATIENCE
	);

	it(
		'B3: a pair that coexists keeps both insertions whole and removes exactly both deletions',
		() => {
			fc.assert(
				fc.property(aScene, (scene) => {
					const { main, branches } = play(scene);
					const [a, b] = branches as [(typeof branches)[0], (typeof branches)[0]];
					if (overlaps(weave(main, [a, b])).length > 0) return;
					const now = livingIds(main);
					const merged = livingIds(withUpdates(main, a.update, b.update));
					const alone = [a, b].map(({ update }) => livingIds(withUpdates(main, update)));
					const kept = now.filter((id) => alone.every((ids) => ids.includes(id)));
					mustEqual(
						merged.filter((id) => now.includes(id)),
						kept
					);
					for (const ids of alone) {
						for (const run of runsOutside(ids, new Set(now))) {
							const at = merged.indexOf(run[0]!);
							mustEqual(merged.slice(at, at + run.length), run);
						}
					}
					const own = alone.flatMap((ids) => ids.filter((id) => !now.includes(id)));
					mustEqual(merged.filter((id) => !now.includes(id)).sort(), own.sort());
				}),
				{ numRuns: 2000 }
			);
		},
		PATIENCE
	);

	it(
		'B4: a branch survives being stored, opened on a later main and brought up to date',
		() => {
			fc.assert(
				fc.property(aScene, (scene) => {
					const { fork, main, branches } = play(scene);
					const { id, update } = branches[0]!;
					const branch = openBranch(fork, update);
					const accepted = withUpdates(main, update);
					mustEqual(livingIds(withUpdates(main, branchUpdate(branch))), livingIds(accepted));
					catchUp(branch, main);
					for (const later of [branch, openBranch(main, update)].map(branchUpdate)) {
						mustEqual(livingIds(withUpdates(main, later)), livingIds(accepted));
						mustEqual(reading(withUpdates(main, later)), reading(accepted));
					}
					for (const act of scene.branches[1]!) perform(branch.doc, 101, act);
					const more = branchUpdate(branch);
					const { blocks } = weave(main, [{ id, update: more }]);
					const shown = reading(withUpdates(main, more));
					mustEqual(
						asAccepted(blocks, () => true),
						shown
					);
					mustEqual(reading(withUpdates(main, update, more)), shown);
				}),
				{ numRuns: 500 }
			);
		},
		PATIENCE
	);
});

/** Neighbours that are not in a set, run by run. */
function runsOutside(ids: string[], known: Set<string>): string[][] {
	const runs: string[][] = [];
	let open: string[] | null = null;
	for (const id of ids) {
		if (known.has(id)) open = null;
		else if (open) open.push(id);
		else runs.push((open = [id]));
	}
	return runs;
}

/** The list in the order that a number stands for. */
function shuffled<T>(list: T[], number: number): T[] {
	const left = [...list];
	return list.map((_, index) => left.splice(number % (list.length - index), 1)[0]!);
}
