/**
 * Whether main has meanwhile deleted what a branch builds on: words that the branch itself takes away
 * to put its own in their place (they would stand beside whatever main put there), or the words on both
 * sides of a place where it writes. A word gone on one side only is no loss: the same rule as between
 * two branches. Deleting what is gone already is no loss either.
 */
import * as Y from 'yjs';
import { openBody } from '../text/body.ts';
import { openFork, ownIds } from './branch.ts';
import { type Hunk, insertsAt, noteIds } from './changes.ts';
import { type Clocks, common, countIds, type IdSet, union } from './ids.ts';
import { type Step, steps, type Strand } from './strands.ts';
import { readParts } from './update.ts';
import type { Weave } from './weave.ts';

type Dated = Map<number, Array<Clocks & { seq: number }>>;

/** What came and went in main, with the number of the row that did it. */
export interface Since {
	inserted: Dated;
	deleted: Dated;
}

/** Reads it from rows of the log, in order. Rows since the oldest fork are enough. */
export function readSince(rows: Iterable<{ seq: number; update: Uint8Array }>): Since {
	return addRows({ inserted: new Map(), deleted: new Map() }, rows);
}

/** The same with rows that came later. */
export function addRows(since: Since, rows: Iterable<{ seq: number; update: Uint8Array }>): Since {
	for (const { seq, update } of rows) {
		const parts = readParts(update);
		date(since.inserted, ownIds(parts), seq);
		date(since.deleted, parts.deleted, seq);
	}
	return since;
}

function date(dated: Dated, ids: IdSet, seq: number): void {
	for (const [client, ranges] of ids) {
		const list = dated.get(client) ?? [];
		dated.set(client, list);
		for (const range of ranges) list.push({ ...range, seq });
	}
}

/** What a branch builds on and main no longer has. */
export interface Stale {
	branchId: string;
	/** The words that are gone. Read them with `wordsOf` from a state that still has them. */
	gone: IdSet;
	/** The hunks that built on them. */
	hunks: Hunk[];
}

/**
 * The branches that build on words main has deleted since their `seq`. Without the log only what a
 * branch would have deleted itself is seen to be gone, and only where main put nothing in its place.
 */
export function staleOf({ cloth, hunks }: Weave, since?: Since): Stale[] {
	const all = [...steps(cloth, cloth.body._start)].filter(
		({ item }) => !(item.content instanceof Y.ContentFormat)
	);
	const places = new Map(all.map((step, place) => [keyOf(step), place]));
	const found: Stale[] = [];
	for (const strand of cloth.strands) {
		const lost: Stale = { branchId: strand.id, gone: new Map(), hunks: [] };
		for (const hunk of hunks.get(strand.id) ?? []) {
			if (insertsAt(hunk).length === 0) continue;
			const place = [...idsOfHunk(hunk)]
				.map((key) => places.get(key))
				.find((at) => at !== undefined);
			const gone = lostBy(strand, all, place ?? 0, since);
			if (countIds(gone) === 0) continue;
			lost.gone = union(lost.gone, gone);
			lost.hunks.push(hunk);
		}
		if (lost.hunks.length > 0) found.push(lost);
	}
	return found;
}

function keyOf({ item, at }: Step): string {
	return `${item.id.client}.${item.id.clock + at}`;
}

function* idsOfHunk({ inserts }: Hunk): Generator<string> {
	for (const [client, ranges] of inserts) {
		for (const { from, to } of ranges) {
			for (let clock = from; clock < to; clock++) yield `${client}.${clock}`;
		}
	}
}

/** What a step is for a branch that writes near it. */
type Role = 'writes' | 'missed' | 'gone' | 'stands' | 'ends' | 'nothing';

function lostBy(strand: Strand, all: Step[], place: number, since?: Since): IdSet {
	const near: Array<{ role: Role; step: Step }> = [];
	for (const [start, by] of [
		[place - 1, -1],
		[place, 1]
	] as const) {
		for (let at = start; at >= 0 && at < all.length; at += by) {
			const role = roleOf(all[at]!, strand, since);
			if (role === 'nothing') continue;
			if (by < 0) near.unshift({ role, step: all[at]! });
			else near.push({ role, step: all[at]! });
			if (role === 'ends') break;
		}
	}
	const first = near.findIndex(({ role }) => role === 'writes');
	const last = near.findLastIndex(({ role }) => role === 'writes');
	const inside = near[first - 1]?.role === 'gone' && near[last + 1]?.role === 'gone';
	const lost = near.filter(({ role }) => role === 'missed' || (inside && role === 'gone'));
	return lost.map(({ step, role }) => idsLost(step, role, strand)).reduce(union, new Map());
}

function idsLost(step: Step, role: Role, { missed }: Strand): IdSet {
	const ids: IdSet = new Map();
	noteIds(ids, step);
	return role === 'missed' ? common(ids, missed) : ids;
}

function roleOf(step: Step, strand: Strand, since?: Since): Role {
	if (!step.known) return step.owners.includes(strand) ? 'writes' : 'nothing';
	if (!step.dead) {
		if (since && isAfter(since.inserted, step, strand.seq)) return 'nothing';
		return step.by.includes(strand) ? 'stands' : 'ends';
	}
	const ids: IdSet = new Map();
	noteIds(ids, step);
	if (countIds(common(ids, strand.missed)) > 0) return 'missed';
	return since && isAfter(since.deleted, step, strand.seq) ? 'gone' : 'nothing';
}

/** Whether all that is known of a step happened after a row. */
function isAfter(dated: Dated, { item, at, length }: Step, seq: number): boolean {
	const [from, to] = [item.id.clock + at, item.id.clock + at + length];
	const own = dated.get(item.id.client)?.filter((range) => range.from < to && range.to > from);
	return own !== undefined && own.length > 0 && own.every((range) => range.seq > seq);
}

/** The words of some ids, from a state in which they live (main as the branch forked from it). */
export function wordsOf(mainState: Uint8Array, ids: IdSet): string {
	let words = '';
	for (let item = openBody(openFork(mainState))._start; item; item = item.right) {
		if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
		const { client, clock } = item.id;
		const own: IdSet = new Map([[client, [{ from: clock, to: clock + item.length }]]]);
		for (const { from, to } of common(own, ids).get(client) ?? []) {
			words += item.content.str.slice(from - clock, to - clock);
		}
	}
	return words;
}
