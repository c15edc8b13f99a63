import { attribute, escapeHtml } from '#lib/documents/render/escape.ts';
import { m } from '#lib/paraglide/messages.js';
import { sliceMeter } from '#lib/ui/meter.ts';
import { thingWords } from './labels.ts';
import type { Figures } from './tally.ts';

interface Shown {
	slug: string;
	number: string | null;
	figures: Figures | undefined;
	/** Whether readers may support, or could if they signed in. */
	open: boolean;
}

/**
 * The support of a clause as it stands below it for everybody, in the language of the request: the bar and its
 * numbers in words, which lead to the rest, and the way to give one's own. `SupportLayer` answers it in place.
 */
export function supportActs(id: string, { slug, number, figures, open }: Shown): string {
	const page = `/documents/${slug}/support/clause/${encodeURIComponent(id)}`;
	const clause = thingWords({ type: 'clause', number });
	let html = '';
	if (figures) {
		const words = `<a class="act count"${attribute('href', page)}${attribute('aria-label', `${spoken(figures)}, ${clause}`)} rel="nofollow">${written(figures)}</a>`;
		html += `<span class="support-line">${bar(figures)}${words}</span>`;
	}
	if (open) {
		const about =
			attribute('data-support-block', id) +
			attribute('aria-label', m.ballots_support_on({ thing: clause }));
		html += `<a class="act"${attribute('href', page)}${about} rel="nofollow">${escapeHtml(m.ballots_support())}</a>`;
	}
	return html;
}

/** Attributes, not styles, carry the widths: the content policy forbids inline styles. */
function bar(figures: Figures): string {
	const parts = sliceMeter(figures).map(
		({ part, from, width }) =>
			`<rect class="${part}" x="${rounded(from)}" width="${rounded(width)}" height="8"/>`
	);
	return `<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${parts.join('')}</svg>`;
}

function rounded(share: number): number {
	return Math.round(share * 10) / 10;
}

function written(figures: Figures): string {
	const { against, stale } = figures;
	const words = [
		`<span>${escapeHtml(m.ballots_count_support({ count: supportOf(figures) }))}</span>`
	];
	if (figures.if)
		words.push(`<strong>${escapeHtml(m.ballots_count_if({ count: figures.if }))}</strong>`);
	if (against)
		words.push(`<span>${escapeHtml(m.ballots_count_against({ count: against }))}</span>`);
	if (stale) words.push(`<em>${escapeHtml(m.ballots_count_stale({ count: stale }))}</em>`);
	return words.join(' ');
}

function spoken({ strong, mild, none, against, stale, if: conditional }: Figures): string {
	return [
		strong && m.ui_meter_strong({ count: strong }),
		mild && m.ui_meter_mild({ count: mild }),
		conditional && m.ui_meter_if({ count: conditional }),
		none && m.ui_meter_none({ count: none }),
		against && m.ui_meter_against({ count: against }),
		stale && m.ballots_count_stale({ count: stale })
	]
		.filter(Boolean)
		.join(', ');
}

function supportOf({ strong = 0, mild = 0 }: Figures): number {
	return strong + mild;
}
