import type { Block } from './blocks.ts';

/**
 * The numbers of sections and clauses, by block id.
 *
 * The rule: sections are the headings of the highest rank that stands directly above a clause
 * (a title above them stays unnumbered, headings below them too). All headings of that rank are
 * numbered 1, 2, 3 through the whole document. A level-1 clause is `<section>.<n>` and restarts
 * with each section; deeper ones add (a), then (i), then (A). Clauses before the first section
 * are 1, 2, 3. A document without clauses has no numbers.
 */
export function numberClauses(
	blocks: ReadonlyArray<Pick<Block, 'id' | 'attrs'>>
): Map<string, string> {
	const rank = sectionRank(blocks);
	const numbers = new Map<string, string>();
	let section = 0;
	let counts = [0, 0, 0, 0];
	for (const { id, attrs } of blocks) {
		if (attrs.type === 'heading' && attrs.level === rank) {
			section++;
			counts = [0, 0, 0, 0];
			numbers.set(id, String(section));
		}
		if (attrs.type === 'clause') {
			counts[attrs.level - 1]!++;
			counts.fill(0, attrs.level);
			numbers.set(id, clauseNumber(section, counts));
		}
	}
	return numbers;
}

/** The smallest heading level among the nearest headings above clauses. */
function sectionRank(blocks: ReadonlyArray<Pick<Block, 'attrs'>>): number {
	let rank = Infinity;
	let nearest = Infinity;
	for (const { attrs } of blocks) {
		if (attrs.type === 'heading') nearest = attrs.level;
		if (attrs.type === 'clause') rank = Math.min(rank, nearest);
	}
	return rank;
}

function clauseNumber(section: number, [first, second, third, fourth]: number[]): string {
	const top = [section, first].filter(Boolean).join('.');
	const deeper = [
		second ? letters(second) : '',
		third ? roman(third) : '',
		fourth ? letters(fourth).toUpperCase() : ''
	];
	return (
		top +
		deeper
			.filter(Boolean)
			.map((part) => `(${part})`)
			.join('')
	);
}

/** 1 → a, 26 → z, 27 → aa. */
function letters(count: number): string {
	const rest = Math.floor((count - 1) / 26);
	return (rest > 0 ? letters(rest) : '') + String.fromCharCode(97 + ((count - 1) % 26));
}

function roman(count: number): string {
	const signs: Array<[number, string]> = [
		[1000, 'm'],
		[900, 'cm'],
		[500, 'd'],
		[400, 'cd'],
		[100, 'c'],
		[90, 'xc'],
		[50, 'l'],
		[40, 'xl'],
		[10, 'x'],
		[9, 'ix'],
		[5, 'v'],
		[4, 'iv'],
		[1, 'i']
	];
	let [out, left] = ['', count];
	for (const [value, sign] of signs) {
		for (; left >= value; left -= value) out += sign;
	}
	return out;
}
