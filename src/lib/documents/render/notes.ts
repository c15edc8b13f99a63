import { attribute } from './escape.ts';
import type { Drawing, RenderOptions } from './html.ts';
import type { Note } from './model.ts';

/** The footnotes as a list at the end of the text, each with links back to where it is used. */
export function notesHtml(notes: Note[], options: RenderOptions, draw: Drawing): string {
	const items = notes
		.filter(({ blocks }) => blocks.length > 0)
		.map((one) => item(one, options, draw));
	if (items.length === 0) return '';
	const label = attribute('aria-label', options.labels?.notes);
	return `<section class="notes" role="doc-endnotes"${label}><ol>${items.join('')}</ol></section>`;
}

function item(
	{ key, number, blocks, references }: Note,
	options: RenderOptions,
	draw: Drawing
): string {
	const prefix = options.prefix ?? '';
	const back = references.map((id, at) => {
		const href = attribute('href', `#${prefix}${id}`);
		const label = options.labels?.back;
		const name =
			label && attribute('aria-label', `${label} ${number}${at > 0 ? `.${at + 1}` : ''}`);
		return `<a class="note-back" role="doc-backlink"${href}${name ?? ''}> ↩</a>`;
	});
	const paragraphs = blocks.map((block, at) => {
		const last = at === blocks.length - 1 && back.length > 0;
		const links = last ? `<span data-skip>${back.join('')}</span>` : '';
		return draw.element('p', block, 'note', draw.words(block) + links);
	});
	const id = attribute('id', `${prefix}n-${key}`);
	return `<li${id}${attribute('value', number)}>${paragraphs.join('')}</li>`;
}
