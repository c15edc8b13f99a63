import { expect, test } from 'vitest';
import { inTextOrder, suggestionCards, threadCards } from './beside.ts';
import type { SuggestedHere, SuggestionLine } from './suggestion-views.ts';
import type { AnnotationView } from './views.ts';
import { blocksBeyond, step, type Direction, type Walked } from './walk.ts';

const BLOCKS = ['c1', 'c2', 'c3', 'c4', 'c5'];
const order = new Map(BLOCKS.map((id, at) => [id, at]));
const here = (at: number, count: number, ...ids: string[]): SuggestedHere => ({
	from: at * 10,
	count,
	lines: ids.map((id) => ({ id }) as SuggestionLine)
});
const thread = (id: string, blockId: string | null) =>
	({ id, place: { blockId, from: BLOCKS.indexOf(blockId ?? '') * 10 } }) as AnnotationView;

/** Where each thing is said. The second clause has two suggestions that only the list shows. */
const SUGGESTED: Record<string, SuggestedHere> = {
	c2: here(1, 4, 's-best', 's-next'),
	c4: here(3, 2, 's-alone', 's-both'),
	c5: here(4, 1, 's-both')
};
const THREADS = [
	thread('t-first', 'c1'),
	thread('t-second', 'c2'),
	thread('t-last', 'c5'),
	thread('t-orphan', null)
];
const suggested = new Map(Object.entries(SUGGESTED).map(([id, { count }]) => [id, count]));

/** A conversation as a page holds it, of which only what was loaded is here; `offline` blocks never are. */
class Talk implements Walked {
	current: string | null = null;
	order = order;
	threads = THREADS;
	figures = { c1: { comments: 1 }, c2: { comments: 1 }, c5: { comments: 1 } };
	loaded: string[] = [];
	readonly #offline: string[];

	constructor(...offline: string[]) {
		this.#offline = offline;
	}

	get beside() {
		const has = (id: string | null) => id === null || this.loaded.includes(id);
		const of = Object.entries(SUGGESTED).filter(([id]) => has(id));
		const threads = this.threads.filter(({ place }) => has(place.blockId));
		return inTextOrder(suggestionCards(Object.fromEntries(of)), threadCards(threads), this.order);
	}

	async load(blockId: string) {
		if (this.#offline.includes(blockId) || this.loaded.includes(blockId)) return;
		this.loaded = [...this.loaded, blockId];
	}

	/** Walks so many steps and says which cards were come to. */
	async walk(direction: Direction, steps: number, from: string | null = null) {
		const cards: string[] = [];
		for (let at = 0; at < steps; at += 1) {
			const found = await step(this, direction, { from, suggested });
			this.current = found?.id ?? null;
			cards.push(found?.id ?? 'nothing');
		}
		return cards;
	}
}

const ALL = ['t-first', 's-best', 's-next', 't-second', 's-alone', 's-both', 't-last'];

test('going on: what is suggested for a clause, then what is said of it, and round the end', async () => {
	expect(await new Talk().walk(1, 8)).toEqual([...ALL, 't-first']);
});

test('going back: the same the other way, round the beginning', async () => {
	const talk = new Talk();
	talk.loaded = BLOCKS;
	talk.current = 't-first';
	expect(await talk.walk(-1, 7)).toEqual(ALL.toReversed());
});

test('one begins at the clause in view, going back before it', async () => {
	expect(await new Talk().walk(1, 1, 'c2')).toEqual(['s-best']);
	expect(await new Talk().walk(1, 1, 'c3')).toEqual(['s-alone']);
	expect(await new Talk().walk(-1, 1, 'c2')).toEqual(['t-first']);
	expect(await new Talk().walk(-1, 1, 'c1')).toEqual(['t-last']);
});

test('blocks are loaded as they are come to, those with nothing to say not at all', async () => {
	const talk = new Talk();
	await talk.walk(1, 5, 'c2');
	expect(talk.loaded).toEqual(['c2', 'c4']);
});

test('a block whose only suggestion has its card further up is passed by', async () => {
	const talk = new Talk();
	talk.threads = THREADS.filter(({ id }) => id !== 't-last');
	talk.loaded = ['c4'];
	talk.current = 's-both';
	expect(await talk.walk(1, 1)).toEqual(['t-first']);
	expect(talk.loaded).toEqual(['c4', 'c5', 'c1']);
});

test('what cannot be loaded is passed by', async () => {
	expect(await new Talk('c2', 'c4').walk(1, 3)).toEqual(['t-first', 's-both', 't-last']);
});

test('from a remark whose place is gone one goes on at the clause in view', async () => {
	const talk = new Talk();
	talk.current = 't-orphan';
	expect(await talk.walk(1, 1, 'c2')).toEqual(['s-best']);
});

test('a text that nobody said anything about has nowhere to go', async () => {
	const talk = new Talk();
	talk.figures = {} as Talk['figures'];
	expect(await step(talk, 1, { from: 'c1', suggested: new Map() })).toBeUndefined();
});

test('the block that was left comes last', () => {
	const beyond = (direction: Direction, left: string | null, from: string | null = null) =>
		blocksBeyond(order, direction, { left, from }).join(' ');
	expect(beyond(1, 'c2', 'c5')).toBe('c3 c4 c5 c1 c2');
	expect(beyond(-1, 'c2')).toBe('c1 c5 c4 c3 c2');
	expect(beyond(1, null, 'c2')).toBe('c2 c3 c4 c5 c1');
	expect(beyond(-1, null)).toBe('c5 c4 c3 c2 c1');
});
