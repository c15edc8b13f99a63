import fc from 'fast-check';
import {
	type Block,
	type BlockAttrs,
	type Marks,
	readBlocks,
	type Span,
	toDelta
} from '#lib/documents/text/blocks.ts';

/** Arbitrary texts of the block model, as Markdown has to carry them. */
const hardWords = fc.oneof(
	{ weight: 4, arbitrary: fc.stringMatching(/^[a-zA-Z0-9 .,;:!?()'"-]{1,24}$/) },
	{ weight: 3, arbitrary: fc.stringMatching(/^[ \\`*_[\]<>~|!#+\-=.)&;:@/w1a^(){}$%"']{1,12}$/) },
	{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) },
	fc.constantFrom(
		'https://example.org/a_b',
		'www.example.org',
		'a@b.example',
		'&amp;',
		'&#65;',
		'1. one',
		'- dash',
		'# sharp',
		'---',
		'<script>',
		'</pre>',
		'<!-- -->',
		'[^1]',
		'[a](b)',
		'![x](y)',
		'a\tb',
		'  two  spaces  ',
		'\u00a0'
	)
);

const marks: fc.Arbitrary<Marks> = fc
	.record(
		{
			strong: fc.constant(true as const),
			em: fc.constant(true as const),
			code: fc.constant(true as const),
			sup: fc.constant(true as const),
			sub: fc.constant(true as const),
			link: fc.constantFrom(
				'https://a.example/x(1)?q=a&b=c',
				'#b-x',
				'/documents/y',
				'mailto:a@b.example'
			)
		},
		{ requiredKeys: [] }
	)
	.chain((all) => fc.constantFrom<Marks>({}, {}, all));

const text = hardWords.map((words) => words.replace(/[\n\0]/g, ''));
const span: fc.Arbitrary<Span> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ text, marks }) },
	{
		weight: 1,
		arbitrary: fc.constantFrom<Span>(
			{ embed: { type: 'break' }, marks: {} },
			{ embed: { type: 'rule' }, marks: {} },
			{ embed: { type: 'note', note: 'k1' }, marks: {} },
			{ embed: { type: 'note', note: 'k2' }, marks: {} }
		)
	}
);

/** In code the mark `code` says nothing. */
const inCode = (spans: Span[]): Span[] =>
	spans.map((one) => {
		const { code: _, ...rest } = one.marks;
		return { ...one, marks: rest };
	});

type Draft = { attrs: BlockAttrs; spans: Span[] };
const level = (most: number) => fc.integer({ min: 1, max: most });
const kinds: fc.Arbitrary<BlockAttrs[]> = fc.oneof(
	fc
		.constantFrom('paragraph' as const, 'quote' as const, 'code' as const)
		.map((type): BlockAttrs[] => [{ id: 'x', type }]),
	level(6).map((at): BlockAttrs[] => [{ id: 'x', type: 'heading', level: at }]),
	level(4).map((at): BlockAttrs[] => [{ id: 'x', type: 'clause', level: at }]),
	fc
		.array(fc.tuple(fc.constantFrom('bullet' as const, 'ordered' as const), level(6)), {
			minLength: 1,
			maxLength: 4
		})
		.map((items): BlockAttrs[] =>
			items.map(([list, at]) => ({ id: 'x', type: 'item' as const, list, level: at }))
		),
	fc.tuple(level(3), level(3), fc.boolean()).map(([rows, columns, head]) =>
		Array.from({ length: rows * columns }, (_, at): BlockAttrs => {
			const cell = {
				id: 'x',
				type: 'cell' as const,
				table: 't',
				row: `r${Math.floor(at / columns)}`
			};
			return head && at < columns ? { ...cell, head: true } : cell;
		})
	)
);

/** Each table of a text is another one. */
function named({ attrs, spans }: Draft, table: number): Draft {
	if (attrs.type !== 'cell') return { attrs, spans };
	return { attrs: { ...attrs, table: `t${table}`, row: `t${table}${attrs.row}` }, spans };
}

const drafts: fc.Arbitrary<Draft[]> = fc
	.array(
		kinds.chain((all) =>
			fc.tuple(
				...all.map((attrs) =>
					fc
						.array(span, { maxLength: 4 })
						.map((spans) => ({ attrs, spans: attrs.type === 'code' ? inCode(spans) : spans }))
				)
			)
		),
		{ minLength: 1, maxLength: 6 }
	)
	.map((groups) =>
		(groups as Draft[][]).flatMap((group, at) => group.map((one) => named(one, at)))
	);

const noteBodies: fc.Arbitrary<Draft[]> = fc
	.subarray(['k1', 'k2'])
	.chain((keys) =>
		fc.tuple(
			...keys.map((note) =>
				fc
					.array(span, { maxLength: 3 })
					.map((spans): Draft => ({ attrs: { id: 'x', type: 'note', note }, spans }))
			)
		)
	);

/** A whole text: blocks, then the bodies of none, one or both of its footnotes. */
export const anyBlocks: fc.Arbitrary<Block[]> = fc
	.tuple(drafts, noteBodies)
	.map(([body, notes]) => readBlocks(toDelta([...body, ...notes])));
