/** Words of our own making for a draft of any length; the same ones at every run. */
import type { Delta } from '../../src/lib/documents/text/blocks.ts';

const STARTS = ['al', 'ber', 'cor', 'du', 'el', 'fen', 'gar', 'hol', 'in', 'jor', 'ka', 'lum'];
const MIDDLES = ['', 'a', 'ero', 'i', 'ona', 'u', 'ethe', 'is'];
const ENDS = ['n', 'ter', 'ma', 'l', 'sing', 'd', 'ry', 'st', 'ven', 'ment'];
const CLAUSE = 40;
/** Clauses below one heading. */
const SECTION = 12;

/** A sentence of so many words; its seed decides which. */
export function sentence(seed: number, length: number): string {
	const next = numbers(seed + 1);
	const words = Array.from({ length }, () => {
		const [start, middle, end] = [STARTS, MIDDLES, ENDS].map((some) => some[next() % some.length]);
		return `${start}${middle}${end}`;
	});
	const said = words.join(' ');
	return `${said[0]!.toUpperCase()}${said.slice(1)}.`;
}

/** A draft of so many words: sections of numbered clauses. */
export function draft(words: number): Delta {
	const delta: Delta = [];
	for (let index = 0; index * CLAUSE < words; index += 1) {
		if (index % SECTION === 0) {
			delta.push({ insert: sentence(index + 90_000, 4) });
			delta.push({ insert: '\n', attributes: block(`h${index}`, { type: 'heading', level: 2 }) });
		}
		delta.push({ insert: sentence(index + 50_000, CLAUSE) });
		const level = index % 3 === 0 ? 1 : 2;
		delta.push({ insert: '\n', attributes: block(`c${index}`, { type: 'clause', level }) });
	}
	return delta;
}

function block(id: string, attrs: Record<string, unknown>) {
	return { block: { id, ...attrs } };
}

/** A small generator of numbers that look random and are not. */
function numbers(seed: number): () => number {
	let state = (seed * 2_654_435_761) >>> 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>>= 0);
	};
}
