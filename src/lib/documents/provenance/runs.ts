/**
 * Provenance: a text cut into runs, each of which came into it in one way, from one person. Ids only:
 * names, capacities and reasons are looked up by whoever shows them, so that runs can be kept.
 */
import type { LogRow, Placed } from '../live/authors.server.ts';

/**
 * How words came into a text: with its beginning (a file, a template), typed in it, taken in from a
 * suggestion, written by the team on top of suggestions that it took in, or put back by taking an
 * acceptance back when it is no longer known whose they were.
 */
export const WAYS = ['begun', 'typed', 'suggested', 'edited', 'restored'] as const;
export type Way = (typeof WAYS)[number];

/** Characters of the flat text, `to` not included. */
export interface Run {
	from: number;
	to: number;
	way: Way;
	personId: string;
	/** The branch they were suggested on. */
	branchId: string | null;
	/** The decision that took them in. */
	decisionId: string | null;
	/** The decision that put them back after another one had taken them away. */
	restoredBy: string | null;
	/** When the last of them was saved, ms. */
	at: number;
}

/** Characters with the row that wrote them; put back since by a decision, or never gone. */
export interface Written extends Placed {
	row: LogRow;
	restoredBy: string | null;
}

/** The runs of a text. `isUndo` knows the decisions that took others back. */
export function runsOf(
	written: readonly Written[],
	isBegun: (row: LogRow) => boolean,
	isUndo: (decisionId: string) => boolean
): Run[] {
	const runs: Run[] = [];
	for (const { from, length, row, restoredBy } of written) {
		const { personId, branchId, decisionId, at } = row;
		const way = wayOf(row, isBegun, isUndo);
		const undone = way === 'restored';
		const run: Run = {
			...{ from, to: from + length, way, personId, branchId, at },
			decisionId: undone ? null : decisionId,
			restoredBy: undone ? decisionId : restoredBy
		};
		const last = runs.at(-1);
		if (last && last.to === run.from && isAlike(last, run)) {
			last.to = run.to;
			last.at = Math.max(last.at, run.at);
		} else runs.push(run);
	}
	return runs;
}

function wayOf(
	row: LogRow,
	isBegun: (row: LogRow) => boolean,
	isUndo: (decisionId: string) => boolean
): Way {
	if (row.branchId) return 'suggested';
	if (row.decisionId) return isUndo(row.decisionId) ? 'restored' : 'edited';
	return isBegun(row) ? 'begun' : 'typed';
}

function isAlike(a: Run, b: Run): boolean {
	const keys = ['way', 'personId', 'branchId', 'decisionId', 'restoredBy'] as const;
	return keys.every((key) => a[key] === b[key]);
}

/** The run that holds a character; undefined beyond the text. */
export function runAt(runs: readonly Run[], index: number): Run | undefined {
	return runs.find(({ from, to }) => from <= index && index < to);
}

/** The runs of a range, cut at its ends. */
export function runsWithin(runs: readonly Run[], from: number, to: number): Run[] {
	return runs
		.filter((run) => run.from < to && run.to > from)
		.map((run) => ({ ...run, from: Math.max(run.from, from), to: Math.min(run.to, to) }));
}

/** Characters that were put back, as those that they were before. */
export interface Traced {
	clock: number;
	of: { client: number; clock: number; length: number };
}

/**
 * Characters cut where they were put back: those that are traced by the ids they had before, and those
 * that are not (other clocks of the same row) as they are.
 */
export function tracedBack(
	placed: Placed,
	traced: readonly Traced[]
): { before: Placed[]; rest: Placed[] } {
	const end = placed.clock + placed.length;
	const before: Placed[] = [];
	const rest: Placed[] = [];
	let { clock } = placed;
	const placeOf = (at: number) => placed.from + at - placed.clock;
	const leave = (until: number) => {
		if (until > clock) {
			rest.push({ ...placed, clock, length: until - clock, from: placeOf(clock) });
		}
	};
	for (const one of [...traced].sort((a, b) => a.clock - b.clock)) {
		const [from, to] = [Math.max(clock, one.clock), Math.min(end, one.clock + one.of.length)];
		if (from >= to) continue;
		leave(from);
		before.push({
			client: one.of.client,
			clock: one.of.clock + from - one.clock,
			length: to - from,
			from: placeOf(from)
		});
		clock = to;
	}
	leave(end);
	return { before, rest };
}
