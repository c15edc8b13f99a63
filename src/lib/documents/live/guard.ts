/**
 * The guard: reads a Yjs V1 update from a client without building anything from it, and throws a
 * `RefusedUpdate` unless it only inserts text, marks and embeds into the body under one client id
 * leased to its sender, on top of what is already known. What passes integrates completely: no
 * pending structs, no scan longer than the budget.
 */
import { Bytes } from './bytes.ts';
import { checkEmbed, checkFormat, textLength } from './content.ts';
import type { Reach } from './reach.ts';
import { LARGEST_UPDATE, RefusedUpdate } from './refusal.ts';

export const MOST_PARTS = 5_000;
/** Text that was typed and deleted within one transaction arrives as a bare length. */
const LONGEST_GONE = 256 * 1024;
const LARGEST_CLOCK = 2 ** 31;
const ROOT = [4, 98, 111, 100, 121]; // the root name "body", with its length

const HAS_ORIGIN = 0x80;
const HAS_RIGHT = 0x40;
const HAS_KEY = 0x20;
const DELETED = 1;
const STRING = 4;
const EMBED = 5;
const FORMAT = 6;
const KINDS = new Set([DELETED, STRING, EMBED, FORMAT]);

/** What an update does, as far as the log and the queue need to know. */
export interface Summary {
	/** The inserting client id; 0 when the update only deletes. */
	client: number;
	clockFrom: number;
	clockLen: number;
	/** Deleted ranges, flat: client, clock, length, client, … */
	deletes: number[];
}

/** What the guard measures an update against. */
export interface Known {
	/** How many units of this client are known (committed or queued): its next clock. */
	clockOf(client: number): number;
	/** Whether the sender holds a lease of this client id. */
	isLeased(client: number): boolean;
	/** Bounds the work of integrating (see reach.ts). */
	reach: Reach;
}

/** Checks an update; returns its summary, or throws `RefusedUpdate`. */
export function checkUpdate(update: Uint8Array, known: Known): Summary {
	if (update.length > LARGEST_UPDATE) {
		throw new RefusedUpdate('update_too_large', { limit: LARGEST_UPDATE });
	}
	const bytes = new Bytes(update);
	const summary: Summary = { client: 0, clockFrom: 0, clockLen: 0, deletes: [] };
	const inserters = bytes.integer();
	if (inserters > 1) throw new RefusedUpdate('update_many_clients');
	if (inserters === 1) checkStructs(bytes, known, summary);
	checkDeletes(bytes, known, summary);
	if (!bytes.done) throw new RefusedUpdate('update_trailing');
	return summary;
}

function checkStructs(bytes: Bytes, known: Known, summary: Summary): void {
	const count = bytes.integer();
	const client = bytes.integer();
	const from = bytes.integer();
	if (count > MOST_PARTS) throw new RefusedUpdate('update_too_many_parts', { limit: MOST_PARTS });
	if (count === 0) throw new RefusedUpdate('update_kind');
	if (!known.isLeased(client)) throw new RefusedUpdate('update_client_not_leased');
	const next = known.clockOf(client);
	if (from > next) throw new RefusedUpdate('update_clock_gap');

	known.reach.begin(client);
	let clock = from;
	for (let part = 0; part < count; part += 1) {
		clock += checkItem(bytes, known, client, clock);
		if (clock > LARGEST_CLOCK) throw new RefusedUpdate('update_bad_integer');
	}
	summary.client = client;
	summary.clockFrom = from;
	summary.clockLen = clock - from;
}

function checkItem(bytes: Bytes, known: Known, client: number, clock: number): number {
	const info = bytes.byte();
	if (!KINDS.has(info & 31)) throw new RefusedUpdate('update_kind');
	if (info & HAS_KEY) throw new RefusedUpdate('update_parent');
	let originClient = -1;
	let originClock = 0;
	let rightClient = -1;
	let rightClock = 0;
	if (info & HAS_ORIGIN) {
		originClient = bytes.integer();
		originClock = bytes.integer();
		mustKnow(known, originClient, originClock, client, clock);
	}
	if (info & HAS_RIGHT) {
		rightClient = bytes.integer();
		rightClock = bytes.integer();
		mustKnow(known, rightClient, rightClock, client, clock);
	}
	if (!(info & (HAS_ORIGIN | HAS_RIGHT))) checkRoot(bytes);
	const length = contentLength(bytes, info & 31);
	if (length === 0) throw new RefusedUpdate('update_kind');
	known.reach.spend(clock, length, originClient, originClock, rightClient, rightClock);
	return length;
}

/** A neighbour must exist already; of the own client, only what comes before this very part. */
function mustKnow(known: Known, at: number, unit: number, client: number, clock: number): void {
	if (unit >= (at === client ? clock : known.clockOf(at))) {
		throw new RefusedUpdate('update_unknown_origin');
	}
}

function checkRoot(bytes: Bytes): void {
	if (bytes.integer() !== 1) throw new RefusedUpdate('update_parent');
	for (const expected of ROOT) {
		if (bytes.byte() !== expected) throw new RefusedUpdate('update_parent');
	}
}

function contentLength(bytes: Bytes, kind: number): number {
	switch (kind) {
		case STRING:
			return textLength(bytes);
		case FORMAT:
			checkFormat(bytes);
			return 1;
		case EMBED:
			checkEmbed(bytes);
			return 1;
		case DELETED: {
			const length = bytes.integer();
			if (length <= LONGEST_GONE) return length;
		}
	}
	throw new RefusedUpdate('update_kind');
}

/** Ranges must be in the order every Yjs writes them, so none can be walked twice. */
function checkDeletes(bytes: Bytes, known: Known, summary: Summary): void {
	const clients = bytes.integer();
	let total = 0;
	let previous = Infinity;
	for (let index = 0; index < clients; index += 1) {
		const client = bytes.integer();
		if (client >= previous) throw new RefusedUpdate('update_unordered_deletes');
		previous = client;
		const ranges = bytes.integer();
		total += ranges;
		if (ranges === 0 || total > MOST_PARTS) {
			throw new RefusedUpdate('update_too_many_parts', { limit: MOST_PARTS });
		}
		const own = client === summary.client ? summary.clockFrom + summary.clockLen : 0;
		checkRanges(bytes, client, ranges, Math.max(own, known.clockOf(client)), summary.deletes);
	}
}

function checkRanges(bytes: Bytes, client: number, ranges: number, end: number, into: number[]) {
	let past = 0;
	for (let range = 0; range < ranges; range += 1) {
		const clock = bytes.integer();
		const length = bytes.integer();
		if (length === 0 || clock < past) throw new RefusedUpdate('update_unordered_deletes');
		past = clock + length;
		if (past > end) throw new RefusedUpdate('update_unknown_delete');
		into.push(client, clock, length);
	}
}
