import { eq } from 'drizzle-orm';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { document } from '#lib/documents/schema.server.ts';
import { updateProfile } from '#lib/people/account.server.ts';
import { secretHash } from '#lib/people/secrets.server.ts';
import { smtpCarrier, type Carrier } from '#lib/server/mail.ts';
import { DEFAULT_WISHES, type Wishes } from './kinds.ts';
import { writeLetters } from './letters.server.ts';
import { newsroom, type Newsroom } from './newsroom.testing.ts';
import { deliverLetters, PAUSES } from './outbox.server.ts';
import { mail, mailToken } from './schema.server.ts';
import { unsubscribe } from './unsubscribe.server.ts';
import { readWishes, saveWishes } from './wishes.server.ts';
import { markAllRead } from './inbox.server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What the mail server took: sender, receivers and the whole letter as it came. */
interface Taken {
	from: string;
	to: string[];
	letter: string;
}

/** A mail server that speaks SMTP on a port of its own, and refuses what it is told to. */
async function mailServer() {
	const taken: Taken[] = [];
	let refusal: { code: number; words: string } | null = null;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		logger: false,
		onRcptTo(_address, _session, callback) {
			if (!refusal) return callback();
			callback(Object.assign(new Error(refusal.words), { responseCode: refusal.code }));
		},
		onData(stream, session, callback) {
			let letter = '';
			stream.setEncoding('utf8');
			stream.on('data', (chunk: string) => (letter += chunk));
			stream.on('end', () => {
				const { mailFrom, rcptTo } = session.envelope;
				const from = mailFrom ? mailFrom.address : '';
				taken.push({ from, to: rcptTo.map(({ address }) => address), letter });
				callback();
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const { port } = server.server.address() as AddressInfo;
	return {
		url: `smtp://127.0.0.1:${port}`,
		taken,
		refuse: (code: number, words: string) => (refusal = { code, words }),
		agree: () => (refusal = null),
		close: () => new Promise<void>((resolve) => server.close(() => resolve()))
	};
}

let at: Newsroom;
let server: Awaited<ReturnType<typeof mailServer>>;
let carrier: Carrier;
beforeEach(async () => {
	server = await mailServer();
	const origin = 'https://folkmoot.example';
	const mailFrom = 'Folkmoot <news@folkmoot.example>';
	at = await newsroom({ smtpUrl: server.url, mailFrom, origin });
	carrier = smtpCarrier(at.house.config)!;
});
afterEach(async () => {
	carrier.close();
	await at.close();
	await server.close();
});

const wish = async (name: 'ama' | 'jonas', more: Partial<Wishes>) =>
	saveWishes(at.house, await at.as(name), { ...DEFAULT_WISHES, ...more });
const letters = () => at.house.store.db.select().from(mail);
/** Ama began a thread; Jonas replies. */
async function replied() {
	const { id } = await at.say('ama', 'trees');
	await at.reply('jonas', id);
	await at.tell();
	return id;
}
/** A letter to Ama that is due. */
async function written() {
	await wish('ama', { mail: 'at_once' });
	await replied();
	at.house.time.advance(2 * MINUTE);
	expect(await writeLetters(at.house)).toBe(1);
}
/** The words of a letter as it came: without the wrapping of its lines. */
const plain = (letter: string) =>
	letter
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

describe('N9 letters go out, through a real conversation', () => {
	test('to the right person, from the house, in two forms, with a way out', async () => {
		await written();
		expect(await deliverLetters(at.house, carrier)).toEqual({ sent: 1, caught: 0, failed: 0 });
		expect(server.taken).toHaveLength(1);
		const { from, to, letter } = server.taken[0]!;
		expect([from, to]).toEqual(['news@folkmoot.example', ['ama@meravia.example']]);
		expect(letter).toMatch(/^From: Folkmoot <news@folkmoot.example>\r$/m);
		expect(letter).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
		expect(letter).toMatch(/^Auto-Submitted: auto-generated\r$/m);
		expect(letter).toContain('Content-Type: text/plain; charset=utf-8');
		expect(letter).toContain('Content-Type: text/html; charset=utf-8');
		const words = plain(letter);
		expect(words).toContain('jonas replied in a conversation of yours');
		const links = [...new Set(words.match(/\/unsubscribe\/[0-9a-z]+/g))];
		expect(links, 'the same in the header and both forms').toHaveLength(1);
		const [row] = await letters();
		expect(letter).toContain(`Message-ID: <${row!.id}@folkmoot.example>`);
		expect(row, 'what went out is not kept').toMatchObject({ text: '', html: '', nextAt: null });
		const [token] = await at.house.store.db.select().from(mailToken);
		const secret = links[0]!.split('/')[2]!;
		expect(token).toMatchObject({ id: secretHash(secret), purpose: 'unsubscribe' });
		expect(JSON.stringify([row, token]), 'nothing in the database opens it').not.toContain(secret);
	});

	test('once, however many try at the same moment', async () => {
		await written();
		const all = await Promise.all([1, 2, 3, 4].map(() => deliverLetters(at.house, carrier)));
		expect(all.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
		expect(await deliverLetters(at.house, carrier)).toMatchObject({ sent: 0 });
		expect(server.taken).toHaveLength(1);
	});

	test('two who write letters at the same moment write one', async () => {
		await wish('ama', { mail: 'at_once' });
		await replied();
		at.house.time.advance(2 * MINUTE);
		const wrote = await Promise.all([1, 2, 3].map(() => writeLetters(at.house)));
		expect(wrote.reduce((sum, n) => sum + n)).toBe(1);
		expect(await letters()).toHaveLength(1);
	});

	test('hostile names reach neither the headers nor the markup', async () => {
		const title = 'Shade\r\nBcc: all@meravia.example\r\n\r\n<script>alert(1)</script>';
		await at.house.store.transact(async (tx) => {
			await tx.update(document).set({ title }).where(eq(document.id, at.document.id));
		});
		await written();
		await deliverLetters(at.house, carrier);
		const { to, letter } = server.taken[0]!;
		expect(to).toEqual(['ama@meravia.example']);
		const [head] = letter.split('\r\n\r\n');
		expect(head).not.toMatch(/^Bcc:/m);
		const html = plain(letter.slice(letter.indexOf('text/html')));
		expect(html).toContain('&#60;script&#62;');
		expect(html).not.toContain('<script>');
	});

	test('in the language of the person', async () => {
		await updateProfile(at.house, await at.as('ama'), { name: 'Ama', locale: 'fr' });
		await written();
		await deliverLetters(at.house, carrier);
		expect(server.taken[0]!.letter).toContain('Bonjour Ama,');
	});
});

describe('N9 when the mail server does not take it', () => {
	test('later: tried again with growing pauses, and given up at last', async () => {
		await written();
		server.refuse(450, 'try later');
		for (const pause of PAUSES) {
			expect(await deliverLetters(at.house, carrier)).toMatchObject({ failed: 1 });
			const [row] = await letters();
			expect(row!.nextAt! - at.house.clock()).toBeGreaterThanOrEqual(pause);
			expect(row!.nextAt! - at.house.clock()).toBeLessThanOrEqual(pause * 1.2);
			expect(await deliverLetters(at.house, carrier), 'not before').toMatchObject({ failed: 0 });
			at.house.time.now = row!.nextAt!;
		}
		await deliverLetters(at.house, carrier);
		expect(await letters()).toMatchObject([{ nextAt: null, sentAt: null, caught: false }]);
		expect((await letters())[0]!.error).toContain('try later');
		expect(server.taken).toEqual([]);
	});

	test('then it is taken: it goes once, and its first links are no longer good', async () => {
		await written();
		server.refuse(450, 'try later');
		await deliverLetters(at.house, carrier);
		const [first] = await at.house.store.db.select().from(mailToken);
		server.agree();
		at.house.time.advance(2 * MINUTE);
		expect(await deliverLetters(at.house, carrier)).toMatchObject({ sent: 1 });
		const tokens = await at.house.store.db.select().from(mailToken);
		expect(tokens).toHaveLength(1);
		expect(tokens[0]!.id).not.toBe(first!.id);
	});

	test('refused for good: given up at once', async () => {
		await written();
		server.refuse(550, 'no such person');
		await deliverLetters(at.house, carrier);
		expect(await letters()).toMatchObject([{ nextAt: null, attempts: 1, sentAt: null }]);
	});

	test('no server answers: the letters wait, one attempt for all', async () => {
		await wish('jonas', { mail: 'at_once' });
		const id = await replied();
		await at.reply('ines', id);
		await at.tell();
		await wish('ama', { mail: 'at_once' });
		at.house.time.advance(20 * MINUTE);
		expect(await writeLetters(at.house)).toBe(2);
		const nowhere = smtpCarrier({ ...at.house.config, smtpUrl: 'smtp://127.0.0.1:1' })!;
		expect(await deliverLetters(at.house, nowhere)).toMatchObject({ failed: 1 });
		nowhere.close();
		expect((await letters()).map(({ attempts }) => attempts).sort()).toEqual([0, 1]);
		at.house.time.advance(2 * MINUTE);
		expect(await deliverLetters(at.house, carrier)).toMatchObject({ sent: 2 });
	});

	test('a process that died with a letter in its hands: another takes it up later', async () => {
		await written();
		const dying = { send: () => new Promise<void>(() => undefined), close: () => undefined };
		void deliverLetters(at.house, dying);
		await expect.poll(async () => (await letters())[0]!.attempts).toBe(1);
		expect(await deliverLetters(at.house, carrier)).toMatchObject({ sent: 0 });
		at.house.time.advance(11 * MINUTE);
		expect(await deliverLetters(at.house, carrier)).toMatchObject({ sent: 1 });
	});

	test('there is none: letters are caught, whole, without a link that opens anything', async () => {
		await written();
		expect(await deliverLetters(at.house, null)).toEqual({ sent: 0, caught: 1, failed: 0 });
		const [row] = await letters();
		expect(row).toMatchObject({ caught: true, nextAt: null, to: 'ama@meravia.example' });
		expect(row!.text).toContain('jonas replied');
		const link = /\/unsubscribe\/([0-9a-z]+)/.exec(row!.text)![1]!;
		await expect(unsubscribe(at.house, link)).rejects.toMatchObject({
			code: 'unsubscribe_unknown'
		});
	});
});

describe('N6 letters come as a person wants them', () => {
	test('daily: one letter in the morning with everything unread', async () => {
		const id = await replied();
		await at.reply('ines', id);
		await at.tell();
		at.house.time.advance(12 * HOUR);
		expect(await writeLetters(at.house), 'not in the evening').toBe(0);
		at.house.time.advance(10 * HOUR);
		expect(await writeLetters(at.house), 'ama and jonas').toBe(2);
		const own = (await letters()).find(({ to }) => to.startsWith('ama'))!;
		expect(own.text).toContain('2 new replies in a conversation of yours');
		at.house.time.advance(24 * HOUR);
		expect(await writeLetters(at.house), 'and not again').toBe(0);
	});

	test('what was read meanwhile needs no letter', async () => {
		await replied();
		await markAllRead(at.house, await at.as('ama'), 'z'.repeat(20));
		at.house.time.advance(48 * HOUR);
		expect(await writeLetters(at.house)).toBe(0);
	});

	test('never is never, also for what waits already', async () => {
		await replied();
		await wish('ama', { mail: 'never' });
		at.house.time.advance(48 * HOUR);
		expect(await writeLetters(at.house)).toBe(0);
	});

	test('N3 what they may not see any more is in no letter', async () => {
		await replied();
		await at.house.store.transact(async (tx) => {
			await tx.update(document).set({ stage: 'private' }).where(eq(document.id, at.document.id));
		});
		at.house.time.advance(48 * HOUR);
		expect(await writeLetters(at.house)).toBe(0);
		expect(await letters()).toEqual([]);
		expect(
			(await at.news()).map(({ mailAt }) => mailAt),
			'nor asked about again'
		).toEqual([null]);
	});
});

describe('N10 no more letters', () => {
	test('by the link alone, twice without harm; a stranger’s guess does nothing', async () => {
		await written();
		await deliverLetters(at.house, carrier);
		const secret = /\/unsubscribe\/([0-9a-z]{32})/.exec(plain(server.taken[0]!.letter))![1]!;
		await expect(unsubscribe(at.house, 'a'.repeat(32))).rejects.toMatchObject({ kind: 'NotFound' });
		await unsubscribe(at.house, secret);
		await unsubscribe(at.house, secret);
		const { wishes } = await readWishes(at.house, await at.as('ama'));
		expect(wishes).toMatchObject({ mail: 'never' });
		await at.reply('ines', (await at.say('ama', 'two metres')).id);
		await at.tell();
		at.house.time.advance(48 * HOUR);
		expect(await writeLetters(at.house), 'in the portal they are all the same').toBe(0);
		expect(await at.hears('ama')).toHaveLength(2);
	});
});
