import type { ContributionKind } from '#lib/contributions/kinds.ts';
import { STAGES } from '#lib/documents/stages.ts';
import type { Facts, Happened, News, Since } from './facts.ts';
import type { NewsDetail, NewsKind, Sentence } from './kinds.ts';

type Tell = (it: Happened, facts: Facts) => News[];

/** Which events make news, and for whom (N1). What is not here makes none. */
const TELLS: Record<string, Tell> = {
	'contribution.made': (it, facts) => (isWords(facts) && !waits(it) ? spoken(it, facts) : []),
	'contribution.replied': (it, facts) =>
		waits(it) ? [] : [...replied(it, facts), ...spoken(it, facts)],
	'suggestion.published': (it, facts) => (waits(it) ? [] : spoken(it, facts)),
	'contribution.published': published,
	'contribution.hidden': (it, facts) => toAuthor(it, facts, 'moderated', 'hidden'),
	'contribution.merged': (it, facts) => toAuthor(it, facts, 'answered', 'merged'),
	'contribution.unmerged': (it, facts) => toAuthor(it, facts, 'answered', 'undone'),
	'contribution.resolved': (it, facts) => inThread(it, facts, 'resolved'),
	'contribution.reopened': (it, facts) => inThread(it, facts, 'reopened'),
	'branch.invited': invitedToBranch,
	'party.added': broughtIn,
	'decision.made': (it, facts) => [...answered(it, facts, 'answered'), ...decided(it, facts)],
	'decision.undone': (it, facts) => answered(it, facts, 'undone'),
	'document.moved': moved,
	'rating.given': rated,
	'rating.stale': stale
};

/** The verbs that may make news: nothing else has to be read. */
export const NEWS_VERBS = Object.keys(TELLS);

/**
 * Who is told what of an event. Nobody is told of their own acts (N2), nor twice of one event: what
 * concerns their own words comes first. Whether they may see it is decided elsewhere (N3).
 */
export function newsOf(it: Happened, facts: Facts): News[] {
	const told = new Map<string, News>();
	for (const one of TELLS[it.verb]?.(it, facts) ?? []) {
		if (one.personId !== it.personId && !told.has(one.personId)) told.set(one.personId, one);
	}
	return [...told.values()];
}

/** A suggestion is told of by `suggestion.published`, which knows its words. */
function isWords({ about }: Facts): boolean {
	return about !== undefined && about.kind !== 'suggestion';
}

/** What waited for a moderator is told of when it is published, also when both are looked at together. */
function waits(it: Happened): boolean {
	return it.detail.status === 'held';
}

/** Followers hear what is said where they follow, once others can see it. */
function spoken(it: Happened, facts: Facts): News[] {
	const { about, block = '' } = facts;
	if (about?.status !== 'published') return [];
	const sentence = saying(about.kind);
	const news = onContribution(it, facts, 'contributions', sentence);
	if (!news) return [];
	const groupKey = `${sentence} ${it.documentId} ${block}`;
	return before(it, facts.followers).map((personId) => ({ ...news, personId, groupKey }));
}

function saying(kind: ContributionKind): Sentence {
	if (kind === 'suggestion') return 'suggested';
	return kind === 'annotation' || kind === 'comment' ? 'said' : 'contributed';
}

/** Whoever began a thread, and all who spoke in it before, hear a reply. */
function replied(it: Happened, facts: Facts): News[] {
	return facts.about?.status === 'published' ? inThread(it, facts, 'replied') : [];
}

function inThread(it: Happened, facts: Facts, sentence: Sentence): News[] {
	const news = onContribution(it, facts, 'replied', sentence);
	if (!news || !facts.head) return [];
	// What it is about besides the reply itself: its own author hears from moderation, not from here.
	const others = [facts.head.personId, ...before(it, facts.speakers)].filter(
		(id) => sentence !== 'replied' || id !== facts.about?.personId
	);
	const groupKey = `${sentence} ${facts.head.id}`;
	return others.map((personId) => ({ ...news, personId, groupKey }));
}

/** A moderator let it appear: its author hears so, and where it waited until now, so do the others. */
function published(it: Happened, facts: Facts): News[] {
	const held = it.detail.from === 'held';
	const own = toAuthor(it, facts, 'moderated', held ? 'published' : 'restored');
	if (!held) return own;
	// To everybody else it was the author who spoke, not the moderator.
	const said: Happened = { ...it, personId: facts.about?.personId ?? null };
	const isReply = facts.head && facts.head.id !== facts.about?.id;
	const others = [...(isReply ? replied(said, facts) : []), ...spoken(said, facts)];
	return [...own, ...others.filter(({ personId }) => personId !== said.personId)];
}

function toAuthor(it: Happened, facts: Facts, kind: NewsKind, sentence: Sentence): News[] {
	const news = onContribution(it, facts, kind, sentence);
	if (!news || !facts.about) return [];
	// Moderators decide for the house; the news does not name them.
	const detail = kind === 'moderated' ? { ...news.detail, by: null } : news.detail;
	return [{ ...news, detail, personId: facts.about.personId, groupKey: it.id }];
}

/** One decision is one piece of news for each author, however many of their contributions it answers. */
function answered(it: Happened, facts: Facts, sentence: 'answered' | 'undone'): News[] {
	const of = new Map<string, Facts['answered']>();
	for (const one of facts.answered) {
		for (const personId of one.personIds) of.set(personId, [...(of.get(personId) ?? []), one]);
	}
	const news = onTarget(it, 'answered', sentence, placed(facts));
	// A decision with several outcomes comes as several events; to a reader it is one.
	const groupKey = `${sentence} ${it.targetId}`;
	return [...of].map(([personId, own]) => {
		const outcomes = new Set(own.map(({ outcome }) => outcome));
		const outcome = outcomes.size === 1 ? own[0]!.outcome : null;
		const detail = {
			...news.detail,
			...(own.length > 1 && { own: own.length }),
			...(outcome && { outcome })
		};
		return { ...news, detail, groupKey, personId };
	});
}

function decided(it: Happened, facts: Facts): News[] {
	const news = onTarget(it, 'decided', 'decided', {});
	const groupKey = `decided ${it.documentId}`;
	return before(it, facts.followers).map((personId) => ({ ...news, personId, groupKey }));
}

function moved(it: Happened, facts: Facts): News[] {
	const stage = STAGES.find((one) => one === it.detail.to);
	if (!stage) return [];
	const news = onTarget(it, 'stage', 'moved', { stage });
	return before(it, facts.followers).map((personId) => ({ ...news, personId }));
}

function invitedToBranch(it: Happened): News[] {
	const personId = idIn(it, 'personId');
	return personId ? [{ ...onTarget(it, 'invited', 'branch', {}), personId }] : [];
}

function broughtIn(it: Happened): News[] {
	const personId = idIn(it, 'person');
	if (!personId || it.detail.part !== 'co_drafter') return [];
	return [{ ...onTarget(it, 'invited', 'co_drafter', {}), personId }];
}

/** Who made a suggestion hears that it is rated, never by whom or how. */
function rated(it: Happened, facts: Facts): News[] {
	const { about } = facts;
	if (about?.kind !== 'suggestion' || about.status !== 'published') return [];
	const news = onContribution({ ...it, personId: null }, facts, 'rated', 'rated');
	if (!news) return [];
	return [{ ...news, personId: about.personId, groupKey: `rated ${about.id}` }];
}

/** Whose support was given on words that have changed since. */
function stale(it: Happened, facts: Facts): News[] {
	const personId = idIn(it, 'personId');
	if (!personId) return [];
	const news = onTarget({ ...it, personId: null }, 'stale', 'stale', placed(facts));
	return [{ ...news, personId, groupKey: `stale ${it.documentId}` }];
}

/** An event may be looked at twice: who came since it happened has no part in it. */
function before(it: Happened, people: Since[]): string[] {
	return people.filter(({ since }) => since < it.at).map(({ personId }) => personId);
}

type Draft = Omit<News, 'personId'>;

function onContribution(
	it: Happened,
	facts: Facts,
	kind: NewsKind,
	sentence: Sentence
): Draft | undefined {
	const { about, head } = facts;
	if (!about) return undefined;
	const thread = { head: head?.id ?? about.id, headKind: head?.kind ?? about.kind };
	return {
		...onTarget(it, kind, sentence, { ...placed(facts), ...thread }),
		targetType: 'contribution',
		targetId: about.id
	};
}

function onTarget(
	it: Happened,
	kind: NewsKind,
	sentence: Sentence,
	more: Partial<NewsDetail>
): Draft {
	const { targetType, targetId } = it;
	const number = typeof it.detail.number === 'number' && { number: it.detail.number };
	const detail = { sentence, by: it.personId, ...number, ...more };
	return { kind, groupKey: it.id, targetType, targetId, detail };
}

function placed({ block, clause }: Facts): Partial<NewsDetail> {
	return { ...(block && { block }), ...(clause && { clause }) };
}

function idIn(it: Happened, key: string): string | undefined {
	const id = it.detail[key];
	return typeof id === 'string' && id !== '' ? id : undefined;
}
