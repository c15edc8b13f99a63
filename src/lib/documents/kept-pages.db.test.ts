import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHouse } from '#tests/support/house.ts';
import { appendEvent } from '#lib/server/events.ts';
import { takeSlug } from './naming.server.ts';
import { PublicFront } from './public-front.server.ts';
import { KeptPages } from './kept-pages.server.ts';
import { PublicPage } from './public-page.server.ts';

const ASKED = { slug: 'shade', shown: 'http://h en system' };
const NONCE = 'q8==';
const SCRIPT = 'start();';

let house: Awaited<ReturnType<typeof freshHouse>>;
let pages: KeptPages<PublicPage>;
let text: { epoch: number; seq: number };
let writing: Array<{ personId: string }>;
let made: number;

beforeEach(async () => {
	house = await freshHouse();
	text = { epoch: 1, seq: 1 };
	writing = [];
	made = 0;
	const live = { read: async () => text, presence: () => ({ writing, reading: 0 }) };
	pages = new KeptPages(house, live as never, PublicPage.of);
	await house.store.transact((tx) => takeSlug(tx, 'd', 'Shade', 1));
});
afterEach(() => house.close());

const html = (words: string) =>
	`<article>${words}</article><script nonce="${NONCE}">${SCRIPT}</script><style nonce="${NONCE}">a{}</style>`;
const make = async (status = 200, headers = {}) => {
	made += 1;
	const policy = `script-src 'self' 'nonce-${NONCE}'; style-src 'nonce-${NONCE}'`;
	return new Response(html(`Drawn ${made}`), {
		status,
		headers: { 'content-security-policy': policy, ...headers }
	});
};
const get = (how = () => make()) => pages.get(ASKED, how);
const read = async (
	page: Awaited<ReturnType<typeof get>>,
	headers: Record<string, string> = {}
) => {
	if (page instanceof Response) throw new Error('This page is not kept.');
	return page.answer((name) => headers[name]);
};
const happen = () =>
	house.store.transact((tx) =>
		appendEvent(tx, {
			...{ at: house.clock(), personId: null, verb: 'document.renamed' },
			...{ targetType: 'document', targetId: 'd', documentId: 'd' }
		})
	);

test('one page is made for all who ask, and again once something happened', async () => {
	await Promise.all([get(), get(), get()]);
	expect(made).toBe(1);
	await happen();
	house.bus.announce('contribution', { documentId: 'd', contributionId: 'x' });
	await get();
	expect(made).toBe(2);
	writing = [{ personId: 'ama' }];
	await get();
	expect(made).toBe(3);
});

test('a page that something happened to while it was made is not kept', async () => {
	await get(async () => {
		house.bus.announce('contribution', { documentId: 'd', contributionId: 'x' });
		return make();
	});
	await get();
	expect(made).toBe(2);
});

test('new words make a new page', async () => {
	await get();
	text = { epoch: 2, seq: 9 };
	await expect
		.poll(async () => {
			await get();
			return made;
		})
		.toBe(2);
});

test('what is no page for everybody is passed on and not kept', async () => {
	const moved = await get(() => make(307));
	expect(moved).toBeInstanceOf(Response);
	expect(await get(() => make(200, { 'set-cookie': 'a=b' }))).toBeInstanceOf(Response);
	await get();
	expect(made).toBe(3);
});

test('its scripts are allowed by their content', async () => {
	const { headers, body } = await read(await get());
	expect(body!.toString()).not.toContain('nonce');
	const hash = async (text: string) => {
		const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
		return `'sha256-${Buffer.from(digest).toString('base64')}'`;
	};
	const policy = `script-src 'self' ${await hash(SCRIPT)}; style-src ${await hash('a{}')}`;
	expect(headers['content-security-policy']).toBe(policy);
});

test('who has it is told so, and others get it as they can read it', async () => {
	const page = await get();
	const { etag } = (await read(page)).headers;
	expect(await read(page, { 'if-none-match': etag! })).toMatchObject({ status: 304 });
	for (const [accepted, encoding] of [
		['gzip, br', 'br'],
		['gzip', 'gzip'],
		['gzip, br;q=0', 'gzip'],
		['deflate', undefined]
	]) {
		const { headers } = await read(page, { 'accept-encoding': accepted! });
		expect(headers['content-encoding']).toBe(encoding);
	}
});

test('the front answers those who ask alike, never somebody with a session', async () => {
	const front = new PublicFront(pages);
	await get();
	const ask = async (headers: Record<string, string>) => {
		const sent: number[] = [];
		const res = { writeHead: (status: number) => sent.push(status), end: () => undefined };
		const req = { method: 'GET', url: '/documents/shade', headers: { host: 'h', ...headers } };
		return [await front.answer(req as never, res as never), sent];
	};
	const learn = (headers: Record<string, string>) =>
		front.learn(
			new Request('http://h/documents/shade', { headers: { host: 'h', ...headers } }),
			ASKED,
			new Response()
		);
	expect(await ask({})).toEqual([false, []]);
	learn({});
	expect(await ask({})).toEqual([true, [200]]);
	expect(await ask({ 'accept-language': 'fr' })).toEqual([false, []]);
	learn({ cookie: '__Host-folkmoot=abc' });
	expect(await ask({ cookie: '__Host-folkmoot=abc' })).toEqual([false, []]);
	house.bus.announce('document', { documentId: 'd' });
	expect(await ask({})).toEqual([false, []]);
});
