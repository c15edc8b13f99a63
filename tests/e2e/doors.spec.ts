import { crew, send, type Row } from './asking.ts';
import { passagesOf, suggestInWords } from './consulting.ts';
import { expect, test } from './fixtures.ts';
import { bringIn, importWords, moveTo } from './journeys.ts';
import { block, caretBefore, editor, saved } from './writing.ts';

const TEXT = `# The lido

The lido opens at six in the morning and closes at ten in the evening on every day of the week.

Children under twelve swim for nothing on every afternoon of the summer holidays and on Sundays.
`;

test('each act of a consultation is refused to whom it is not given, and takes no field it does not know', async ({
	openAs
}) => {
	test.setTimeout(300_000);
	const rafael = await openAs('rafael');
	const slug = await importWords(rafael, TEXT, 'lido.md');
	await moveTo(rafael, slug, 'Co-drafting');
	await bringIn(rafael, slug, 'dana@meravia.example');
	const doc = `/documents/${slug}`;
	const [first, second] = await passagesOf(rafael, slug, 2);
	const as = crew(openAs);
	const post = async (who: string, path: string, form: Record<string, string>) => {
		const { request, origin } = await as(who);
		return send(request, origin, { path, form });
	};
	const idIn = (url: string) => /[0-9a-z]{20}/.exec(new URL(url).pathname)![0];
	const suggests = async (who: string, from: string, to: string) => {
		const page = await openAs(who);
		const change = (words: string) => words.replace(from, to);
		await suggestInWords(page, slug, first!, { change, why: `Rather ${to}.` });
		return idIn(page.url());
	};
	const remarks = async (who: string, body: string) => {
		const { request } = await as(who);
		const page = `${doc}/annotations/new`;
		const form = { block: second!.id, quote: '', body, key: `doors-${body.replace(/\W+/g, '-')}` };
		expect(await post(who, `${page}?/block`, form)).toBe('done');
		const listed = await request.get(`${doc}/annotations?show=mine&order=newest`);
		return /\/annotations\/([0-9a-z]{20})/.exec(await listed.text())![1]!;
	};
	const accepted = await suggests('lena', 'six', 'five');
	const declined = await suggests('lena', 'ten', 'eleven');
	const [asked, merged, speaking] = [
		await remarks('marta', 'Who pays for it'),
		await remarks('priya', 'On Sundays too'),
		await remarks('jonas', 'Sundays as well')
	];

	// Amina writes on a branch, to which Jonas is asked.
	const amina = await openAs('amina');
	await amina.goto(`${doc}/suggest?block=${first!.id}`);
	await amina.getByRole('button', { name: 'Write in the text' }).click();
	await expect(editor(amina)).toHaveAttribute('contenteditable', 'true');
	await caretBefore(amina, first!.id, 'on every day');
	await amina.keyboard.type('sharp ');
	await expect(block(amina, first!.id)).toContainText('sharp on every day');
	await expect(saved(amina)).toBeVisible();
	const branch = `${doc}/branches/${idIn(amina.url())}`;
	await amina.goto(`${doc}/suggest?block=${second!.id}`);
	await amina.getByRole('button', { name: 'Write in the text' }).click();
	await expect(editor(amina)).toBeVisible();
	const given = `${doc}/branches/${idIn(amina.url())}`;

	const all = ['visitor', 'paul', 'dana', 'rafael', 'noor', 'emil'];
	const team = ['visitor', 'paul', 'lena', 'dana', 'noor', 'emil'];
	const form = await amina.request.get(`${doc}/suggest?block=${second!.id}`);
	const seq = /name="seq" value="(\d+)"/.exec(await form.text())![1]!;
	const reason = 'It is said here why.';
	const words = {
		...{ block: second!.id, words: 'Children swim for nothing.', seq, reason },
		...{ key: 'doors-in-words', termsAccepted: 'on' }
	};
	const said = { id: asked, reason, outcome: 'noted' };
	const wishes = { mail: 'daily', timeZone: 'UTC', tell_answered: 'on' };
	const support = `${doc}/support/suggestion/${accepted}`;
	const rows: Row[] = [
		{
			act: 'suggest in words',
			path: `${doc}/suggest?/words`,
			form: words,
			not: ['visitor'],
			by: 'ines'
		},
		{
			act: 'begin a branch',
			path: `${doc}/suggest?/begin`,
			form: { block: first!.id },
			not: ['visitor'],
			by: 'ines'
		},
		{
			act: 'ask somebody to a branch',
			path: `${branch}?/invite`,
			form: { email: 'jonas@meravia.example' },
			not: [...all, 'jonas'],
			by: 'amina'
		},
		{ act: 'join it', path: `${branch}?/join`, form: {}, not: all, by: 'jonas' },
		{ act: 'leave it', path: `${branch}?/leave`, form: {}, not: all, by: 'jonas' },
		{
			act: 'publish it',
			path: `${branch}?/publish`,
			form: { reason, key: 'doors-publish', termsAccepted: 'on' },
			not: [...all, 'jonas'],
			by: 'amina'
		},
		{
			act: 'discard a branch',
			path: `${given}?/discard`,
			form: {},
			not: [...all, 'jonas'],
			by: 'amina'
		},
		{
			act: 'support',
			path: `${support}?/rate`,
			form: { value: '2' },
			not: ['visitor'],
			by: 'marta'
		},
		{
			act: 'take support back',
			path: `${support}?/unrate`,
			form: {},
			not: ['visitor'],
			by: 'marta'
		},
		{
			act: 'accept',
			path: `${doc}/desk?/accept`,
			form: { id: accepted, reason },
			not: team,
			by: 'rafael'
		},
		{
			act: 'decline',
			path: `${doc}/desk?/answer`,
			form: { id: declined, reason, outcome: 'declined' },
			not: team,
			by: 'rafael'
		},
		{ act: 'answer', path: `${doc}/desk?/answer`, form: said, not: team, by: 'rafael' },
		{
			act: 'keep a reason at hand',
			path: `${doc}/desk/reasons?/keep`,
			form: { title: 'Doors', body: reason },
			not: team,
			by: 'rafael'
		},
		{
			act: 'merge what says the same',
			path: `${doc}/annotations/${merged}?/merge`,
			form: { id: merged, into: speaking },
			not: ['visitor', 'priya', 'jonas', 'dana', 'emil'],
			by: 'rafael'
		},
		{
			act: 'let it speak for itself',
			path: `${doc}/annotations/${merged}?/unmerge`,
			form: { id: merged },
			not: ['visitor', 'priya', 'jonas', 'dana', 'emil'],
			by: 'rafael'
		},
		{ act: 'follow', path: `${doc}/follow?/follow`, form: {}, not: ['visitor'], by: 'paul' },
		{ act: 'unfollow', path: `${doc}/follow?/unfollow`, form: {}, not: ['visitor'], by: 'paul' },
		{
			act: 'say how to be told',
			path: '/account/news',
			form: wishes,
			not: ['visitor'],
			by: 'bruno'
		},
		{
			act: 'mark news as read',
			path: '/news?/all',
			form: { id: 'z'.repeat(20) },
			not: ['visitor'],
			by: 'bruno'
		}
	];
	const tried = async ({ act, path, form, not, by }: Row) => {
		for (const who of not) {
			expect(await post(who, path, form), `${act}, by ${who}`).toMatch(/^(403|404|sign in)$/);
		}
		const more = { ...form, sudo: 'yes' };
		expect(await post(by, path, more), `${act}, with a field too many`).toBe('400');
		expect(await post(by, path, form), `${act}, by ${by}`).toBe('done');
	};
	for (const row of rows) await test.step(row.act, () => tried(row));

	await test.step('take a decision back, and put a reason away', async () => {
		await rafael.goto(`${doc}/decisions/1`);
		const decision = await rafael.locator('input[name=decision]').inputValue();
		await tried({
			act: 'undo',
			path: `${doc}/decisions/1?/undo`,
			form: { decision, reason },
			not: team,
			by: 'rafael'
		});
		await rafael.goto(`${doc}/desk/reasons`);
		const template = await rafael.locator('input[name=template]').inputValue();
		await tried({
			act: 'retire',
			path: `${doc}/desk/reasons?/retire`,
			form: { template },
			not: team,
			by: 'rafael'
		});
	});

	await test.step('of two of the team who accept the same at once one does', async () => {
		const brought = { email: 'noor@meravia.example', part: 'policy_team' };
		expect(await post('rafael', `${doc}/settings?/bring`, brought)).toBe('done');
		const open = await suggests('paul', 'morning', 'dawn');
		const both = await Promise.all(
			['rafael', 'noor'].map((who) => post(who, `${doc}/desk?/accept`, { id: open, reason }))
		);
		expect(both.sort()).toEqual(['409', 'done']);
		await rafael.goto(doc);
		await expect(rafael.locator(`[data-block="${first!.id}"]`)).toContainText('at six in the dawn');
	});
});
