import { expect, test } from 'vitest';
import { inTextOrder, suggestionCards, threadCards } from './beside.ts';
import type { SuggestionLine } from './suggestion-views.ts';
import type { AnnotationView } from './views.ts';

const line = (id: string) => ({ id }) as SuggestionLine;
const thread = (id: string, blockId: string | null, from: number) =>
	({ id, place: { blockId, from } }) as AnnotationView;
const ids = (cards: Array<{ id: string }>) => cards.map(({ id }) => id);

const of = {
	c2: { from: 40, count: 5, lines: [line('best'), line('both')] },
	c1: { from: 0, count: 1, lines: [line('both')] }
};

test('a suggestion that changes two clauses has one card, at the first of them', () => {
	const cards = suggestionCards(of);
	expect(cards.map(({ id, blockId }) => [id, blockId])).toEqual([
		['both', 'c1'],
		['best', 'c2']
	]);
});

test('the last one shown for a clause says how many are only in the list', () => {
	const shown = { c2: { from: 40, count: 5, lines: [line('best'), line('next')] } };
	expect(suggestionCards(shown).map(({ id, more }) => [id, more])).toEqual([
		['best', 0],
		['next', 3]
	]);
});

test('in a clause, what is suggested stands before what is said', () => {
	const threads = threadCards([thread('early', 'c1', 0), thread('late', 'c2', 44)]);
	const cards = inTextOrder(suggestionCards(of), threads, new Map());
	expect(ids(cards)).toEqual(['both', 'early', 'best', 'late']);
});

test('the page knows better than indices of different moments where a block stands', () => {
	const order = new Map([
		['c2', 0],
		['c1', 1]
	]);
	const threads = threadCards([thread('early', 'c1', 0), thread('late', 'c2', 44)]);
	const cards = inTextOrder(suggestionCards(of), threads, order);
	expect(ids(cards)).toEqual(['best', 'late', 'both', 'early']);
});

test('threads of a clause keep the order they have', () => {
	const threads = threadCards([thread('a', 'c1', 3), thread('b', 'c1', 3), thread('c', 'c1', 9)]);
	expect(ids(inTextOrder([], threads, new Map()))).toEqual(['a', 'b', 'c']);
});
