/**
 * Taking an acceptance back, forward: a new change that puts the words back which the accepted update
 * took away, takes its own words away, and leaves what others wrote since, also in the middle of them.
 */
import * as Y from 'yjs';
import { openBody } from '../text/body.ts';
import { sameValue } from '../text/change.ts';
import { mustBeWhole, openFork, ownIds } from './branch.ts';
import type { Clocks, IdSet } from './ids.ts';
import { firstEndingAfter } from './ids.ts';
import { type Run, RunIndex, runsOf } from './runs.ts';
import { readParts } from './update.ts';

type Act =
	| { at: number; remove: number }
	| { at: number; restore: string | object; attributes: Record<string, unknown>; of: Ids[] }
	| { at: number; length: number; format: Record<string, unknown> };

/** Characters that follow each other under one client id. */
interface Ids {
	client: number;
	clock: number;
	length: number;
}

/** Characters put back under the clocks of whoever undoes, and the ids they had before. */
export interface PutBack {
	clock: number;
	of: Ids;
}

/**
 * Undoes an accepted update on a body, under the caller's client id: hand it to the engine's `write`.
 * `before` is a state of main in which the words that the update took away still lived, such as main
 * just before the acceptance.
 *
 * Words put back are new items, by whoever undoes. A word of the update that somebody marked since goes
 * with it. Marks and kinds of block that the update gave to words of main are given back, unless
 * somebody changed them since. Returns what was put back, so that it can be told whose words these were.
 * @throws Invalid `branch_out_of_place` when `before` is no earlier state of this text.
 */
export function revertOn(body: Y.Text, update: Uint8Array, before: Uint8Array): PutBack[] {
	const old = openFork(before);
	const was = new RunIndex(runsOf(openBody(old)));
	Y.applyUpdate(old, update);
	mustBeWhole(old);
	const became = new RunIndex(runsOf(openBody(old)));
	const { deleted, ...parts } = readParts(update);
	const acts = actsOn(body, { was, became, deleted, own: ownIds(parts) });
	// From the end, so that what is done leaves the places of what is still to do.
	return body.doc!.transact(() => acts.reverse().flatMap((act) => perform(body, act)));
}

/** The same, as an update to apply to main, written under `client`. */
export function revert(
	mainState: Uint8Array,
	update: Uint8Array,
	before: Uint8Array,
	client: number
): Uint8Array {
	const doc = openFork(mainState);
	doc.clientID = client;
	const known = Y.encodeStateVector(doc);
	revertOn(openBody(doc), update, before);
	return Y.encodeStateAsUpdate(doc, known);
}

interface Undoing {
	was: RunIndex;
	became: RunIndex;
	deleted: IdSet;
	own: IdSet;
}

/** What must be done, in the order of the text, in flat indices of the text as it is. */
function actsOn(body: Y.Text, undoing: Undoing): Act[] {
	const acts: Act[] = [];
	let at = 0;
	let now: Record<string, unknown> = {};
	for (let item = body._start; item; item = item.right) {
		const { content, id, length } = item;
		if (item.deleted) addRestored(acts, at, item, undoing);
		else if (content instanceof Y.ContentFormat) now = { ...now, [content.key]: content.value };
		else if (item.countable) {
			for (const { from, to } of cutBy(undoing.own.get(id.client), id.clock, length)) {
				acts.push({ at: at + from - id.clock, remove: to - from });
			}
			addFormats(acts, at, item, now, undoing);
			at += length;
		}
	}
	return acts;
}

/** Words that lived before and that the update deleted, where their remains stand. */
function addRestored(acts: Act[], at: number, { id, length }: Y.Item, undoing: Undoing): void {
	for (const { from, to } of cutBy(undoing.deleted.get(id.client), id.clock, length)) {
		for (const { run, start, end } of runsBetween(undoing.was, id.client, from, to)) {
			const { content, attributes } = run;
			const restore =
				typeof content === 'string' ? content.slice(start - run.clock, end - run.clock) : content;
			const ids = { client: id.client, clock: start, length: end - start };
			const last = acts.at(-1);
			const joins =
				last && 'restore' in last && last.at === at && sameValue(last.attributes, attributes);
			if (joins && typeof last.restore === 'string' && typeof restore === 'string') {
				last.restore += restore;
				last.of.push(ids);
			} else acts.push({ at, restore, attributes, of: [ids] });
		}
	}
}

/** Formatting that the update gave to words of main, and that they still have. */
function addFormats(
	acts: Act[],
	at: number,
	{ id, length }: Y.Item,
	now: Record<string, unknown>,
	{ was, became }: Undoing
): void {
	for (const after of runsBetween(became, id.client, id.clock, id.clock + length)) {
		for (const before of runsBetween(was, id.client, after.start, after.end)) {
			const [old, given] = [before.run.attributes, after.run.attributes];
			const format: Record<string, unknown> = {};
			for (const key of Object.keys({ ...old, ...given })) {
				const [first, then] = [old[key] ?? null, given[key] ?? null];
				if (!sameValue(first, then) && sameValue(now[key] ?? null, then)) format[key] = first;
			}
			if (Object.keys(format).length === 0) continue;
			acts.push({ at: at + before.start - id.clock, length: before.end - before.start, format });
		}
	}
}

function perform(body: Y.Text, act: Act): PutBack[] {
	if ('remove' in act) body.delete(act.at, act.remove);
	else if ('format' in act) body.format(act.at, act.length, act.format);
	else return putBack(body, act);
	return [];
}

function putBack(body: Y.Text, act: Extract<Act, { restore: unknown }>): PutBack[] {
	const { store, clientID } = body.doc!;
	const known = Y.getState(store, clientID);
	if (typeof act.restore === 'string') body.insert(act.at, act.restore, { ...act.attributes });
	else body.insertEmbed(act.at, act.restore, { ...act.attributes });
	// Marks stand around the words and have clocks of their own.
	const words = store.clients
		.get(clientID)!
		.findLast((item) => item.id.clock >= known && (item as Y.Item).countable)!;
	let { clock } = words.id;
	return act.of.map((of) => {
		const back = { clock, of };
		clock += of.length;
		return back;
	});
}

/** The parts of ranges within a stretch of clocks. */
function cutBy(ranges: Clocks[] | undefined, clock: number, length: number): Clocks[] {
	const cut: Clocks[] = [];
	if (!ranges) return cut;
	for (let index = firstEndingAfter(ranges, clock); index < ranges.length; index++) {
		const [from, to] = [
			Math.max(clock, ranges[index]!.from),
			Math.min(clock + length, ranges[index]!.to)
		];
		if (from >= to) break;
		cut.push({ from, to });
	}
	return cut;
}

/** The runs that hold ids of a stretch, with the part of each. */
function* runsBetween(index: RunIndex, client: number, from: number, to: number) {
	for (let clock = from; clock < to;) {
		const run: Run | undefined = index.find(client, clock);
		const end = run ? Math.min(to, run.clock + run.length) : clock + 1;
		if (run) yield { run, start: clock, end };
		clock = end;
	}
}
