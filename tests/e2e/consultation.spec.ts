import { policies } from '../../src/lib/documents/markdown/policies.testing.ts';
import {
	decide,
	deskLine,
	expectScript,
	expectTold,
	passagesOf,
	pick,
	say,
	suggestInText,
	suggestInWords,
	wishLetters
} from './consulting.ts';
import { expect, test, type OpenAs } from './fixtures.ts';
import { dragOver, importWords, moveTo, newcomer, register, words, card } from './journeys.ts';

/** News are gathered for two minutes, then written, then sent. */
const LETTER_MS = 240_000;

test('a consultation on our own ordinance, from the file to the last answer', async ({
	openAs,
	request
}) => {
	const file = await request.get('/documents/urban-heat-and-shade-ordinance/versions/1/export');
	expect(file.ok()).toBe(true);
	const vera = await consult(openAs, await file.text(), 'shade-for-everyone.md');

	// What one has read needs no letter: hers comes before she looks.
	await test.step('the letter is there', async () => {
		const emil = await openAs('emil');
		const letters = emil.getByRole('list', { name: 'Letters, latest first' });
		const letter = letters.getByRole('listitem').filter({ hasText: vera.email });
		await expect
			.poll(
				async () => {
					await emil.goto('/admin/mail');
					return letter.count();
				},
				{ timeout: LETTER_MS, intervals: [5_000] }
			)
			.toBe(1);
		await letter.getByRole('link').click();
		const text = emil.locator('pre').first();
		await expect(text).toContainText('You have an answer: noted');
		await expect(text).toContainText(vera.title);
		await expect(text).toContainText(`/documents/${vera.slug}/`);
		await expect(emil.getByText(/^List-Unsubscribe/)).toBeVisible();
	});
	await vera.looks();
});

test('a consultation on a real draft, from the file to the last answer', async ({ openAs }) => {
	test.skip(policies === null, 'the real policies are not at hand');
	const vera = await consult(openAs, policies!.draft, 'source-code-policy.md');
	await vera.looks();
});

const REASONS = {
	together: 'Both make the duty clearer, and neither costs anything.',
	declined: 'The words are needed: without them nobody knows who acts.',
	question: 'The list is kept by the department, and open to everyone.',
	evidence: 'The figures decided us: the change of decision 1 follows them.',
	risk: 'We add a check to the plan, and keep the words.',
	comment: 'We read this with care. Nothing has to change in the text.'
};

/**
 * Plays a consultation on this text. Returns who asked the question: where her letter goes, about which
 * document, and how she looks at the answer in the portal.
 */
async function consult(openAs: OpenAs, markdown: string, name: string) {
	test.setTimeout(600_000);
	const rafael = await openAs('rafael');
	const slug = await importWords(rafael, markdown, name);
	await moveTo(rafael, slug, 'Co-drafting');
	await moveTo(rafael, slug, 'Consultation');
	const [first, second, third, fourth, fifth] = await passagesOf(rafael, slug, 5);
	const title = (await rafael.getByRole('heading', { level: 1 }).textContent())!.trim();
	const mark = `(${slug})`;

	const vera = newcomer('Vera Holt');
	const asks = await openAs('visitor');
	const said = {
		question: `Who keeps the list that this speaks of? ${mark}`,
		evidence: `We counted it for a year. ${mark}`,
		risk: `Small offices may not manage this in time. ${mark}`,
		comment: `This is well said. ${mark}`
	};

	await test.step('somebody new asks a question; a moderator lets it through', async () => {
		await asks.goto(`/sign-in?next=/documents/${slug}`);
		await register(asks, vera);
		await wishLetters(asks);
		await say(asks, slug, third!.id, {
			kind: 'Question',
			fill: () => asks.getByLabel('What would you like to say?').fill(said.question)
		});
		const noor = await openAs('noor');
		await noor.goto('/moderation');
		await noor
			.getByRole('list', { name: 'Waiting contributions' })
			.getByText(said.question)
			.click();
		await expect(noor.locator('article.item')).toContainText(said.question);
		await noor.getByRole('button', { name: 'Publish' }).click();
		await expect(noor.getByText('Published. Everyone sees it now.')).toBeVisible();
	});

	const [lena, paul, ines, jonas, priya, marta] = await Promise.all(
		['lena', 'paul', 'ines', 'jonas', 'priya', 'marta'].map((who) => openAs(who))
	);
	await test.step('people bring evidence, a risk, and a comment on some words', async () => {
		await say(jonas!, slug, fourth!.id, {
			kind: 'Evidence',
			fill: async () => {
				await jonas!.getByLabel('Source').fill('Our own count');
				await jonas!.getByLabel('Where it is').fill('https://count.meravia.example/');
				await jonas!.getByLabel('What would you like to say?').fill(said.evidence);
			}
		});
		await say(priya!, slug, fifth!.id, {
			kind: 'Risk',
			fill: async () => {
				await priya!.getByLabel('What is at risk').selectOption({ index: 1 });
				await priya!.getByLabel('What would you like to say?').fill(said.risk);
			}
		});
		await marta!.goto(`/documents/${slug}`);
		await expectScript(marta!);
		await dragOver(marta!, words(marta!, second!.id), second!.words.slice(0, 3).join(' '));
		await marta!.getByRole('button', { name: 'Comment on the selected words' }).click();
		await marta!.getByLabel('What would you like to say?').fill(said.comment);
		await marta!.getByRole('button', { name: 'Post comment' }).click();
		await expect(card(marta!, said.comment)).toBeVisible();
	});

	const why = {
		lena: `It is a duty, not a wish. ${mark}`,
		paul: `Say it once, and plainly. ${mark}`,
		ines: `Shorter. ${mark}`
	};
	await test.step('three people suggest other words, in the text and in the form', async () => {
		const at = first!.words;
		const place = at.slice(2, 4).join(' ');
		await suggestInText(lena!, slug, first!, { before: place, type: 'always ', why: why.lena });
		const from = at.slice(7, 9).join(' ');
		await suggestInWords(paul!, slug, first!, {
			change: (text) => text.replace(from, `${at[7]} indeed ${at[8]}`),
			why: why.paul
		});
		const gone = second!.words.slice(8, 10).join(' ');
		await suggestInWords(ines!, slug, second!, {
			change: (text) => text.replace(gone, 'so'),
			why: why.ines
		});
	});

	await test.step('others rate a suggestion and a passage', async () => {
		const amina = await openAs('amina');
		await amina.goto(lena!.url());
		await amina.getByRole('button', { name: 'Strongly for' }).click();
		await expect(amina.getByRole('button', { name: 'Strongly for' })).toHaveAttribute(
			'aria-pressed',
			'true'
		);
		await amina.goto(`/documents/${slug}`);
		const support = amina.locator(`[data-support-block="${second!.id}"]`);
		await amina.goto((await support.getAttribute('href'))!);
		await amina.getByRole('button', { name: 'For', exact: true }).click();
		await expect(amina.getByText('You said: For.')).toBeVisible();
		await amina.goto(`/documents/${slug}?view=suggestions`);
		await expect(words(amina, first!.id).locator('ins').first()).toBeVisible();
	});

	await moveTo(rafael, slug, 'Revising');
	const desk = `/documents/${slug}/desk`;
	await test.step('the team accepts two together, with one reason, and declines one', async () => {
		await rafael.goto(desk);
		await expect(deskLine(rafael, 'Lena Ruiz')).toContainText('1 support');
		await pick(rafael, 'Lena Ruiz', 'Paul Adeyemi');
		const result = rafael.getByRole('region', { name: 'What you are about to do' });
		await expect(result.locator('ins')).toHaveCount(2);
		await decide(rafael, 'Accept 2 together', REASONS.together);
		await pick(rafael, 'Ines Tavares');
		await decide(rafael, 'Decline', REASONS.declined);
		await rafael.goto(`/documents/${slug}`);
		const [, , third_, fourth_] = first!.words;
		await expect(words(rafael, first!.id)).toContainText(`always ${third_} ${fourth_}`);
		await expect(words(rafael, first!.id)).toContainText(`${first!.words[7]} indeed`);
	});

	await test.step('it answers what was said, and cannot close while one waits', async () => {
		await rafael.goto(`${desk}?tab=remarks`);
		await pick(rafael, said.question);
		await decide(rafael, 'Answer it', REASONS.question);
		await pick(rafael, said.evidence);
		await rafael.getByRole('radio', { name: /^Accepted The text does what/ }).check();
		await rafael
			.getByLabel(/^What changed because of it/)
			.selectOption({ label: `Decision 1: ${REASONS.together}` });
		await decide(rafael, 'Answer it', REASONS.evidence);
		await pick(rafael, said.risk);
		await rafael.getByRole('radio', { name: /^Accepted in part/ }).check();
		await decide(rafael, 'Answer it', REASONS.risk);

		await rafael.goto(`/documents/${slug}/settings`);
		await rafael.getByRole('radio', { name: /^Final/ }).check();
		await rafael.getByLabel(/^Reason/).fill('It is done.');
		await rafael.getByRole('button', { name: 'Move the document' }).click();
		await expect(rafael.getByRole('alert')).toContainText('1 contribution waits for an answer');
		await expect(rafael.getByText('6 of 7 answered')).toBeVisible();
		await rafael.getByRole('link', { name: 'closing waits for 1' }).click();
		await rafael.getByRole('link', { name: 'Questions and comments 1' }).last().click();
		await expect(rafael).toHaveURL(new RegExp(`${desk}.tab=remarks`));
		await pick(rafael, said.comment);
		await decide(rafael, 'Answer it', REASONS.comment);
	});
	await moveTo(rafael, slug, 'Final');
	await moveTo(rafael, slug, 'Adopted');

	await test.step('each author is told in the portal, and sees the four marks', async () => {
		const all = 'Heard Answered Used Resulted';
		await expectTold(lena!, { slug, title, words: why.lena, reason: REASONS.together, marks: all });
		await expectTold(paul!, { slug, title, words: why.paul, reason: REASONS.together, marks: all });
		await expectTold(jonas!, {
			slug,
			title,
			words: said.evidence,
			reason: REASONS.evidence,
			marks: all
		});
		const two = 'Heard Answered';
		await expectTold(ines!, { slug, title, words: why.ines, reason: REASONS.declined, marks: two });
		await expectTold(priya!, { slug, title, words: said.risk, reason: REASONS.risk, marks: two });
		await expectTold(marta!, {
			slug,
			title,
			words: said.comment,
			reason: REASONS.comment,
			marks: two
		});
	});

	await test.step('the ledger lists everything with its reason, also as data', async () => {
		const visitor = await openAs('visitor', { javaScriptEnabled: false });
		await visitor.goto(`/documents/${slug}/ledger`);
		const rows = visitor.getByRole('table').getByRole('row');
		await expect(rows).toHaveCount(8);
		await expect(visitor.getByText('7 of 7 answered')).toBeVisible();
		const told: Array<[string, string, string]> = [
			['Lena Ruiz', 'Accepted', REASONS.together],
			['Paul Adeyemi', 'Accepted', REASONS.together],
			['Ines Tavares', 'Declined', REASONS.declined],
			[said.question, 'Noted', REASONS.question],
			[said.evidence, 'Accepted', REASONS.evidence],
			[said.risk, 'Accepted in part', REASONS.risk],
			[said.comment, 'Noted', REASONS.comment]
		];
		for (const [who, outcome, reason] of told) {
			const row = rows.filter({ hasText: who });
			await expect(row).toHaveCount(1);
			await expect(row).toContainText(outcome);
			await expect(row).toContainText(reason);
		}
		const json = await visitor.request.get(`/documents/${slug}/ledger.json`);
		const data = JSON.stringify(await json.json());
		const csv = await (await visitor.request.get(`/documents/${slug}/ledger.csv`)).text();
		for (const reason of Object.values(REASONS)) {
			expect(data).toContain(reason);
			expect(csv).toContain(reason);
		}
		expect(csv.trim().split('\r\n')).toHaveLength(8);
	});

	const answered = {
		slug,
		title,
		words: said.question,
		reason: REASONS.question,
		marks: 'Heard Answered'
	};
	return { email: vera.email, slug, title, looks: () => expectTold(asks, answered) };
}
