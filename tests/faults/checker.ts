import { asc, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { authorsOf, type Authored } from '#lib/documents/live/authors.server.ts';
import { brokenAt } from '#lib/documents/live/chain.server.ts';
import { loadDocument } from '#lib/documents/live/load.server.ts';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { openStore } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { must } from './fault.ts';
import type { Act } from './journal.ts';
import type { Town } from './town.ts';
import { WORD, type Typist } from './typist.ts';

/** What the disk holds, read as a starting server would read it. */
export interface Remains {
	text: string;
	seq: number;
	authors: Authored[];
	/** Of the whole log: how many rows, the first that breaks the chain, rows out of number or overlapping. */
	rows: number;
	brokenAt: number | null;
	overlaps: number;
}

/** Reads what is committed, in the file as it lies there. `whole` also checks every row of the log. */
export async function remainsOf(
	{ file, documentId }: Pick<Town, 'file' | 'documentId'>,
	whole: boolean
): Promise<Remains> {
	const store = await openStore({ file });
	try {
		const house = { store, log: pino({ level: 'silent' }) } as unknown as House;
		const { text: committed, head } = await loadDocument(house, documentId);
		const { body } = committed;
		const text = body.toString();
		const remains = { text, seq: head.seq, authors: [], rows: 0, brokenAt: null, overlaps: 0 };
		if (!whole) return remains;
		const rows = await store.db
			.select()
			.from(documentUpdate)
			.where(eq(documentUpdate.documentId, documentId))
			.orderBy(asc(documentUpdate.seq));
		const clocks = new Map<number, number>();
		let overlaps = 0;
		for (const { client, clockFrom, clockLen } of rows) {
			if (clockLen === 0) continue;
			if ((clocks.get(client) ?? 0) !== clockFrom) overlaps += 1;
			clocks.set(client, clockFrom + clockLen);
		}
		const where = { documentId, epoch: head.epoch, body };
		const gapless = rows[0]?.seq === 1 && rows.at(-1)!.seq === head.seq;
		return {
			...remains,
			authors: await authorsOf(store.db, where, 0, text.length),
			rows: rows.length,
			brokenAt: gapless ? brokenAt(rows) : 0,
			overlaps
		};
	} finally {
		await store.close();
	}
}

/** What does not fit together; all zero when everything holds. */
export interface Verdict {
	/** Acknowledged words that are missing, and words struck out for good that are still there. */
	lost: string[];
	/** Words that stand there more than once, or that nobody typed. */
	doubled: string[];
	unknown: string[];
	/** Words not under the name of who typed them. */
	misattributed: string[];
}

/** Compares what clients say they did with the text. `settled`: every act must have had its effect. */
export function compare(
	typists: Typist[],
	remains: Pick<Remains, 'text' | 'authors'>,
	settled: boolean
): Verdict {
	const verdict: Verdict = { lost: [], doubled: [], unknown: [], misattributed: [] };
	const found = new Map<string, number>();
	const places = new Map<number, string>();
	for (const match of remains.text.matchAll(WORD)) {
		found.set(match[0], (found.get(match[0]) ?? 0) + 1);
		places.set(match.index, match[0]);
	}
	const typed = new Set<string>();
	for (const { journal } of typists) {
		const struck = new Map<string, Act>();
		for (const act of journal.acts) if (act.kind === 'delete') struck.set(act.word, act);
		for (const act of journal.acts) {
			if (act.kind !== 'insert') continue;
			typed.add(act.word);
			const times = found.get(act.word) ?? 0;
			const gone = struck.get(act.word);
			const certain = (one: Act | undefined) =>
				one !== undefined && (one.state === 'ok' || (settled && one.state === 'invoke'));
			if (times > 1) verdict.doubled.push(act.word);
			if (certain(act) && !gone && times === 0) verdict.lost.push(act.word);
			if (certain(gone) && times > 0) verdict.lost.push(`-${act.word}`);
		}
	}
	for (const word of found.keys()) if (!typed.has(word)) verdict.unknown.push(word);
	const owners = new Map(typists.map(({ letter, person }) => [letter, person.id]));
	for (const { from, to, personId } of remains.authors) {
		for (const [at, word] of places) {
			const overlaps = at < to && at + word.length > from;
			if (overlaps && owners.get(word[0]!) !== personId) verdict.misattributed.push(word);
		}
	}
	return verdict;
}

/** Fails when anything does not fit together, naming the first few. */
export function assertSound(verdict: Verdict, when: string): void {
	for (const [fault, words] of Object.entries(verdict) as [string, string[]][]) {
		must(words.length === 0, `${when}: ${words.length} ${fault}: ${words.slice(0, 5).join(' ')}`);
	}
}

/** At the end, when nobody types any more: all texts equal, each act once, authors true, log whole. */
export async function checkEnd(typists: Typist[], town: Town) {
	const [first, ...others] = typists.map(({ document }) => JSON.stringify(document.body.toDelta()));
	must(
		others.every((text) => text === first),
		'The replicas differ'
	);
	const remains = await remainsOf(town, true);
	must(remains.text === typists[0]!.document.body.toString(), 'The disk differs from the replicas');
	must(remains.brokenAt === null, `The log breaks at row ${remains.brokenAt}`);
	must(
		remains.overlaps === 0,
		`${remains.overlaps} rows overlap or leave a gap in a client's clock`
	);
	const acts = typists.flatMap(({ journal }) => journal.acts);
	must(
		acts.every(({ state }) => state === 'ok'),
		`${acts.filter(({ state }) => state !== 'ok').length} acts were never acknowledged`
	);
	assertSound(compare(typists, remains, true), 'at the end');
	return { acts: acts.length, rows: remains.rows };
}
