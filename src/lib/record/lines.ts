import type { ContributionKind, Outcome } from '#lib/contributions/kinds.ts';
import { stageLabel } from '#lib/documents/labels.ts';
import { m } from '#lib/paraglide/messages.js';
import type { NewsDetail, NewsKind, Sentence } from './kinds.ts';
import { threadPath } from './paths.ts';

/** One line of news as its reader sees it: what happened once, or a burst of the same. */
export interface NewsLine {
	/** The newest of its news. */
	id: string;
	kind: NewsKind;
	sentence: Sentence;
	/** How many things it tells of. */
	count: number;
	at: number;
	unread: boolean;
	/** Who did it, where one person did. */
	by: string | null;
	document: { slug: string; title: string; language: string } | null;
	target: { type: string; id: string };
	detail: NewsDetail;
}

interface Spoken {
	locale?: 'en' | 'fr';
}

/** The sentence of a line, in the reader's language; who made a document or a name has no say in it. */
export function newsSentence(line: NewsLine, { locale }: Spoken = {}): string {
	const { count, detail, by } = line;
	const name = by ?? m.record_somebody({}, { locale });
	const clause = detail.clause ?? '';
	const say = WORDS[line.sentence];
	return say({ name, count, clause, detail, one: count === 1 && by !== null }, { locale });
}

interface Said {
	name: string;
	count: number;
	clause: string;
	detail: NewsDetail;
	/** One thing by somebody who is named. */
	one: boolean;
}

const WORDS: Record<Sentence, (said: Said, spoken: Spoken) => string> = {
	answered: ({ count, detail }, spoken) =>
		detail.outcome
			? m.record_line_answered({ count, outcome: outcomeLabel(detail.outcome, spoken) }, spoken)
			: m.record_line_answered_variously({ count }, spoken),
	undone: ({ count }, spoken) => m.record_line_undone({ count }, spoken),
	merged: (_, spoken) => m.record_line_merged({}, spoken),
	replied: ({ name, count, one }, spoken) =>
		one ? m.record_line_replied({ name }, spoken) : m.record_line_replies({ count }, spoken),
	resolved: ({ name }, spoken) => m.record_line_resolved({ name }, spoken),
	reopened: ({ name }, spoken) => m.record_line_reopened({ name }, spoken),
	published: (_, spoken) => m.record_line_published({}, spoken),
	restored: (_, spoken) => m.record_line_restored({}, spoken),
	hidden: (_, spoken) => m.record_line_hidden({}, spoken),
	branch: ({ name }, spoken) => m.record_line_branch({ name }, spoken),
	co_drafter: ({ name }, spoken) => m.record_line_co_drafter({ name }, spoken),
	stale: ({ count }, spoken) => m.record_line_stale({ count }, spoken),
	rated: ({ count }, spoken) => m.record_line_rated({ count }, spoken),
	moved: ({ detail }, { locale }) =>
		m.record_line_moved(
			{ stage: detail.stage ? stageLabel(detail.stage, locale) : '' },
			{ locale }
		),
	said: ({ name, count, clause, one }, spoken) => {
		if (one) {
			return clause
				? m.record_line_said_by_on({ name, clause }, spoken)
				: m.record_line_said_by({ name }, spoken);
		}
		return clause
			? m.record_line_said_on({ count, clause }, spoken)
			: m.record_line_said({ count }, spoken);
	},
	contributed: ({ count, clause }, spoken) =>
		clause
			? m.record_line_contributed_on({ count, clause }, spoken)
			: m.record_line_contributed({ count }, spoken),
	suggested: ({ name, count, clause, one }, spoken) => {
		if (one) {
			return clause
				? m.record_line_suggested_by_on({ name, clause }, spoken)
				: m.record_line_suggested_by({ name }, spoken);
		}
		return clause
			? m.record_line_suggested_on({ count, clause }, spoken)
			: m.record_line_suggested({ count }, spoken);
	},
	decided: ({ count }, spoken) => m.record_line_decided({ count }, spoken)
};

function outcomeLabel(outcome: Outcome, spoken: Spoken): string {
	const labels: Record<Outcome, typeof m.record_outcome_accepted> = {
		accepted: m.record_outcome_accepted,
		partly: m.record_outcome_partly,
		declined: m.record_outcome_declined,
		noted: m.record_outcome_noted,
		merged: m.record_outcome_merged
	};
	return labels[outcome]({}, spoken);
}

/** Where a line leads: a path of this site. */
export function newsPath({ sentence, count, document, target, detail }: NewsLine): string {
	if (!document) return '/documents';
	const { slug } = document;
	const text = `/documents/${slug}`;
	if (sentence === 'stale') return `${text}/support`;
	if (sentence === 'branch') return `${text}/branches/${target.id}`;
	if (target.type === 'decision' && detail.number) return `${text}/decisions/${detail.number}`;
	if (target.type !== 'contribution' || !detail.head) return text;
	if (count > 1 && (sentence === 'said' || sentence === 'contributed')) {
		const query = new URLSearchParams({ order: 'newest', show: 'all' });
		if (detail.block) query.set('block', detail.block);
		return `${text}/annotations?${query}`;
	}
	if (count > 1 && sentence === 'suggested') return `${text}/suggestions`;
	const kind = (detail.headKind ?? 'annotation') as ContributionKind;
	const isReply = detail.head !== target.id;
	return threadPath(slug, { id: detail.head, kind }, isReply ? target.id : undefined);
}
