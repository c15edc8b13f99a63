import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contributorsIn } from './contributors.ts';
import type { Run } from './runs.ts';
import { countCharacters, givePermille, sharesOf, type Share, type Speaking } from './shares.ts';

const run = (from: number, to: number, personId: string, more: Partial<Run> = {}): Run => ({
	...{
		from,
		to,
		personId,
		way: 'typed',
		branchId: null,
		decisionId: null,
		restoredBy: null,
		at: 1
	},
	...more
});
const citizen: Speaking = () => ({ kind: 'citizen', orgName: null });

describe('shares of a text', () => {
	test('V4 count each character once: no line-ends, no embeds, an emoji as one', () => {
		expect(countCharacters('a\n\uFFFCé😀\n')).toBe(3);
		const counted = sharesOf([run(0, 3, 'ada'), run(3, 8, 'bo')], 'ab\n\uFFFC😀c\n', citizen);
		expect(counted.total).toBe(4);
		expect(counted.parts.map(({ characters }) => characters)).toEqual([2, 2]);
	});

	test('V4 gather by capacity as it stood then; what was there at first is nobody’s', () => {
		const runs = [
			run(0, 5, 'ines', { way: 'begun' }),
			run(5, 8, 'ada', { at: 1 }),
			run(8, 9, 'ada', { at: 9 }),
			run(9, 10, 'lost')
		];
		const speaking: Speaking = ({ personId, at }) => {
			if (personId === 'lost') return null;
			return { kind: at < 5 ? 'employee' : 'citizen', orgName: at < 5 ? 'Parks' : null };
		};
		const { groups } = sharesOf(runs, 'abcdefghij', speaking);
		expect(groups).toEqual([
			{ group: 'begun', people: 1, characters: 5, permille: 500 },
			{ group: 'citizen', people: 1, characters: 1, permille: 100 },
			{ group: 'employee', people: 1, characters: 3, permille: 300 },
			{ group: 'unknown', people: 1, characters: 1, permille: 100 }
		]);
	});

	test('V4 add up to the whole, whatever the numbers', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 40 }), (counts) => {
				const shares: Share[] = counts.map((characters) => ({ characters, permille: 0 }));
				givePermille(shares);
				const sum = shares.reduce((all, { permille }) => all + permille, 0);
				expect(sum).toBe(counts.some((count) => count > 0) ? 1_000 : 0);
				for (const { characters, permille } of shares) {
					const exact =
						(characters * 1_000) /
						Math.max(
							1,
							counts.reduce((a, b) => a + b)
						);
					expect(Math.abs(permille - exact)).toBeLessThan(1);
				}
			})
		);
	});
});

describe('contributors', () => {
	const runs = [
		run(0, 1, 'zoe'),
		run(1, 7, 'bo'),
		run(7, 9, 'emile'),
		run(9, 12, 'shy'),
		run(12, 14, 'gone'),
		run(14, 20, 'zoe', { way: 'begun' })
	];
	const counted = () => sharesOf(runs, 'abcdefghijklmnopqrst', citizen);
	const names = new Map<string, string | null>([
		['zoe', 'Zoe'],
		['bo', 'bo'],
		['emile', 'Émile'],
		['shy', null]
	]);

	test('V4 are named when they agreed, in the order of their names and never of their shares', () => {
		const found = contributorsIn(counted(), (id) => names.get(id), 'en');
		expect(found.named.map(({ name, characters }) => [name, characters])).toEqual([
			['bo', 6],
			['Émile', 2],
			['Zoe', 1]
		]);
		expect(found.unnamed).toEqual({ people: 1, characters: 3, permille: 150 });
		expect(found.gone).toEqual({ people: 1, characters: 2, permille: 100 });
		expect(found.begun).toEqual({ characters: 6, permille: 300 });
	});

	test('V4 add up to the whole with those who are not named', () => {
		const { named, unnamed, gone, begun } = contributorsIn(counted(), () => null, 'en');
		expect([named, gone]).toEqual([[], null]);
		expect(unnamed!.people).toBe(5);
		expect(unnamed!.permille + begun!.permille).toBe(1_000);
	});
});
