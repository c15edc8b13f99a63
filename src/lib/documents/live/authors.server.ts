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

interface Run {
	client: number;
	clock: number;
	length: number;
	from: number;
}

/** Who wrote each character from `from` (included) to `to` (not), from the rows of the log. */
export async function authorsOf(
	db: Db,
	{ documentId, epoch, body }: { documentId: string; epoch: number; body: Y.Text },
	from: number,
	to: number
): Promise<Authored[]> {
	const runs = runsOf(body, from, to);
	const found: Authored[] = [];
	const rows = await rowsOf(db, documentId, epoch, runs);
	for (const run of runs) {
		const own = rows.get(run.client) ?? [];
		let clock = run.clock;
		const end = run.clock + run.length;
		for (let index = holding(own, clock); clock < end; index += 1) {
			const row = own[index];
			if (!row || row.clockFrom > clock) throw new Error(`No row holds ${run.client}:${clock}`);
			const until = Math.min(end, row.clockFrom + row.clockLen);
			const start = run.from + clock - run.clock;
			add(found, { from: start, to: start + until - clock, ...facts(row) });
			clock = until;
		}
	}
	return found;
}

/** The living items of a range, in the order of the text. */
function runsOf(body: Y.Text, from: number, to: number): Run[] {
	const runs: Run[] = [];
	let at = 0;
	for (let item = body._start; item && at < to; item = item.right as Y.Item | null) {
		if (item.deleted || !item.countable) continue;
		const start = Math.max(from, at);
		const end = Math.min(to, at + item.length);
		if (start < end) {
			const clock = item.id.clock + start - at;
			runs.push({ client: item.id.client, clock, length: end - start, from: start });
		}
		at += item.length;
	}
	return runs;
}

type Row = Pick<
	typeof documentUpdate.$inferSelect,
	'client' | 'clockFrom' | 'clockLen' | 'personId' | 'at' | 'seq'
>;

async function rowsOf(db: Db, documentId: string, epoch: number, runs: Run[]) {
	const clients = [...new Set(runs.map(({ client }) => client))];
	const byClient = new Map<number, Row[]>();
	for (let first = 0; first < clients.length; first += 500) {
		const rows = await db
			.select({
				client: documentUpdate.client,
				clockFrom: documentUpdate.clockFrom,
				clockLen: documentUpdate.clockLen,
				personId: documentUpdate.personId,
				at: documentUpdate.at,
				seq: documentUpdate.seq
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

/** The index of the row that holds the clock, in rows ordered by clock. */
function holding(rows: Row[], clock: number): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (rows[middle]!.clockFrom + rows[middle]!.clockLen <= clock) low = middle + 1;
		else high = middle;
	}
	return low;
}

function facts({ personId, at, seq }: Row) {
	return { personId, at, seq };
}

function add(found: Authored[], next: Authored): void {
	const last = found.at(-1);
	if (last && last.to === next.from && last.seq === next.seq) last.to = next.to;
	else found.push(next);
}
