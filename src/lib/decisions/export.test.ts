import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell, csvLine, FIELDS, toRecord } from './export.ts';
import type { Entry } from './views.ts';

const ENTRY: Entry = {
	id: 'c1',
	kind: 'suggestion',
	status: 'published',
	author: '=HYPERLINK("http://bad","Amina")',
	capacity: { kind: 'citizen', orgId: null, orgName: null },
	body: 'Wider, please.\nWith "room".',
	quote: null,
	change: {
		parts: [
			{ kind: 'same', text: 'within ' },
			{ kind: 'del', text: 'ten' },
			{ kind: 'ins', text: 'twenty' }
		],
		more: 0
	},
	blockId: 'b1',
	number: '4.2',
	replies: 2,
	createdAt: Date.UTC(2026, 4, 4),
	href: '/documents/shade/suggestions/c1',
	outcome: null,
	answeredAt: null,
	decision: null,
	mergedInto: null
};

describe('the ledger as data', () => {
	test('A10 has stable fields and says that it waits', () => {
		const record = toRecord(ENTRY, 'https://moot.example');
		expect(Object.keys(record)).toEqual([...FIELDS]);
		expect(record).toMatchObject({
			outcome: 'waiting',
			change: 'within [-ten-]{+twenty+}',
			made_at: '2026-05-04T00:00:00.000Z',
			url: 'https://moot.example/documents/shade/suggestions/c1'
		});
	});

	test('A10 no spreadsheet runs a cell', () => {
		for (const [raw, cell] of [
			['=1+1', "'=1+1"],
			['+1', "'+1"],
			['-1', "'-1"],
			['@sum(a1)', "'@sum(a1)"],
			['\t=1', "'\t=1"],
			['a,b', '"a,b"'],
			['say "no"', '"say ""no"""'],
			['two\nlines', '"two\nlines"'],
			['plain', 'plain']
		]) {
			expect(csvCell(raw!)).toBe(cell);
		}
		expect(csvCell(-1)).toBe('-1');
		expect(csvCell(null)).toBe('');
	});

	test('what is written can be read again, cell by cell', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
				const read = readLine(csvLine(cells));
				const plain = read.map((cell) => (/^'[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell));
				const wanted = cells.map((cell) => (/^'[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell));
				expect(plain).toEqual(wanted);
				for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
			})
		);
	});
});

/** A line of CSV as a spreadsheet reads it. */
function readLine(line: string): string[] {
	const cells: string[] = [];
	let at = 0;
	for (;;) {
		let cell = '';
		if (line[at] === '"') {
			for (at += 1; line[at] !== '"' || line[at + 1] === '"'; at += 1) {
				cell += line[at];
				if (line[at] === '"') at += 1;
			}
			at += 1;
		} else while (line[at] !== ',' && line[at] !== '\r') cell += line[at++];
		cells.push(cell);
		if (line[at] !== ',') return cells;
		at += 1;
	}
}
