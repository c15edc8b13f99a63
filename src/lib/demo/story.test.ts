import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { alignedText, numberClauses, plainText, readBlocks } from '#lib/documents/text/blocks.ts';
import { openBody, seedBody } from '#lib/documents/text/body.ts';
import { passwordProblem } from '#lib/people/passwords.ts';
import { cast, DEMO_PASSWORD, orgs } from './cast.ts';

import { applyEdit } from './changes/apply.ts';
import { stories, type Story } from './story.ts';
import type { Annotation } from './talk/annotation.ts';
import { deltaOf } from './texts/draft.ts';

const [ordinance, coolStops] = stories as [Story, Story];

/** The body as it stood that many days ago. */
function bodyAt(story: Story, day: number): Y.Text {
	const body = openBody(new Y.Doc());
	seedBody(body, deltaOf(story.passages));
	const past = story.edits.filter((edit) => edit.at >= day);
	for (const edit of past.sort((a, b) => b.at - a.at)) applyEdit(body, edit);
	return body;
}

const wordsOf = (body: Y.Text) => readBlocks(body).map(plainText).join('\n').split(/\s+/).length;

function textOf(body: Y.Text, id: string): string | undefined {
	const block = readBlocks(body).find((one) => one.id === id);
	return block && alignedText(block);
}

const timesIn = (text: string, words: string) => text.split(words).length - 1;

describe.each(stories)('$about.title', (story) => {
	test.each(story.talk)('“$quote” stands once in $in on its day', (remark: Annotation) => {
		expect(timesIn(textOf(bodyAt(story, remark.at), remark.in) ?? '', remark.quote)).toBe(1);
	});

	test.each(story.talk)('“$quote” has today the fate that is told', (remark: Annotation) => {
		const today = readBlocks(bodyAt(story, 0)).map(alignedText).join('\n');
		expect(today.includes(remark.quote)).toBe(remark.fate === undefined);
	});

	test('is talked about only by the cast, in order of time', () => {
		const names = cast.map((one) => one.key);
		for (const remark of story.talk) {
			const ends = [remark.resolved?.at, remark.withdrawn].filter((at) => at !== undefined);
			const times = [remark.at, ...remark.replies.map((one) => one.at), ...ends];
			expect(times).toEqual(times.toSorted((a, b) => b - a));
			expect(Math.min(...times)).toBeGreaterThan(0);
			for (const one of [remark, ...remark.replies]) expect(names).toContain(one.author);
		}
	});

	test('is supported only by the cast, on clauses that stand on that day', () => {
		const names = cast.map((one) => one.key);
		for (const { author, at, on } of story.support) {
			expect(names).toContain(author);
			expect(textOf(bodyAt(story, at), on), on).toBeTruthy();
			expect(at).toBeLessThan(story.opened);
		}
		const once = story.support.map(({ author, on }) => `${author} ${on}`);
		expect(new Set(once).size).toBe(once.length);
	});

	test('is written only by those who may write it', () => {
		const writers = [story.lead, ...story.coDrafters];
		for (const one of [...story.passages, ...story.edits]) expect(writers).toContain(one.author);
		expect(new Set(story.edits.map((one) => one.author)).size).toBeGreaterThan(3);
	});

	test('is begun, opened, frozen and consulted on before its talk and changes need it', () => {
		expect(Math.max(...story.edits.map((one) => one.at))).toBeLessThan(story.opened);
		expect(Math.max(...story.talk.map((one) => one.at))).toBeLessThan(story.opened);
		expect(story.begun).toBeGreaterThan(story.opened + 1);
	});

	test('names every block once, and every footnote has its body', () => {
		const blocks = readBlocks(bodyAt(story, 0));
		expect(blocks.map((one) => one.attrs.id)).toEqual([...new Set(blocks.map((one) => one.id))]);
		const marks = blocks.flatMap((one) =>
			one.spans.flatMap((span) =>
				'embed' in span && span.embed.type === 'note' ? [span.embed.note] : []
			)
		);
		const bodies = blocks.flatMap(({ attrs }) => (attrs.type === 'note' ? [attrs.note] : []));
		expect(bodies).toEqual(marks);
	});

	test('links to nothing but invented places', () => {
		for (const { spans } of readBlocks(bodyAt(story, 0))) {
			for (const { marks } of spans) {
				if (marks.link) expect(new URL(marks.link).hostname).toMatch(/(^|\.)meravia\.example$/);
			}
		}
	});
});

describe('the ordinance', () => {
	const today = bodyAt(ordinance, 0);

	test('is long enough to be a real law', () => {
		expect(wordsOf(bodyAt(ordinance, ordinance.consultation!.at))).toBeGreaterThan(2_700);
		expect(wordsOf(today)).toBeGreaterThan(2_700);
	});

	test('says what everyone quotes, under the number they quote', () => {
		const numbers = numberClauses(readBlocks(today));
		const byNumber = new Map([...numbers].map(([id, number]) => [number, textOf(today, id)]));
		expect(['1', '2', '3', '4', '5', '6'].map((number) => byNumber.get(number))).toEqual([
			'Purpose',
			'Definitions',
			'Duty to shade',
			'Use of shaded places',
			'Money',
			'Measuring'
		]);
		expect(byNumber.get('4.1')).toBe(
			'Every shaded stop is public. No permit is needed to sit, wait or rest there at any hour.'
		);
		expect(byNumber.get('4.2')).toBe(
			'Street vendors may trade within ten metres of a shaded stop, provided that a passage of two metres stays free for people walking, pushing a pram or using a wheelchair.'
		);
		expect(byNumber.get('4.3')).toBe(
			'The city sets the number of trading places for each stop every spring, after hearing vendors, residents and the people who clean the stop.'
		);
		expect(byNumber.get('4.4')).toBe(
			'Where shade is made by a building’s owner, the owner keeps the right to close it between midnight and five, with notice on the spot.'
		);
	});

	test('refers only to clauses that exist, today and in both versions', () => {
		for (const day of [0, ordinance.consultation!.at, ordinance.frozen!.at]) {
			const blocks = readBlocks(bodyAt(ordinance, day));
			const numbers = numberClauses(blocks);
			const named = blocks
				.map(plainText)
				.join('\n')
				.matchAll(/\b(?:clause|section) ([\d.]*\d)/g);
			for (const [, number] of named) {
				// The ids keep the numbers of the first text, which is what its words refer to.
				const id = number!.includes('.') ? `c${number!.replace('.', '-')}` : `s${number}`;
				expect(numbers.get(id)).toBe(number);
			}
		}
	});

	test('changed between its versions by a dozen edits or more', () => {
		const between = ordinance.edits.filter(
			({ at }) => at < ordinance.frozen!.at && at > ordinance.consultation!.at
		);
		expect(between.length).toBeGreaterThanOrEqual(12);
		expect(ordinance.edits.length).toBeGreaterThan(between.length);
	});
});

test('the service design is as long as a service design should be', () => {
	const words = wordsOf(bodyAt(coolStops, 0));
	expect(words).toBeGreaterThan(900);
	expect(words).toBeLessThan(1_300);
});

test('there is much to read: marks of every kind, and real talk', () => {
	const talk = stories.flatMap((one) => one.talk);
	const count = (is: (one: Annotation) => unknown) => talk.filter(is).length;
	expect(talk.length).toBeGreaterThanOrEqual(28);
	expect(talk.flatMap((one) => one.replies).length).toBeGreaterThanOrEqual(45);
	expect(count((one) => one.resolved)).toBeGreaterThan(4);
	expect(count((one) => one.withdrawn)).toBe(1);
	expect(count((one) => one.held)).toBe(1);
	expect(count((one) => one.fate === 'changed')).toBe(2);
	expect(count((one) => one.fate === 'orphaned')).toBe(1);
	const bodies = talk.flatMap((one) => [one, ...one.replies]).map((one) => one.body);
	expect(new Set(bodies).size).toBe(bodies.length);
});

test('the cast is a dozen different people with organisations that exist', () => {
	expect(cast).toHaveLength(12);
	for (const key of ['key', 'name', 'email'] as const) {
		expect(new Set(cast.map((one) => one[key])).size).toBe(12);
	}
	const known = orgs.map((one) => one.key);
	for (const { name, email, capacities } of cast) {
		expect(passwordProblem(DEMO_PASSWORD, [name, email])).toBeNull();
		expect(email).toMatch(/@meravia\.example$/);
		for (const { org } of capacities) if (org) expect(known).toContain(org);
	}
	orgs.forEach(({ parent }, at) => parent && expect(known.slice(0, at)).toContain(parent));
});
