import { expect, test } from 'vitest';
import { csvLine } from '#lib/decisions/export.ts';
import { SHARE_FIELDS, shareRecords } from './contributors-export.ts';

test('V4 the shares as data: each of the two ways adds up to one, and only agreed names are in it', () => {
	const records = shareRecords({
		...{ version: 2, contentHash: 'ab', row: '1.9', total: 200 },
		groups: [
			{ group: 'begun', people: 1, characters: 100, permille: 500 },
			{ group: 'citizen', people: 3, characters: 100, permille: 500 }
		],
		named: [
			{
				...{ name: '=Ada', characters: 60, permille: 300 },
				capacities: [
					{ group: 'employee', orgName: 'Parks' },
					{ group: 'citizen', orgName: null }
				]
			}
		],
		unnamed: { people: 2, characters: 40, permille: 200 },
		gone: null,
		begun: { characters: 100, permille: 500 }
	});
	for (const by of ['capacity', 'contributor']) {
		const own = records.filter((record) => record.by === by);
		expect(own.reduce((sum, { share }) => sum + Number(share), 0)).toBe(1);
	}
	expect(records.map(({ who, capacity, people }) => [who, capacity, people])).toEqual([
		['beginning', null, null],
		[null, 'citizen', 3],
		['=Ada', 'employee; citizen', 1],
		['unnamed', null, 2],
		['beginning', null, null]
	]);
	const [line] = records.slice(2).map((record) => csvLine(SHARE_FIELDS.map((one) => record[one])));
	expect(line).toBe("2,ab,contributor,'=Ada,employee; citizen,Parks,1,60,0.3\r\n");
});
