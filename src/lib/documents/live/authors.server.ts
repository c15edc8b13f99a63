import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type * as Y from 'yjs';
import type { Db } from '#lib/server/db/store.ts';
import { documentUpdate } from './schema.server.ts';

/** A stretch of the flat text that one row of the log put there. */
export interface Authored {
	from: number;
	to: number;
	personId: string;
	at: number;
	seq: number;
}

/** Characters that stand in a text, from `from` on, by the ids they have for life. */
export interface Placed {
	client: number;
	clock: number;
	length: number;
	from: number;
}

/** What a row of the log says of who wrote, and of how it came into the text. */
export type LogRow = Pick<
	typeof documentUpdate.$inferSelect,
	| 'client'
	| 'clockFrom'
	| 'clockLen'
	| 'personId'
	| 'sessionId'
	| 'at'
	| 'seq'
	| 'branchId'
	| 'acceptedBy'
	| 'decisionId'
>;

/** The session that rows name when a text was rebuilt and they hold what it began with. */
export const BEGUN_SESSION = 'begun';

/** The rows of some clients, each client's in the order of its clocks. */
export type RowsByClient = Map<number, LogRow[]>;

/** Who wrote each character from `from` (included) to `to` (not), from the rows of the log. */
export async function authorsOf(
	db: Db,
	{ documentId, epoch, body }: { documentId: string; epoch: number; body: Y.Text },
	from: number,
	to: number
): Promise<Authored[]> {
	const placed = placedIn(body, from, to);
	const found: Authored[] = [];
	const rows = await rowsFor(db, { documentId, epoch }, placed);
	for (const { row, ...stretch } of writtenBy(placed, rows)) {
		const { from: start, length } = stretch;
		add(found, { from: start, to: start + length, ...facts(row) });
	}
	return found;
}

/** Characters with the row that wrote them, in the order of the text. */
export function writtenBy(
	all: readonly Placed[],
	rows: RowsByClient
): Array<Placed & { row: LogRow }> {
	const found: Array<Placed & { row: LogRow }> = [];
	for (const placed of all) {
		const own = rows.get(placed.client) ?? [];
		let { clock } = placed;
		const end = clock + placed.length;
		for (let index = holding(own, clock); clock < end; index += 1) {
			const row = own[index];
			if (!row || row.clockFrom > clock) throw new Error(`No row holds ${placed.client}:${clock}`);
			const until = Math.min(end, row.clockFrom + row.clockLen);
			const from = placed.from + clock - placed.clock;
			found.push({ client: placed.client, clock, length: until - clock, from, row });
			clock = until;
		}
	}
	return found;
}

/** The living characters of a range, in the order of the text. */
export function placedIn(body: Y.Text, from = 0, to = Infinity): Placed[] {
	const placed: Placed[] = [];
	let at = 0;
	for (let item = body._start; item && at < to; item = item.right as Y.Item | null) {
		if (item.deleted || !item.countable) continue;
		const start = Math.max(from, at);
		const end = Math.min(to, at + item.length);
		if (start < end) {
			const clock = item.id.clock + start - at;
			placed.push({ client: item.id.client, clock, length: end - start, from: start });
		}
		at += item.length;
	}
	return placed;
}

/** The rows of the log that hold some characters, and those of the same clients around them. */
export async function rowsFor(
	db: Db,
	{ documentId, epoch }: { documentId: string; epoch: number },
	placed: readonly Pick<Placed, 'client'>[]
): Promise<RowsByClient> {
	const clients = [...new Set(placed.map(({ client }) => client))];
	const byClient: RowsByClient = new Map();
	for (let first = 0; first < clients.length; first += 500) {
		const rows = await db
			.select({
				client: documentUpdate.client,
				clockFrom: documentUpdate.clockFrom,
				clockLen: documentUpdate.clockLen,
				personId: documentUpdate.personId,
				sessionId: documentUpdate.sessionId,
				at: documentUpdate.at,
				seq: documentUpdate.seq,
				branchId: documentUpdate.branchId,
				acceptedBy: documentUpdate.acceptedBy,
				decisionId: documentUpdate.decisionId
			})
			.from(documentUpdate)
			.where(
				and(
					eq(documentUpdate.documentId, documentId),
					inArray(documentUpdate.client, clients.slice(first, first + 500)),
					eq(documentUpdate.epoch, epoch),
					gt(documentUpdate.clockLen, 0)
				)
			)
			.orderBy(asc(documentUpdate.client), asc(documentUpdate.clockFrom));
		for (const row of rows) {
			const own = byClient.get(row.client);
			if (own) own.push(row);
			else byClient.set(row.client, [row]);
		}
	}
	return byClient;
}

/** Tells the rows of what a text began with (a file, a template) from all that was written in it since. */
export async function begunOn(db: Db, documentId: string): Promise<(row: LogRow) => boolean> {
	const [first] = await db
		.select({ client: documentUpdate.client })
		.from(documentUpdate)
		.where(and(eq(documentUpdate.documentId, documentId), eq(documentUpdate.seq, 1)));
	// The client that seeded a text never wrote again.
	return (row) => row.sessionId === BEGUN_SESSION || row.client === first?.client;
}

/** The index of the row that holds the clock, in rows ordered by clock. */
function holding(rows: LogRow[], clock: number): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (rows[middle]!.clockFrom + rows[middle]!.clockLen <= clock) low = middle + 1;
		else high = middle;
	}
	return low;
}

function facts({ personId, at, seq }: LogRow) {
	return { personId, at, seq };
}

function add(found: Authored[], next: Authored): void {
	const last = found.at(-1);
	if (last && last.to === next.from && last.seq === next.seq) last.to = next.to;
	else found.push(next);
}
