import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { brokenAt } from '#lib/documents/live/chain.server.ts';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { allSaved, converged, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
beforeEach(async () => void (here = await stage()));
afterEach(() => here.close());

it('one joins, edits and is told that it is saved', async () => {
	const ada = here.join('ada');
	await until(() => ada.state === 'saved' && ada.writable, 'ada may write');
	expect(ada.body.toString()).toBe('Shade by 2030\nEvery square has a tree.\n');
	ada.body.insert(0, 'Draft: ');
	expect(ada.state).toBe('saving');
	await allSaved(ada);
	const { body, blocks, seq } = await here.engine.read(DOCUMENT);
	expect(body.toString()).toMatch(/^Draft: Shade/);
	expect(blocks.map(({ id }) => id)).toEqual(['title', 'first']);
	expect(seq).toBe(2);
});

it('three replicas that type, split, join and mark at once become one text', async () => {
	const all = ['ada', 'ben', 'cleo'].map((name) => here.join(name));
	await until(() => all.every(({ writable }) => writable), 'all may write');
	for (let round = 0; round < 40; round += 1) {
		for (const [index, { body }] of all.entries()) {
			const at = (round * 7 + index * 11) % (body.length - 2);
			if (round % 4 === 0)
				body.insert(at, '\n', { block: { id: `${index}.${round}`, type: 'quote' } });
			else if (round % 4 === 1) body.delete(at, 1);
			else if (round % 4 === 2) body.format(at, 2, { strong: true });
			else body.insert(at, `${index}${round} `);
		}
		await new Promise((next) => setImmediate(next));
	}
	await allSaved(...all);
	const text = await converged(...all);
	expect((await here.engine.read(DOCUMENT)).body.toString()).toBe(text);
});

it('D3: the log is gapless, chained, and names who typed each character', async () => {
	const ada = here.join('ada');
	const ben = here.join('ben');
	await until(() => ada.writable && ben.writable, 'both may write');
	for (let round = 0; round < 10; round += 1) {
		ada.body.insert(0, 'a');
		ben.body.insert(ben.body.length - 1, 'b');
		await allSaved(ada, ben);
	}
	const rows = await here.house.store.db
		.select()
		.from(documentUpdate)
		.where(eq(documentUpdate.documentId, DOCUMENT))
		.orderBy(documentUpdate.seq);
	expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
	expect(brokenAt(rows)).toBeNull();
	rows[3]!.personId = 'mallory';
	expect(brokenAt(rows)).toBe(rows[3]!.seq);

	const text = (await here.engine.read(DOCUMENT)).body.toString();
	const authors = await here.engine.authorsOf(DOCUMENT, 0, text.length);
	expect(authors[0]!.from).toBe(0);
	expect(authors.at(-1)!.to).toBe(text.length);
	for (const { from, to, personId } of authors) {
		for (const letter of text.slice(from, to)) {
			if (personId === 'ada') expect(letter).toBe('a');
			if (personId === 'ben') expect(letter).toBe('b');
		}
	}
	const lengths = (name: string) =>
		authors
			.filter(({ personId }) => personId === name)
			.reduce((sum, { from, to }) => sum + to - from, 0);
	expect([lengths('ada'), lengths('ben')]).toEqual([10, 10]);
});

it('a server-side edit goes through the same log and reaches everybody', async () => {
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const writes = await Promise.all(
		[1, 2, 3].map((n) => here.engine.write(DOCUMENT, 'desk', (body) => body.insert(0, `${n}`)))
	);
	expect(writes.map(({ seq }) => seq)).toEqual([2, 3, 4]);
	await until(() => ada.body.toString().startsWith('321Shade'), 'ada sees it');
	const [first] = await here.engine.authorsOf(DOCUMENT, 0, 3);
	expect(first).toMatchObject({ personId: 'desk' });
});

it('D5: what was sent twice is logged once and acknowledged both times', async () => {
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const updates: Uint8Array[] = [];
	ada.doc.on('update', (update: Uint8Array) => updates.push(update));
	ada.body.insert(0, 'once ');
	await allSaved(ada);
	ada.body.delete(0, 2);
	await allSaved(ada);
	const { seq } = await here.engine.read(DOCUMENT);

	const socket = here.socket('ada');
	const acknowledged: number[] = [];
	socket.on('saved', ({ n }: { n: number }) => acknowledged.push(n));
	const wish = { document: DOCUMENT, mode: 'write', epoch: 0, leases: 0 };
	await socket
		.timeout(5_000)
		.emitWithAck('open', wish, new Uint8Array([0]))
		.catch(() => null);
	updates.forEach((update, index) =>
		socket.emit('edit', { document: DOCUMENT, n: index + 1 }, update)
	);
	await until(() => acknowledged.at(-1) === updates.length, 'both are acknowledged');
	expect((await here.engine.read(DOCUMENT)).seq).toBe(seq);
});

it('D4: leases are distinct, and a page never types under the id of another', async () => {
	const pages = ['ada', 'ada', 'ben'].map((name) => here.join(name));
	await until(() => pages.every(({ writable }) => writable), 'all may write');
	expect(new Set(pages.map(({ doc }) => doc.clientID)).size).toBe(3);
});
