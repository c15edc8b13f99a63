import { m } from '#lib/paraglide/messages.js';
import { scoreOf } from './score.ts';
import type { DeskSupport } from './desk-views.ts';
import type { Clause } from './views.ts';

/** A block as a filter names it: `4.2 Street vendors may trade…`, or that it is gone. */
export function clauseLabel({ id, number, words }: Clause): string {
	if (id === 'gone') return m.decisions_clause_gone();
	return number ? `${number} ${words}` : words || m.decisions_clause_wordless();
}

/** The support of a suggestion in one figure, `+140`, with a true minus sign. */
export function scoreWords(support: DeskSupport): string {
	const score = scoreOf(support);
	if (score === 0) return '0';
	return score < 0 ? `−${-score}` : `+${score}`;
}
