import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { meeting, type Meeting } from '#lib/contributions/meeting.testing.ts';
import { reply } from '#lib/contributions/annotate.server.ts';
import { findDocument } from './documents.server.ts';
import { kindOf, named, OwnPage, type Named } from './own-page.server.ts';

let at: Meeting;
beforeEach(async () => {
	at = await meeting();
});
afterEach(() => at.close());

const kind = async (name: Parameters<Meeting['as']>[0], own = '') => {
	const actor = await at.as(name);
	return kindOf(at.house, actor, await findDocument(at.house, actor, at.document.slug), own);
};
const nonce = 'q8==';
const policy = `script-src 'nonce-${nonce}'`;

describe('who is sent which page', () => {
	test('those who did nothing here share a page that knows nobody of them', async () => {
		const [ama, jonas] = [await kind('ama'), await kind('jonas')];
		expect(ama.name).toBe(jonas.name);
		expect(ama.actor).toEqual(jonas.actor);
		expect(JSON.stringify(ama)).not.toMatch(/ama/i);
	});

	test('other rights are another page', async () => {
		const names = [await kind('ama'), await kind('mod'), await kind('ines')].map((one) => one.name);
		expect(new Set(names).size).toBe(3);
	});

	test('whoever said something has a page of their own from then on', async () => {
		const row = await at.say('ama', 'trees');
		expect(await kind('ama')).toMatchObject({
			open: undefined,
			actor: { person: { name: 'ama' } }
		});
		expect((await kind('jonas')).open).toBeDefined();
		await reply(at.house, await at.as('jonas'), { id: row.id, body: 'Yes.', key: at.key() });
		expect((await kind('jonas')).open).toBeUndefined();
	});

	test('and so has whoever has anything of their own on it, another one when that changes', async () => {
		const [one, two] = [await kind('ama', 'one'), await kind('ama', 'two')];
		expect([one.open, two.open]).toEqual([undefined, undefined]);
		expect(one.name).not.toBe(two.name);
	});

	test('and so has whoever is a party', async () => {
		expect((await kind('ines')).open).toBeUndefined();
	});
});

describe('what is left open', () => {
	const read = async (page: OwnPage, reader: Named, accepted = 'gzip, br') => {
		const { headers, body } = await page.answer(() => accepted, reader);
		const html = headers['content-encoding'] === 'gzip' ? gunzipSync(body!) : body!;
		return { headers, html: html.toString() };
	};
	const make = async () => {
		const { open } = await kind('ama');
		const script = `<script nonce="${nonce}">start({name:"${open!.name}",id:"${open!.id}"})</script>`;
		const words = '<article><div class="pieces">Shade</div></article>';
		const html = `<b title="${open!.name}">${open!.initials}</b>${words}${script}<i>${open!.colour}</i>`;
		const headers = { 'content-security-policy': policy, etag: 'W/"1"' };
		return (await OwnPage.of(new Response(html, { headers })))!;
	};

	test('is filled in for each reader, as it has to be written where it stands', async () => {
		const reader = { ...named({ id: 'p1', name: '</script>"Ama" & \\' }), colour: '3' };
		const { html, headers } = await read(await make(), reader);
		const fresh = /'nonce-([^']+)'/.exec(headers['content-security-policy']!)![1]!;
		expect(fresh).not.toBe(nonce);
		expect(html).toBe(
			'<b title="&#60;/script&#62;&#34;Ama&#34; &#38; \\">&#60;\\</b>'.replace(
				'&#60;\\',
				reader.initials.replace('<', '&#60;')
			) +
				'<article><div class="pieces">Shade</div></article>' +
				`<script nonce="${fresh}">start({name:"\\u003c/script>\\"Ama\\" & \\\\",id:"p1"})</script><i>3</i>`
		);
		expect(headers['cache-control']).toBe('private, no-cache');
		expect(headers).not.toHaveProperty('etag');
	});

	test('one reader learns nothing of another, packed or not', async () => {
		const page = await make();
		const first = await read(page, named({ id: 'p1', name: 'Ama Owusu' }));
		const second = await read(page, named({ id: 'p2', name: 'Jonas Weber' }), 'identity');
		expect(first.html).toContain('Ama Owusu');
		expect(second.html).not.toContain('Ama');
		expect(second.html).toContain('name:"Jonas Weber",id:"p2"');
		expect(second.headers).not.toHaveProperty('content-encoding');
	});

	test('what is no page, or gives a cookie, is not kept', async () => {
		const headers = { 'content-security-policy': policy };
		expect(await OwnPage.of(new Response('', { status: 307, headers }))).toBeUndefined();
		const cookie = { ...headers, 'set-cookie': 'a=b' };
		expect(await OwnPage.of(new Response('', { headers: cookie }))).toBeUndefined();
	});
});
