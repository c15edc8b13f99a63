import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryStorage } from '#lib/documents/live/client-storage.ts';
import { allSaved, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
beforeEach(async () => void (here = await stage()));
afterEach(() => here.close());

it('D10: a right removed mid-edit acts within a second and the unsent text is kept for its author', async () => {
	const storage = memoryStorage();
	const ada = here.join('ada', { storage });
	const ben = here.join('ben');
	await until(() => ada.writable && ben.writable, 'both may write');
	ada.body.insert(0, 'before ');
	await allSaved(ada);

	here.rights.set('ada', 'read');
	here.house.bus.announce('rights', { personId: 'ada', documentId: DOCUMENT });
	const removed = performance.now();
	ada.body.insert(0, 'too late ');
	await until(() => ada.state === 'refused', 'ada is told');
	expect(performance.now() - removed).toBeLessThan(1_000);
	expect(ada.reason).toBe('may_not_write');
	await until(() => ada.unsaved === 0, 'the rest is set aside');
	expect(await storage.kept()).toMatchObject([{ text: 'too late ', reason: 'may_not_write' }]);
	expect(await storage.updates()).toEqual([]);

	const again = here.join('ada', { storage });
	await until(() => again.state === 'readonly', 'ada reads on');
	expect(again.body.toString()).toMatch(/^before Shade/);
	ben.body.insert(0, 'Ben: ');
	await until(() => again.body.toString().startsWith('Ben: before'), 'ada sees ben');
});

it('a right gained turns a reader into a writer without a reload', async () => {
	here.rights.set('cleo', 'read');
	const cleo = here.join('cleo');
	await until(() => cleo.state === 'readonly', 'cleo reads');
	here.rights.set('cleo', 'write');
	here.house.bus.announce('document', { documentId: DOCUMENT });
	await until(() => cleo.writable && cleo.state === 'saved', 'cleo may write');
	cleo.body.insert(0, 'Hello. ');
	await allSaved(cleo);
	expect((await here.engine.read(DOCUMENT)).body.toString()).toMatch(/^Hello\. /);
});

it('the last word on a right counts, however slow the earlier ones, in every open document', async () => {
	await here.engine.create('second', [], 'founder');
	here.rights.set('cleo', 'read');
	const both = [DOCUMENT, 'second'].map((documentId) => here.join('cleo', { documentId }));
	await until(() => both.every(({ state }) => state === 'readonly'), 'cleo reads both');
	here.rights.set('cleo', 'write');
	here.house.bus.announce('rights', { personId: 'cleo' });
	here.house.bus.announce('rights', { personId: 'ben' });
	await until(() => both.every(({ writable }) => writable), 'cleo may write in both');
});

it('who may no longer see the document is shown out', async () => {
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	here.rights.set('ada', 'none');
	here.house.bus.announce('document', { documentId: DOCUMENT });
	await until(() => ada.state === 'refused', 'ada is shown out');
	expect(ada.reason).toBe('document_not_found');
});

it.each(['sessionEnded', 'personEnded'] as const)(
	'%s closes the sockets at once',
	async (event) => {
		const ada = here.socket('ada');
		const ben = here.socket('ben');
		await until(() => ada.connected && ben.connected, 'both are connected');
		const ended = performance.now();
		if (event === 'sessionEnded') here.house.bus.announce(event, { sessionId: 'session_ada' });
		else here.house.bus.announce(event, { personId: 'ada' });
		await until(() => !ada.connected, 'ada is disconnected');
		expect(performance.now() - ended).toBeLessThan(1_000);
		expect(ben.connected).toBe(true);
	}
);
