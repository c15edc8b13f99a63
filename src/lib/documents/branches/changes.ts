/**
 * What a branch changes, as data: single changes in the flat indices of the living main text, gathered
 * into hunks. A hunk is the least a person can accept or leave: everything a branch changes between
 * two characters that it leaves alone, such as one word taken away and another put in its place.
 */
import { addText, type BlockAttrs, type Marks, type Span } from '../text/blocks.ts';
import { addIds, type IdSet } from './ids.ts';
import type { Step, Strand } from './strands.ts';
import type { Views } from './views.ts';

export type Change =
	/** New words before the character at `at`. */
	| { kind: 'insert'; at: number; spans: Span[] }
	| { kind: 'delete'; from: number; to: number; spans: Span[] }
	/** A new line-end before `at`, ending a block of its own. */
	| { kind: 'split'; at: number; block: BlockAttrs }
	/** The line-end at `at` goes; `block` is what it ended. */
	| { kind: 'join'; at: number; block: BlockAttrs }
	| { kind: 'restyle'; from: number; to: number; before: Marks; after: Marks; text: string }
	/** The block whose line-end is at `at` becomes another: its type, its level. */
	| { kind: 'retype'; at: number; before: BlockAttrs; after: BlockAttrs };

export interface Range {
	from: number;
	to: number;
}

/** See above. `from` and `to` span it in the living main text; they are equal for a mere insertion. */
export interface Hunk extends Range {
	/** Its name while the branch stays as it is: the first id it inserts or deletes. */
	key: string;
	branchId: string;
	/** Empty when the branch moved formatting boundaries about without any effect. */
	changes: Change[];
	/** The ids it inserts and the ids of main it deletes, formatting boundaries included. */
	inserts: IdSet;
	deletes: IdSet;
	/** It inserts or deletes formatting boundaries. */
	formats: boolean;
	/** Where it puts something in: before which index, and from which place of the course to which. */
	wrote: Array<Range & { at: number }>;
	start: Start;
	strand: Strand;
}

/** Where in the common copy a hunk begins. */
export interface Start {
	step: Step;
	/** Its place in the course. */
	place: number;
	index: number;
	/** How many hunks, of any branch, began before it. */
	order: number;
	/** The formatting in force there. */
	views: Views;
	/** Branches that insert between the last character of main and here. */
	fresh: ReadonlySet<Strand>;
}

/** Begins a hunk at a step. */
export function openHunk(strand: Strand, start: Start): Hunk {
	const { item, at } = start.step;
	return {
		key: `${item.id.client}.${item.id.clock + at}`,
		branchId: strand.id,
		from: start.index,
		to: start.index,
		changes: [],
		inserts: new Map(),
		deletes: new Map(),
		formats: false,
		wrote: [],
		start,
		strand
	};
}

/** Notes the ids of a step in a set of the hunk. */
export function noteIds(set: IdSet, { item, at, length }: Step): void {
	const from = item.id.clock + at;
	addIds(set, item.id.client, from, from + length);
}

/** Adds a change to a hunk, joined with the one before where they continue each other. */
export function addChange({ changes }: Hunk, change: Change): void {
	const last = changes.at(-1);
	if (change.kind === 'insert' && last?.kind === 'insert' && last.at === change.at) {
		addSpans(last.spans, change.spans);
	} else if (change.kind === 'delete' && last?.kind === 'delete' && last.to === change.from) {
		last.to = change.to;
		addSpans(last.spans, change.spans);
	} else if (change.kind === 'restyle' && last?.kind === 'restyle' && continues(last, change)) {
		last.to = change.to;
		last.text += change.text;
	} else changes.push(change);
}

type Restyle = Extract<Change, { kind: 'restyle' }>;

function continues(last: Restyle, change: Restyle): boolean {
	const looks = (one: Restyle) => JSON.stringify([one.before, one.after]);
	return last.to === change.from && looks(last) === looks(change);
}

function addSpans(spans: Span[], more: Span[]): void {
	for (const span of more) {
		if ('text' in span) addText(spans, span.text, span.marks);
		else spans.push(span);
	}
}

/** Places where a hunk puts words or line-ends in. */
export function insertsAt({ changes }: Hunk): number[] {
	return changes.flatMap((change) =>
		change.kind === 'insert' || change.kind === 'split' ? [change.at] : []
	);
}

/** Ranges of main that a hunk takes away, joined where they meet. */
export function deletesOf({ changes }: Hunk): Range[] {
	const ranges: Range[] = [];
	for (const change of changes) {
		if (change.kind === 'delete') ranges.push({ from: change.from, to: change.to });
		if (change.kind === 'join') ranges.push({ from: change.at, to: change.at + 1 });
	}
	return joined(ranges);
}

/** Ranges in order, one where they meet or intersect. */
export function joined(ranges: Range[]): Range[] {
	const out: Range[] = [];
	for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
		const last = out.at(-1);
		if (last && from <= last.to) last.to = Math.max(last.to, to);
		else out.push({ from, to });
	}
	return out;
}

/** Ranges of main that keep their words and get other marks, or another kind of block. */
export function restylesOf({ changes }: Hunk): Range[] {
	return changes.flatMap((change) => {
		if (change.kind === 'restyle') return [{ from: change.from, to: change.to }];
		return change.kind === 'retype' ? [{ from: change.at, to: change.at + 1 }] : [];
	});
}
