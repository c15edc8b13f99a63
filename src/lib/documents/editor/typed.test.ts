import fc from 'fast-check';
import { EditorState, type Transaction } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { readBlocks, type Delta } from '../text/blocks.ts';
import { docOf } from './convert.ts';
import { localChange } from './local.ts';
import { schema } from './schema.ts';
import { typedBy } from './typed.ts';

const end = (id: string, type = 'paragraph') => ({
	insert: '\n',
	attributes: { block: { id, type } }
});
const TEXT: Delta = [
	{ insert: 'The ' },
	{ insert: 'quick', attributes: { strong: true } },
	{ insert: { type: 'note', note: 'n' } },
	{ insert: ' 😀 fox 😀' },
	end('a'),
	end('b'),
	{ insert: '😀' },
	end('c'),
	{ insert: 'last words' },
	end('d')
];
const doc = docOf(readBlocks(TEXT));
const state = EditorState.create({ doc });

const edit = fc.record({
	from: fc.nat({ max: doc.content.size }),
	length: fc.nat({ max: 4 }),
	words: fc.constantFrom('', 'a', 'new ', '😀', '\n', 'x\r', 'é'),
	bold: fc.boolean()
});

function edited({
	from,
	length,
	words,
	bold
}: typeof edit extends fc.Arbitrary<infer T> ? T : never) {
	const to = Math.min(doc.content.size, from + length);
	const { tr } = state;
	if (words === '') return tr.delete(from, to);
	return tr.replaceWith(from, to, schema.text(words, bold ? [schema.mark('strong')] : []));
}

test('what was typed is told as the thorough way tells it, or left to that', () => {
	let told = 0;
	fc.assert(
		fc.property(edit, (one) => {
			let tr: Transaction;
			try {
				tr = edited(one);
			} catch {
				return;
			}
			const typed = typedBy(tr);
			if (!typed) return;
			told += 1;
			expect(typed.change).toEqual(localChange(doc, [tr]));
		}),
		{ numRuns: 5_000 }
	);
	expect(told).toBeGreaterThan(500);
});

test('a pair is never cut: inside one, the thorough way is taken', () => {
	let inside = 0;
	for (let at = 1; at < doc.content.size; at += 1) {
		const unit = doc.textBetween(at - 1, at).charCodeAt(0);
		if (!(unit >= 0xd800 && unit < 0xdc00)) continue;
		inside += 1;
		expect(typedBy(state.tr.insert(at, schema.text('x')))).toBeNull();
		expect(typedBy(state.tr.delete(at, at + 1))).toBeNull();
		expect(typedBy(state.tr.delete(at - 1, at))).toBeNull();
	}
	expect(inside).toBe(3);
});
