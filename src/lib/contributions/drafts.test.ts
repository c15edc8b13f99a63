// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { keepDraft, readDraft, sweepDrafts } from './drafts.ts';

const DAY = 86_400_000;
beforeEach(() => localStorage.clear());

test('words typed are there again, by their place, until nothing is left of them', () => {
	keepDraft('new:shade:c1', 'Half a thought');
	keepDraft('reply:abc', 'Another');
	expect(readDraft('new:shade:c1')).toBe('Half a thought');
	keepDraft('new:shade:c1', '  ');
	expect(readDraft('new:shade:c1')).toBe('');
	expect(readDraft('reply:abc')).toBe('Another');
});

test('drafts nobody came back to for a month are forgotten, what others keep is not', () => {
	const now = 100 * DAY;
	keepDraft('old', 'x', now - 31 * DAY);
	keepDraft('young', 'y', now - 29 * DAY);
	localStorage.setItem('folkmoot:quiet', '1');
	localStorage.setItem('folkmoot:draft:broken', 'not json');
	sweepDrafts(now);
	expect([readDraft('old'), readDraft('young')]).toEqual(['', 'y']);
	expect(localStorage.getItem('folkmoot:draft:broken')).toBeNull();
	expect(localStorage.getItem('folkmoot:quiet')).toBe('1');
});

test('what a browser kept badly is no draft', () => {
	localStorage.setItem('folkmoot:draft:a', 'not json');
	localStorage.setItem('folkmoot:draft:b', '{"text":3}');
	expect([readDraft('a'), readDraft('b'), readDraft('c')]).toEqual(['', '', '']);
});
