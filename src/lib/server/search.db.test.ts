import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshStore } from '#tests/support/store.ts';
import type { Store } from './db/store.ts';
import { entryIds, putEntry, removeEntry, search, type SearchQuestion } from './search.ts';

let store: Store;
beforeEach(async () => {
	store = await freshStore();
});
afterEach(() => store.close());

const put = (id: string, text: string, scope = 'doc1', language = 'en') =>
	store.transact((tx) => putEntry(tx, { id, scope, language, text }));
const ask = async (text: string, more: Partial<SearchQuestion> = {}) =>
	(
		await search(store.db, {
			...{ scope: 'doc1', language: 'en', how: 'all', limit: 10, text },
			...more
		})
	).map(({ id }) => id);

test('all words, each at least as a beginning, within its scope', async () => {
	await put('a', 'Street vendors may trade within ten metres of a shaded stop.');
	await put('b', 'The city counts the trees every spring.');
	await put('c', 'Street vendors trade elsewhere.', 'doc2');
	expect(await ask('vendor')).toEqual(['a']);
	expect(await ask('trading VENDÓRS')).toEqual(['a']);
	expect(await ask('vend')).toEqual(['a']);
	expect(await ask('vend met')).toEqual(['a']);
	expect(await ask('endor')).toEqual([]);
	expect(await ask('vendor trees')).toEqual([]);
	expect(await ask('vendor', { scope: 'doc2' })).toEqual(['c']);
	expect(await ask('compte arbre', { language: 'fr' })).toEqual([]);
});

test('what says something alike, the likest first', async () => {
	await put('far', 'The city counts the trees every spring, and so do we.');
	await put('near', 'Ten metres puts us in the sun at the stop.');
	await put('nearest', 'Ten metres from the stop puts vendors in the sun.');
	const hits = await search(store.db, {
		...{ scope: 'doc1', language: 'en', how: 'alike', limit: 2 },
		text: 'At ten metres, vendors stand in the sun.'
	});
	expect(hits.map(({ id }) => id)).toEqual(['nearest', 'near']);
	expect(hits[0]!.likeness).toBeGreaterThan(hits[1]!.likeness);
});

test('written anew, taken out, and gone with the transaction', async () => {
	await put('a', 'first words');
	await put('a', 'other ones');
	expect(await ask('first')).toEqual([]);
	expect(await ask('other')).toEqual(['a']);
	await expect(
		store.transact(async (tx) => {
			await putEntry(tx, { id: 'b', scope: 'doc1', language: 'en', text: 'other things' });
			throw new Error('no');
		})
	).rejects.toThrow('no');
	expect(await ask('other')).toEqual(['a']);
	await store.transact((tx) => removeEntry(tx, 'a'));
	await store.transact((tx) => removeEntry(tx, 'a'));
	expect(await ask('other')).toEqual([]);
	await put('c', '…');
	expect(await entryIds(store.db)).toEqual(new Set());
});

test.each([
	`' OR 1=1 --`,
	`"unbalanced`,
	`NEAR(a b, 3) AND words : x`,
	`a* ^b -c + (d`,
	`'x':*A & !y | z <-> w`,
	`${'word '.repeat(5_000)}`,
	`\u0000\u202e😀 ${'x'.repeat(3_000)}`,
	`scope : doc2`,
	`%_\\`
])('a hostile question finds what it says, or nothing: %s', async (text) => {
	await put('a', 'Street vendors may trade.');
	await put('z', 'secret', 'doc2');
	for (const how of ['all', 'alike'] as const) {
		expect(await ask(text, { how })).not.toContain('z');
	}
	expect(await ask('vendors')).toEqual(['a']);
});
