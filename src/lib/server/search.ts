/**
 * Full-text search: one port, two databases. An entry belongs to a scope and is searched within it; it
 * is written in the transaction that writes what it stands for, so that neither exists alone.
 */
import { dialect } from './db/columns.ts';
import type { Db } from './db/store.ts';
import * as postgres from './search-postgres.ts';
import * as sqlite from './search-sqlite.ts';
import { askedWords, likeness, searchWords } from './search-words.ts';

export interface SearchEntry {
	id: string;
	/** Where it is searched: a document's id. Letters and digits only. */
	scope: string;
	/** Of the words: `en`, `fr`, …; it decides which endings do not count. */
	language: string;
	text: string;
}

export interface SearchQuestion {
	scope: string;
	language: string;
	text: string;
	/** All words, each at least as a beginning; or entries that say something alike. */
	how: 'all' | 'alike';
	limit: number;
}

/** What an entry's words are to a question: 1 is the same words. */
export interface Hit {
	id: string;
	likeness: number;
}

/** What the two databases do differently. Words are plain: letters and digits, nothing to escape. */
export interface SearchIndex {
	put(tx: Db, entry: { id: string; scope: string; words: string }): Promise<void>;
	remove(tx: Db, id: string): Promise<void>;
	/** Entries in which each word begins one; or with any of them, best first. */
	find(
		db: Db,
		question: { scope: string; words: string[]; how: 'all' | 'alike'; limit: number }
	): Promise<{ id: string; words: string }[]>;
	/** The ids of all entries, in pieces, to be compared with what there should be. */
	ids(db: Db, after: string, limit: number): Promise<string[]>;
}

const index: SearchIndex = dialect === 'postgres' ? postgres : sqlite;

/** Writes an entry, or writes it anew; one without words is not kept. */
export async function putEntry(tx: Db, entry: SearchEntry): Promise<void> {
	const words = searchWords(entry.text, entry.language).join(' ');
	await index.remove(tx, entry.id);
	if (words !== '') await index.put(tx, { id: entry.id, scope: entry.scope, words });
}

/** Takes an entry out; one that is not there is no error. */
export function removeEntry(tx: Db, id: string): Promise<void> {
	return index.remove(tx, id);
}

/** More than these are not compared: the database has put the likeliest first. */
const MOST_COMPARED = 60;

/** What answers a question, the likest first. A question without any word finds nothing. */
export async function search(db: Db, question: SearchQuestion): Promise<Hit[]> {
	const { scope, how, limit } = question;
	const asked = askedWords(question.text, question.language);
	if (asked.length === 0) return [];
	const most = how === 'alike' ? MOST_COMPARED : limit;
	const rows = await index.find(db, { scope, words: asked, how, limit: most });
	return rows
		.map(({ id, words }) => ({ id, likeness: likeness(asked, new Set(words.split(' '))) }))
		.sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? 1 : -1))
		.slice(0, limit);
}

/** All ids that have an entry, for who mends the index. */
export async function entryIds(db: Db): Promise<Set<string>> {
	const all = new Set<string>();
	for (let after = ''; ;) {
		const piece = await index.ids(db, after, 5_000);
		for (const id of piece) all.add(id);
		if (piece.length < 5_000) return all;
		after = piece.at(-1)!;
	}
}
