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
	if (tag === 'br') return composer.line.lineBreak(marks, false);
	if (tag === 'hr') {
		composer.flush();
		composer.line.embed({ type: 'rule' }, {});
		if (place.kind === 'paragraph' || place.kind === 'quote') composer.flush();
		return;
	}
	if (tag === 'img') return picture(composer, attrs, line);
	if (tag !== 'wbr') composer.problems.add('html_ignored', line, { tag });
}

/**
 * Reads what our own export says in a `data-moot` attribute because neither Markdown nor HTML can: a
 * clause with its level, an empty block, a break at an edge, a rule in a line, a footnote without a body.
 */
export function marker(composer: Composer, said: string): void {
	const { line, top } = composer;
	const [what, value = ''] = said.split(' ', 2);
	if (what === 'clause') line.clause = Number(value) || 1;
	if (what === 'empty') line.forced = true;
	if (what === 'edge') line.lineBreak(top.marks, true);
	if (what === 'rule') line.embed({ type: 'rule' }, top.marks);
	if (what === 'note') line.embed({ type: 'note', note: composer.noteKey(value) }, {});
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
