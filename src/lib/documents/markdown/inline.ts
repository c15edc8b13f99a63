import { readLink } from '#lib/documents/text/blocks.ts';
import type { Composer } from './compose.ts';
import type { Open } from './events.ts';

/** Reads an element that stands alone: a break, a rule, a picture, a footnote's number. */
export function inlineElement(composer: Composer, { tag, attrs, line }: Open): void {
	const { place, marks, silent } = composer.top;
	if (silent) return;
	if (tag === 'note-reference') {
		const note = composer.noteKey(attrs.label ?? '');
		return composer.line.embed({ type: 'note', note }, {});
	}
	if (tag === 'br') {
		if (attrs['data-moot'] === 'rule') return composer.line.embed({ type: 'rule' }, marks);
		return composer.line.lineBreak(marks, attrs['data-moot'] === 'edge');
	}
	if (tag === 'hr') {
		composer.flush();
		composer.line.embed({ type: 'rule' }, {});
		if (place.kind === 'paragraph' || place.kind === 'quote') composer.flush();
		return;
	}
	if (tag === 'img') return picture(composer, attrs, line);
	if (tag !== 'wbr') composer.problems.add('html_ignored', line, { tag });
}

/** A picture becomes its words, linked to where it is when that is a public address. */
function picture(composer: Composer, attrs: Record<string, string>, line: number): void {
	const { marks } = composer.top;
	const words = attrs.alt?.trim() || attrs.title?.trim() || '';
	const link = marks.link ?? readLink(attrs.src);
	composer.problems.add('image_as_text', line, { what: words || attrs.src || '' });
	const shown = words || link || '';
	composer.line.collapsed(shown, link ? { ...marks, link } : marks);
}
