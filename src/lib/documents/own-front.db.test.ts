import type { IncomingMessage, ServerResponse } from 'node:http';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rate } from '#lib/ballots/rate.server.ts';
import { beginBranch } from '#lib/contributions/branches.server.ts';
import { meeting, type Meeting } from '#lib/contributions/meeting.testing.ts';
import { addDuty } from '#lib/people/duties.server.ts';
import { person } from '#lib/people/schema.server.ts';
import { sessionsOf } from '#lib/people/sessions.server.ts';
import { readerState } from '#lib/reader-state.server.ts';
import { follow } from '#lib/record/follow.server.ts';
import { KeptPages } from './kept-pages.server.ts';
import { OwnFront } from './own-front.server.ts';
import { named, OwnPage } from './own-page.server.ts';

let at: Meeting;
let pages: KeptPages<OwnPage>;
let front: OwnFront;
let session: { id: string };
beforeEach(async () => {
	at = await meeting();
	pages = new KeptPages(at.house, at.live, OwnPage.of, { checkMs: 0 });
	front = new OwnFront(pages, (reading) => readerState(at.house, reading));
	const made = await at.house.store.transact((tx) =>
		sessionsOf(at.house).create(tx, at.ids.ama, 'Firefox')
	);
	session = made.session;
});
afterEach(() => at.close());

const path = '/documents/shade';
const cookie = 'folkmoot=secret';
const policy = "script-src 'nonce-q8=='";

/** As the pages answer Ama, who is then known to the front. */
async function send(): Promise<void> {
	const reading = { sessionId: session.id, personId: at.ids.ama, documentId: at.document.id };
	const state = (await front.stateOf(reading))!;
	const asked = { slug: at.document.slug, shown: 'ama' };
	const headers = { 'content-security-policy': policy, 'x-content-type-options': 'nosniff' };
	const page = await pages.get(asked, async () => new Response('<p>Shade</p>', { headers }));
	if (page instanceof Response) throw new Error('not kept');
	const reader = named({ id: at.ids.ama, name: 'Ama' });
	const request = new Request(`http://localhost${path}`, { headers: { cookie } });
	front.learn(request, { asked, reading, reader, state }, new Response('', { headers }));
}

/** Asks the front again; the headers and body it sent, or `false`. */
async function ask(headers: Record<string, string> = { cookie }, url = path) {
	const sent: { headers?: Record<string, string>; body?: string } = {};
	const res = {
		writeHead: (_: number, given: Record<string, string>) => (sent.headers = given),
		end: (body: Buffer) => (sent.body = body.toString())
	};
	const req = { method: 'GET', url, headers };
	const answered = await front.answer(
		req as unknown as IncomingMessage,
		res as unknown as ServerResponse
	);
	return answered && sent;
}

test('who asks again just so is answered, with the headers of every answer', async () => {
	expect(await ask()).toBe(false);
	await send();
	const sent = await ask();
	expect(sent).toMatchObject({
		body: '<p>Shade</p>',
		headers: { 'x-content-type-options': 'nosniff' }
	});
	expect(sent && sent.headers?.['content-security-policy']).not.toBe(policy);
});

test('nobody else is, nor for anything else', async () => {
	await send();
	expect(await ask({})).toBe(false);
	expect(await ask({ cookie: 'folkmoot=other' })).toBe(false);
	expect(await ask({ cookie, 'accept-language': 'fr' })).toBe(false);
	expect(await ask({ cookie }, `${path}?view=accepted`)).toBe(false);
});

test.each<[string, () => Promise<unknown>]>([
	[
		'signed out',
		() => at.house.store.transact((tx) => sessionsOf(at.house).revoke(tx, session.id))
	],
	['has been away for a while', async () => at.house.time.advance(6 * 60_000)],
	['has another name', () => set({ name: 'Amy' })],
	['is no longer welcome', () => set({ status: 'disabled' })],
	[
		'has another duty',
		() =>
			at.house.store.transact((tx) =>
				addDuty(tx, {
					...{ personId: at.ids.ama, by: at.ids.ines, at: at.house.clock() },
					duty: { kind: 'moderator', scopeType: 'house', scopeId: null }
				})
			)
	],
	[
		'follows the text',
		async () => follow(at.house, at.live, await at.as('ama'), { documentId: at.document.id })
	],
	[
		'supports a clause',
		async () =>
			rate(at.house, at.live, await at.as('ama'), at.document.id, {
				...{ type: 'clause', id: 'c1' },
				value: 2
			})
	],
	[
		'has written on a suggestion that is not published',
		async () => {
			const { house, live, document } = at;
			const begun = await beginBranch(house, live, await at.as('ama'), document.id);
			await live.write(begun.id, at.ids.ama, (body) => void body.insert(0, 'New. ', {}));
		}
	],
	['reads what somebody has said since', () => at.say('jonas', 'trees')]
])('who %s is answered by the pages', async (_, happens) => {
	await send();
	expect(await ask()).not.toBe(false);
	await happens();
	expect(await ask()).toBe(false);
});

function set(values: Partial<typeof person.$inferInsert>) {
	return at.house.store.transact(async (tx) => {
		await tx.update(person).set(values).where(eq(person.id, at.ids.ama));
	});
}
