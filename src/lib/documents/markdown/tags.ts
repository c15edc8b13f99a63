/** What tags mean in the flat text. */
import type { Marks } from '#lib/documents/text/blocks.ts';

/** Tags that put a mark on their words. */
export const MARK_TAGS: Record<string, keyof Omit<Marks, 'link'>> = {
	strong: 'strong',
	b: 'strong',
	em: 'em',
	i: 'em',
	code: 'code',
	kbd: 'code',
	samp: 'code',
	tt: 'code',
	sup: 'sup',
	sub: 'sub'
};

/** Marks people know that the flat text does not have; named in the report. */
export const LOST_MARKS: Record<string, string> = {
	u: 'underline',
	del: 'strikethrough',
	s: 'strikethrough',
	strike: 'strikethrough',
	ins: 'insertion',
	mark: 'highlight'
};

/** Tags that only say where a paragraph ends. */
export const PLAIN_BLOCKS = new Set(
	(
		'p div section article header footer main nav aside figure figcaption address caption ' +
		'dl dt dd thead tbody tfoot table tr details summary center form fieldset'
	).split(' ')
);

/** Inline tags that carry nothing of their own. */
export const TRANSPARENT = new Set('span wbr abbr time q cite dfn label a'.split(' '));

/** Tags whose meaning is wholly kept, so that nothing needs reporting. */
export const QUIET_BLOCKS = new Set(
	'p div section article header footer main table thead tbody tfoot tr dl dt dd'.split(' ')
);

/** Attributes that change how a reader sees a block; they are reported when a tag is taken over. */
export const TELLING_ATTRIBUTES = ['style', 'type', 'align', 'dir', 'colspan', 'rowspan'];

/** Which open elements a new one ends, as HTML allows leaving out their end tags. */
export const ENDS: Record<string, { ends: string[]; within: string[] }> = {
	li: { ends: ['li'], within: ['ul', 'ol'] },
	dt: { ends: ['dt', 'dd'], within: ['dl'] },
	dd: { ends: ['dt', 'dd'], within: ['dl'] },
	td: { ends: ['td', 'th'], within: ['tr', 'table'] },
	th: { ends: ['td', 'th'], within: ['tr', 'table'] },
	tr: { ends: ['tr'], within: ['table'] },
	thead: { ends: ['thead', 'tbody', 'tfoot'], within: ['table'] },
	tbody: { ends: ['thead', 'tbody', 'tfoot'], within: ['table'] },
	tfoot: { ends: ['thead', 'tbody', 'tfoot'], within: ['table'] }
};
