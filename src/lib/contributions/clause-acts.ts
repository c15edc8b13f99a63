import { attribute, escapeHtml } from '#lib/documents/render/escape.ts';
import { m } from '#lib/paraglide/messages.js';
import { clauseWords } from './labels.ts';
import type { ClauseFigures, Figures } from './views.ts';

/** A piece of the text, and where its page is. */
export interface Acting {
	slug: string;
	/** Whether readers may comment, or could if they signed in. */
	open: boolean;
	/** What other areas put first below a block, and of which blocks they have something to say. */
	first?: (id: string, number: string | null) => string;
	isSaid?: (id: string) => boolean;
}

interface Piece {
	id: string;
	type: string;
	number: string | null;
	blocks: string[];
}

/**
 * What stands below a piece of the text, in the language of the request: what was said about it and what
 * one may do with it. Links, so that they work before and without JavaScript; `AnnotationLayer` answers
 * them in place. Passages that are no clauses show it once something was said about them, or when the
 * keyboard comes by, or without JavaScript; with it, words selected anywhere can be commented on.
 */
export function pieceActs(piece: Piece, figures: Figures, acting: Acting): string {
	const { slug, open, first = () => '', isSaid = () => false } = acting;
	const { type, number, blocks } = piece;
	if (type === 'clause') {
		const own = clauseActs(slug, piece.id, { number, open, figures: figures[piece.id] });
		const inner = first(piece.id, number) + own;
		return inner && `<div class="acts inside no-print" data-skip>${inner}</div>`;
	}
	const isLoud = (id: string) => figures[id] !== undefined || isSaid(id);
	const said = blocks.filter(isLoud);
	const quiet = open && type !== 'heading' ? blocks.filter((id) => !isLoud(id)) : [];
	return [
		...said.map((id) => {
			const own = clauseActs(slug, id, { number, open, figures: figures[id] });
			const inner = (type === 'heading' ? '' : first(id, number)) + own;
			return `<div class="acts no-print" data-skip>${inner}</div>`;
		}),
		...quiet.map((id) => {
			const inner = first(id, null) + clauseActs(slug, id, { number: null, open });
			return `<div class="acts quiet no-print" data-skip>${inner}</div>`;
		})
	].join('');
}

interface Shown {
	number: string | null;
	open: boolean;
	figures?: ClauseFigures | undefined;
}

function clauseActs(slug: string, id: string, { number, open, figures }: Shown): string {
	const clause = clauseWords({ number });
	const base = `/documents/${slug}/annotations`;
	const query = `?block=${encodeURIComponent(id)}`;
	const comments = figures?.comments ?? 0;
	let html = '';
	if (comments > 0) {
		const words = m.contributions_clause_comments({ count: comments });
		const about =
			attribute('data-block-comments', id) + attribute('aria-label', `${words}, ${clause}`);
		html += `<a class="act count"${attribute('href', base + query)}${about}>${escapeHtml(words)}</a>`;
	}
	if (open) {
		const about =
			attribute('data-comment-block', id) +
			attribute('data-number', number ?? undefined) +
			attribute('aria-label', m.contributions_comment_on({ clause }));
		const href = attribute('href', `${base}/new${query}`);
		html += `<a class="act"${href}${about} rel="nofollow">${escapeHtml(m.contributions_comment())}</a>`;
		const suggest =
			attribute('href', `/documents/${slug}/suggest${query}`) +
			attribute('data-suggest-block', id) +
			attribute('aria-label', m.contributions_suggest_on({ clause }));
		html += `<a class="act"${suggest} rel="nofollow">${escapeHtml(m.contributions_suggest())}</a>`;
	}
	return html;
}
