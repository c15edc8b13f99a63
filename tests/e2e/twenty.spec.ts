import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { memoryStorage } from '../../src/lib/documents/live/client-storage.ts';
import { openLiveDocument } from '../../src/lib/documents/live/client.ts';
import { fillDraftHouse, type SignedIn } from '../support/draft-house.ts';
import { startSite, type Site } from '../support/site.ts';
import { decide, deskLine, publish } from './consulting.ts';
import { expect, test } from './fixtures.ts';
import { allText, block, caretBefore, editor, saved } from './writing.ts';

const WORDS = Array.from({ length: 20 }, (_, at) => `word${String(at).padStart(2, '0')}`);
const PARAGRAPH = 'crowded';
const TEXT = [
	{ insert: WORDS.join(' ') },
	{ insert: '\n', attributes: { block: { id: PARAGRAPH, type: 'paragraph' } } }
];
/** From here on everybody wants another word in the place that number 14 changes. */
const ACCEPTED = 15;
const IN_BROWSERS = [3, 7];

const put = (index: number) => `SUGGESTED${String(index).padStart(2, '0')}`;
const wanted = (index: number) => WORDS[Math.min(index, ACCEPTED - 1)]!;

let house: Awaited<ReturnType<typeof fillDraftHouse>>;
let site: Site;
let folder: string;
const opened: BrowserContext[] = [];

test.beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'folkmoot-twenty-'));
	const file = join(folder, 'folkmoot.sqlite');
	house = await fillDraftHouse({ file }, 2, TEXT, WORDS.length);
	site = await startSite({ DATABASE_FILE: file, FOLKMOOT_DEMO: '0' });
});

test.afterAll(async () => {
	await Promise.all(opened.map((context) => context.close()));
	await site?.stop();
	rmSync(folder, { recursive: true, force: true });
});

test('twenty people suggest for one paragraph; fifteen are accepted while two type in it', async ({
	browser
}) => {
	test.setTimeout(300_000);
	const base = `${site.url}/documents/${house.slug}`;
	await test.step('twenty suggest, two of them in browsers', async () => {
		for (const [index, citizen] of house.citizens.entries()) {
			if (IN_BROWSERS.includes(index)) continue;
			await suggestOverSocket(citizen, index);
		}
		for (const index of IN_BROWSERS) {
			await suggestInBrowser(await openAs(browser, house.citizens[index]!), index);
		}
	});

	const [ada, ben] = await Promise.all(house.people.map((person) => openAs(browser, person)));
	for (const page of [ada!, ben!]) {
		await page.goto(`${base}/edit`);
		await expect(editor(page)).toHaveAttribute('contenteditable', 'true');
	}
	const desk = await openAs(browser, house.team);
	await desk.goto(`${base}/desk?sort=oldest`);
	await expect(deskLine(desk, 'SUGGESTED')).toHaveCount(WORDS.length);

	await caretBefore(ada!, PARAGRAPH, ' word16');
	await caretBefore(ben!, PARAGRAPH, ' word18');
	const typing = [keepTyping(ada!, 'q'), keepTyping(ben!, 'z')];
	for (let index = 0; index < ACCEPTED; index += 1) {
		await deskLine(desk, put(index)).getByRole('checkbox').check();
		await expect(desk.getByText(`${index + 1} picked`, { exact: true })).toBeVisible();
	}
	const before = typing.map(({ typed }) => typed());
	await decide(desk, 'Accept 15 together', 'They all make it clearer.');
	const after = typing.map(({ typed }) => typed());
	for (const [at, count] of after.entries()) {
		await expect.poll(typing[at]!.typed, 'they go on afterwards').toBeGreaterThan(count + 10);
		expect(count, 'they typed while it was accepted').toBeGreaterThan(before[at]!);
	}
	const [as, bs] = await Promise.all(typing.map(({ stop }) => stop()));
	for (const page of [ada!, ben!]) await expect(saved(page)).toBeVisible();

	const words = WORDS.map((word, at) => (at < ACCEPTED ? put(at) : word));
	words[15] += 'q'.repeat(as!);
	words[17] += 'z'.repeat(bs!);
	for (const page of [ada!, ben!]) {
		await expect
			.poll(() => allText(page, `.ProseMirror [data-id="${PARAGRAPH}"]`))
			.toBe(words.join(' '));
	}
	await desk.goto(base);
	await expect(desk.locator(`[data-block="${PARAGRAPH}"]`)).toContainText(words.join(' '));

	await test.step('every word put in is its suggester’s, and what was typed its typist’s', async () => {
		const text = words.join(' ');
		const whose: Array<[string, string]> = [
			...Array.from({ length: ACCEPTED }, (_, at): [string, string] => [put(at), `Citizen ${at}`]),
			['q'.repeat(as!), 'Editor 0'],
			['z'.repeat(bs!), 'Editor 1']
		];
		for (const [stretch, name] of whose) {
			const from = text.indexOf(stretch);
			const to = from + stretch.length;
			const asked = await desk.request.get(`${base}/authors?from=${from}&to=${to}`);
			const sources = (await asked.json()) as Array<{ writer: { name: string | null } }>;
			const names = sources.map(({ writer }) => writer.name);
			expect([...new Set(names)], stretch).toEqual([name]);
		}
	});

	await test.step('the five others still wait', async () => {
		await desk.goto(`${base}/desk`);
		await expect(deskLine(desk, 'SUGGESTED')).toHaveCount(WORDS.length - ACCEPTED);
		await desk.goto(`${base}/decisions/1`);
		await expect(desk.getByText('15 contributions answered')).toBeVisible();
	});
});

/** A page of somebody who is signed in already. */
async function openAs(browser: Browser, { cookie }: SignedIn): Promise<Page> {
	const context = await browser.newContext({ storageState: undefined });
	opened.push(context);
	const [name, value] = cookie.split('=') as [string, string];
	const { hostname } = new URL(site.url);
	await context.addCookies([
		{ name, value, domain: hostname, path: '/', secure: name.startsWith('__Host-') }
	]);
	return context.newPage();
}

/** One key after the other until it is stopped; says how many there were. */
function keepTyping(page: Page, letter: string) {
	let count = 0;
	let going = true;
	const done = (async () => {
		while (going) {
			await page.keyboard.press(letter);
			count += 1;
		}
	})();
	const stop = async () => {
		going = false;
		await done;
		return count;
	};
	return { typed: () => count, stop };
}

/** Begins a branch, writes on it live and publishes it, with forms and a socket as the pages do. */
async function suggestOverSocket({ cookie }: SignedIn, index: number): Promise<void> {
	const page = `/documents/${house.slug}`;
	const branch = await post(cookie, `${page}/suggest?/begin`, { block: PARAGRAPH });
	const document = openLiveDocument({
		url: site.url,
		documentId: branch,
		storage: memoryStorage(),
		io: { transports: ['websocket'], extraHeaders: { origin: site.url, cookie } }
	});
	await expect.poll(() => document.writable).toBe(true);
	const at = document.body.toString().indexOf(wanted(index));
	document.body.doc!.transact(() => {
		document.body.delete(at, wanted(index).length);
		document.body.insert(at, put(index));
	});
	await expect.poll(() => document.state).toBe('saved');
	await document.close();
	const reason = `Number ${index} would have it so.`;
	const fields = { reason, key: `twenty-${index}-suggests`, termsAccepted: 'on' };
	await post(cookie, `${page}/branches/${branch}?/publish`, fields);
}

/** Sends a form and gives back the last part of where it leads. */
async function post(cookie: string, path: string, fields: Record<string, string>): Promise<string> {
	const answer = await fetch(`${site.url}${path}`, {
		method: 'POST',
		headers: { cookie, origin: site.url, accept: 'application/json' },
		body: new URLSearchParams(fields)
	});
	const said = await answer.text();
	const { location } = JSON.parse(said) as { location?: string };
	expect(location, `${path}: ${said}`).toBeDefined();
	return location!.split('/').at(-1)!;
}

async function suggestInBrowser(page: Page, index: number): Promise<void> {
	await page.goto(`${site.url}/documents/${house.slug}/suggest?block=${PARAGRAPH}`);
	await page.getByRole('button', { name: 'Write in the text' }).click();
	await expect(editor(page)).toHaveAttribute('contenteditable', 'true');
	await caretBefore(page, PARAGRAPH, wanted(index));
	for (let left = wanted(index).length; left > 0; left -= 1) await page.keyboard.press('Delete');
	await page.keyboard.type(put(index));
	await expect(block(page, PARAGRAPH)).toContainText(put(index));
	await expect(saved(page)).toBeVisible();
	await publish(page, `Number ${index} would have it so.`);
}
