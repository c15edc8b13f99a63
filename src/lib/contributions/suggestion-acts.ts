import { attribute, escapeHtml } from '#lib/documents/render/escape.ts';
import { m } from '#lib/paraglide/messages.js';
import { clauseWords } from './labels.ts';

/** A suggestion in one line below its clause. */
export interface Suggester {
	id: string;
	name: string;
	/** `ten → twenty` */
	text: string;
	/** Drawn in the clause above. */
	inPlace: boolean;
}

/** So many are told by name below a clause; the others are in the list. */
const MOST_NAMED = 5;

/** How many suggest something for a clause, as a link to what they suggest. */
export function suggestionCount(
	slug: string,
	blockId: string,
	{ count, number }: { count: number; number: string | null }
): string {
	if (count === 0) return '';
	const words = m.contributions_suggestions_count({ count });
	const href = `/documents/${slug}/suggestions?block=${encodeURIComponent(blockId)}`;
	const label = attribute('aria-label', `${words}, ${clauseWords({ number })}`);
	return `<a class="act count"${attribute('href', href)}${label} rel="nofollow" data-suggestions-of="${escapeHtml(blockId)}" data-count="${count}">${escapeHtml(words)}</a>`;
}

/** Whose words are put in and taken away in the clause above, in words and as links. */
export function suggesterLines(
	slug: string,
	blockId: string,
	all: readonly Suggester[],
	number: string | null
): string {
	if (all.length === 0) return '';
	const shown = all.slice(0, MOST_NAMED);
	const lines = shown.map(({ id, name, text, inPlace }) => {
		const href = attribute('href', `/documents/${slug}/suggestions/${id}`);
		const aside = inPlace ? '' : ` <em>${escapeHtml(m.contributions_suggestions_aside())}</em>`;
		return `<li><a${href} rel="nofollow"><strong>${escapeHtml(name)}</strong> <span>${escapeHtml(text)}</span></a>${aside}</li>`;
	});
	if (all.length > shown.length) {
		const href = `/documents/${slug}/suggestions?block=${encodeURIComponent(blockId)}`;
		const rest = m.contributions_suggestions_rest({ count: all.length - shown.length });
		lines.push(`<li><a${attribute('href', href)} rel="nofollow">${escapeHtml(rest)}</a></li>`);
	}
	const label = m.contributions_suggestions_here({ clause: clauseWords({ number }) });
	return `<ul class="suggesters no-print" data-skip${attribute('aria-label', label)}>${lines.join('')}</ul>`;
}
