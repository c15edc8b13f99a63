import { afterEach, expect, test, vi } from 'vitest';
import { Follows } from './follows.svelte.ts';

afterEach(() => void vi.unstubAllGlobals());

/** Answers in turn; an answer that is missing is a connection that failed. */
function answering(...answers: string[][]) {
	const asked = vi.fn(async () => {
		const clauses = answers.shift();
		if (!clauses) throw new TypeError('offline');
		return Response.json({ whole: false, clauses });
	});
	vi.stubGlobal('fetch', asked);
	return asked;
}

test('N8 what one follows is asked once for all clauses, and kept in step with what one chooses', async () => {
	const asked = answering(['a']);
	const follows = new Follows('shade', () => 'ama');
	expect(follows.of('a')).toBeUndefined();
	await Promise.all([follows.ask(), follows.ask()]);
	await follows.ask();
	expect(asked).toHaveBeenCalledExactlyOnceWith('/documents/shade/follow/own');
	expect([follows.of('a'), follows.of('b')]).toEqual([true, false]);
	follows.took('b', true);
	follows.took('a', false);
	expect([follows.of('a'), follows.of('b')]).toEqual([false, true]);
});

test('N8 a visitor is not asked for; another person has another answer', async () => {
	const asked = answering(['a'], []);
	let viewer: string | null = null;
	const follows = new Follows('shade', () => viewer);
	await follows.ask();
	expect(asked).not.toHaveBeenCalled();
	expect(follows.of('a')).toBeNull();
	viewer = 'ama';
	await follows.ask();
	expect(follows.of('a')).toBe(true);
	viewer = 'jonas';
	await follows.ask();
	expect(follows.of('a')).toBe(false);
});

test('N8 offline nothing is known, and it is asked again', async () => {
	const asked = answering();
	const follows = new Follows('shade', () => 'ama');
	await follows.ask();
	expect(follows.of('a')).toBeUndefined();
	await follows.ask();
	expect(asked).toHaveBeenCalledTimes(2);
});
