/** What particular programs say in their HTML: Word's lists, Google Docs' and the web's looks. */
import type { Marks } from '../text/blocks.ts';

const TAGS: Record<string, keyof Marks> = {
	b: 'strong',
	strong: 'strong',
	i: 'em',
	em: 'em',
	cite: 'em',
	dfn: 'em',
	code: 'code',
	kbd: 'code',
	samp: 'code',
	tt: 'code',
	sup: 'sup',
	sub: 'sub'
};

/** The marks an element adds. Google Docs wraps everything in a `b` that says it is not bold. */
export function looksOf(element: HTMLElement, outer: Marks): Marks {
	const style = (element.getAttribute('style') ?? '').toLowerCase();
	const looks: Marks = {};
	const name = TAGS[element.localName];
	if (name && name !== 'link') looks[name] = true;
	if (/font-weight:\s*(bold|[6-9]00)/.test(style)) looks.strong = true;
	if (/font-weight:\s*(normal|[1-5]00)/.test(style)) delete looks.strong;
	if (/font-style:\s*italic/.test(style)) looks.em = true;
	if (/font-style:\s*normal/.test(style)) delete looks.em;
	if (/vertical-align:\s*super/.test(style)) looks.sup = true;
	if (/vertical-align:\s*sub/.test(style)) looks.sub = true;
	const href = element.localName === 'a' ? element.getAttribute('href') : null;
	if (href && !outer.link) looks.link = href;
	return looks;
}

/**
 * Word writes list items as paragraphs whose style names list and level, with the marker as text
 * in an `Ignore` span. The item such a paragraph is, or 'marker' for the span.
 */
export function listOf(
	element: HTMLElement
): { list: 'bullet' | 'ordered'; level: number } | 'marker' | undefined {
	const style = (element.getAttribute('style') ?? '').toLowerCase();
	if (/mso-list:\s*ignore/.test(style)) return 'marker';
	const level = /mso-list:[^;]*level(\d+)/.exec(style)?.[1];
	if (!level) return undefined;
	const spans = [...element.querySelectorAll('span')];
	const marker = spans.find((span) => /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''));
	const ordered = /^\s*\(?([0-9]+|[a-z]{1,4})[.)]/i.test(marker?.textContent ?? '');
	return { list: ordered ? 'ordered' : 'bullet', level: Math.min(6, Math.max(1, Number(level))) };
}
