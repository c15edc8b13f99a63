import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Base, Kept, LiveStorage, StoredUpdate } from './client-storage.ts';

/** Rows carry `text`: whose work on which document. Numbers are one sequence for the whole browser. */
interface Schema extends DBSchema {
	updates: {
		key: number;
		value: Omit<StoredUpdate, 'n'> & { text: string };
		indexes: { text: string };
	};
	bases: { key: string; value: Base };
	spares: { key: [string, number]; value: { text: string; client: number; epoch: number } };
	kept: { key: number; value: Omit<Kept, 'id'> & { text: string }; indexes: { text: string } };
}

type Database = IDBPDatabase<Schema>;
type KeptRow = Omit<Kept, 'id' | 'text'> & { words: string; text: string };

/** A storage in the browser's IndexedDB: survives reloads, crashes and days without a network. */
export function browserStorage(personId: string, documentId: string): LiveStorage {
	const text = `${personId}/${documentId}`;
	const opened = openDB<Schema>('folkmoot-live', 1, {
		upgrade(database) {
			database.createObjectStore('updates', { autoIncrement: true }).createIndex('text', 'text');
			database.createObjectStore('bases');
			database.createObjectStore('spares', { keyPath: ['text', 'client'] });
			database.createObjectStore('kept', { autoIncrement: true }).createIndex('text', 'text');
		}
	});
	return {
		base: async () => (await opened).get('bases', text),
		async saveBase(base) {
			const database = await opened;
			if (base) await database.put('bases', base, text);
			else await database.delete('bases', text);
		},
		async updates() {
			const found: StoredUpdate[] = [];
			const transaction = (await opened).transaction('updates');
			for await (const cursor of transaction.store.index('text').iterate(text)) {
				const { client, epoch, update } = cursor.value;
				found.push({ n: cursor.primaryKey, client, epoch, update });
			}
			return found.sort((a, b) => a.n - b.n);
		},
		async append(update) {
			return (await opened).add('updates', { ...update, text });
		},
		async forget(numbers) {
			const transaction = (await opened).transaction('updates', 'readwrite');
			await Promise.all(numbers.map((n) => transaction.store.delete(n)));
			await transaction.done;
		},
		async addSpares(clients, epoch) {
			const transaction = (await opened).transaction('spares', 'readwrite');
			await Promise.all(clients.map((client) => transaction.store.put({ text, client, epoch })));
			await transaction.done;
		},
		takeSpare: async (epoch) => takeSpare(await opened, text, epoch),
		async spares(epoch) {
			const all = await (
				await opened
			).getAll('spares', IDBKeyRange.bound([text, 0], [text, Infinity]));
			return all.filter((one) => one.epoch === epoch).length;
		},
		async keep(kept) {
			const row: KeptRow = { ...kept, words: kept.text, text };
			await (await opened).add('kept', row as unknown as Schema['kept']['value']);
		},
		async kept() {
			const found: Kept[] = [];
			const transaction = (await opened).transaction('kept');
			for await (const cursor of transaction.store.index('text').iterate(text)) {
				const { at, reason, updates, words } = cursor.value as unknown as KeptRow;
				found.push({ id: cursor.primaryKey, at, reason, updates, text: words });
			}
			return found;
		},
		async dropKept(id) {
			await (await opened).delete('kept', id);
		},
		close: () => void opened.then((database) => database.close())
	};
}

/**
 * Takes a lease out in one write that must be on disk before it is used: were it handed out again
 * after a crash, two pages would type under one id and neither could be merged.
 */
async function takeSpare(database: Database, text: string, epoch: number) {
	const transaction = database.transaction('spares', 'readwrite', { durability: 'strict' });
	let taken: number | undefined;
	const range = IDBKeyRange.bound([text, 0], [text, Infinity]);
	for await (const cursor of transaction.store.iterate(range)) {
		const fits = cursor.value.epoch === epoch;
		if (fits) taken = cursor.value.client;
		// Leases of an earlier epoch are of no more use.
		if (fits || cursor.value.epoch < epoch) await cursor.delete();
		if (fits) break;
	}
	await transaction.done;
	return taken;
}
