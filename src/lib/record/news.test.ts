import { describe, expect, test } from 'vitest';
import type { Facts, Happened, Since } from './facts.ts';
import { newsOf, NEWS_VERBS } from './news.ts';

const NOW = 1_000_000;
const event = (verb: string, more: Partial<Happened> = {}): Happened => ({
	id: 'event',
	at: NOW,
	personId: 'actor',
	verb,
	targetType: 'contribution',
	targetId: 'c2',
	documentId: 'doc',
	detail: {},
	...more
});
const remark = (more: Partial<NonNullable<Facts['about']>> = {}) => ({
	id: 'c2',
	kind: 'annotation' as const,
	personId: 'author',
	status: 'published' as const,
	...more
});
const head = { id: 'c1', kind: 'annotation' as const, personId: 'beginner' };
const follows = (personId: string, since = 0): Since => ({ personId, since });
const facts = (more: Partial<Facts> = {}): Facts => ({
	speakers: [],
	followers: [],
	answered: [],
	...more
});
/** Who hears what, in short. */
const told = (it: Happened, known: Facts) =>
	newsOf(it, known).map(({ personId, kind, detail }) => `${personId}: ${kind}/${detail.sentence}`);

describe('N1 each event, and whom it is told', () => {
	const place = { block: 'c4-2', clause: '4.2' };

	test('contribution.made: followers, merged by clause', () => {
		const about = remark({ personId: 'actor' });
		const known = facts({ ...place, about, head: about, followers: [follows('fan')] });
		expect(newsOf(event('contribution.made'), known)).toEqual([
			{
				personId: 'fan',
				kind: 'contributions',
				groupKey: 'said doc c4-2',
				targetType: 'contribution',
				targetId: 'c2',
				detail: {
					sentence: 'said',
					by: 'actor',
					block: 'c4-2',
					clause: '4.2',
					head: 'c2',
					headKind: 'annotation'
				}
			}
		]);
	});

	test('contribution.made: another kind is said in other words, a suggestion elsewhere', () => {
		const of = (kind: 'risk' | 'suggestion') =>
			facts({ about: remark({ kind }), followers: [follows('fan')] });
		expect(told(event('contribution.made'), of('risk'))).toEqual([
			'fan: contributions/contributed'
		]);
		expect(told(event('contribution.made'), of('suggestion'))).toEqual([]);
		expect(told(event('suggestion.published'), of('suggestion'))).toEqual([
			'fan: contributions/suggested'
		]);
	});

	test('contribution.replied: who began, who spoke, then who follows; each once', () => {
		const known = facts({
			about: remark({ kind: 'comment', personId: 'actor' }),
			head,
			speakers: ['actor', 'speaker', 'beginner'].map((id) => follows(id)),
			followers: [follows('beginner'), follows('fan'), follows('fan')]
		});
		expect(told(event('contribution.replied'), known)).toEqual([
			'beginner: replied/replied',
			'speaker: replied/replied',
			'fan: contributions/said'
		]);
	});

	test('contribution.published: the author; and, where it waited, everybody who did not hear before', () => {
		const known = facts({
			about: remark({ kind: 'comment' }),
			head,
			speakers: [follows('author')],
			followers: [follows('fan'), follows('author')]
		});
		const published = (from: string) => event('contribution.published', { detail: { from } });
		expect(told(published('held'), known)).toEqual([
			'author: moderated/published',
			'beginner: replied/replied',
			'fan: contributions/said'
		]);
		expect(newsOf(published('held'), known)[1]!.detail.by, 'the author spoke').toBe('author');
		expect(newsOf(published('held'), known)[0]!.detail.by, 'the house decided').toBeNull();
		expect(told(published('hidden'), known)).toEqual(['author: moderated/restored']);
	});

	test('contribution.hidden, merged and unmerged: the author', () => {
		const known = facts({ about: remark({ status: 'hidden' }), followers: [follows('fan')] });
		expect(told(event('contribution.hidden'), known)).toEqual(['author: moderated/hidden']);
		expect(told(event('contribution.merged'), known)).toEqual(['author: answered/merged']);
		expect(told(event('contribution.unmerged'), known)).toEqual(['author: answered/undone']);
	});

	test('contribution.resolved and reopened: all in the thread', () => {
		const known = facts({
			about: head && remark({ ...head }),
			head,
			speakers: [follows('speaker')]
		});
		for (const to of ['resolved', 'reopened']) {
			expect(told(event(`contribution.${to}`), known)).toEqual([
				`beginner: replied/${to}`,
				`speaker: replied/${to}`
			]);
		}
	});

	test('contribution.withdrawn, and what nobody knows of: nobody', () => {
		const known = facts({ about: remark(), head, followers: [follows('fan')] });
		for (const verb of ['contribution.withdrawn', 'document.renamed', 'something.new']) {
			expect(newsOf(event(verb), known)).toEqual([]);
			expect(NEWS_VERBS).not.toContain(verb);
		}
	});

	test('branch.invited and party.added: who is brought in', () => {
		const invited = event('branch.invited', {
			targetType: 'branch',
			detail: { personId: 'guest' }
		});
		expect(told(invited, facts())).toEqual(['guest: invited/branch']);
		const added = (part: string) =>
			event('party.added', { targetType: 'document', detail: { part, person: 'guest' } });
		expect(told(added('co_drafter'), facts())).toEqual(['guest: invited/co_drafter']);
		expect(told(added('follower'), facts())).toEqual([]);
		expect(newsOf(event('branch.invited', { detail: { personId: 7 } }), facts())).toEqual([]);
	});

	test('decision.made: every author once, however many of theirs it answers; then followers', () => {
		const decided = event('decision.made', {
			targetType: 'decision',
			targetId: 'd1',
			detail: { number: 12 }
		});
		const known = facts({
			followers: [follows('fan'), follows('author')],
			answered: [
				{ id: 'c1', personIds: ['author', 'friend'], outcome: 'accepted' },
				{ id: 'c2', personIds: ['author'], outcome: 'accepted' },
				{ id: 'c3', personIds: ['other'], outcome: null }
			]
		});
		const news = newsOf(decided, known);
		expect(news.map(({ personId, detail }) => [personId, detail.sentence, detail.own])).toEqual([
			['author', 'answered', 2],
			['friend', 'answered', undefined],
			['other', 'answered', undefined],
			['fan', 'decided', undefined]
		]);
		expect(news[0]).toMatchObject({ targetId: 'd1', groupKey: 'answered d1' });
		expect(news[0]!.detail).toMatchObject({ outcome: 'accepted', number: 12 });
		expect(news[2]!.detail).not.toHaveProperty('outcome');
		expect(news[3]).toMatchObject({ groupKey: 'decided doc' });
	});

	test('decision.undone: the authors, not the followers', () => {
		const undone = event('decision.undone', { targetType: 'decision' });
		const answered = [{ id: 'c1', personIds: ['author'], outcome: null }];
		const known = facts({ answered, followers: [follows('fan')] });
		expect(told(undone, known)).toEqual(['author: answered/undone']);
	});

	test('document.moved: followers; an unknown stage is told to nobody', () => {
		const moved = (to: string) =>
			event('document.moved', { targetType: 'document', detail: { from: 'private', to } });
		const known = facts({ followers: [follows('fan')] });
		expect(newsOf(moved('final'), known)[0]!.detail).toMatchObject({ stage: 'final' });
		expect(newsOf(moved('nowhere'), known)).toEqual([]);
	});

	test('rating.given: whose suggestion it is, without a word of who gave what', () => {
		const given = event('rating.given', {
			targetType: 'rating',
			detail: { value: -2, type: 'suggestion', id: 'c2' }
		});
		const suggestion = remark({ kind: 'suggestion' });
		const news = newsOf(given, facts({ about: suggestion, head: suggestion }));
		expect(news).toMatchObject([{ personId: 'author', kind: 'rated', groupKey: 'rated c2' }]);
		expect(JSON.stringify(news)).not.toMatch(/actor|-2/);
		expect(newsOf(given, facts({ about: remark() })), 'a clause has no author').toEqual([]);
		expect(newsOf({ ...given, verb: 'rating.changed' }, facts({ about: suggestion }))).toEqual([]);
	});

	test('rating.stale: whose it is, merged by document', () => {
		const stale = event('rating.stale', {
			personId: null,
			targetType: 'rating',
			detail: { personId: 'giver' }
		});
		expect(newsOf(stale, facts(place))).toMatchObject([
			{ personId: 'giver', kind: 'stale', groupKey: 'stale doc', detail: { clause: '4.2' } }
		]);
	});
});

describe('who is not told', () => {
	test('N2 nobody of their own acts', () => {
		const mine = remark({ personId: 'actor' });
		const known = facts({
			about: mine,
			head: mine,
			speakers: [follows('actor')],
			followers: [follows('actor')],
			answered: [{ id: 'c2', personIds: ['actor'], outcome: 'noted' }]
		});
		for (const verb of NEWS_VERBS) {
			const detail = { personId: 'actor', person: 'actor', part: 'co_drafter', from: 'held' };
			expect(newsOf(event(verb, { detail: { ...detail, to: 'final' } }), known), verb).toEqual([]);
		}
	});

	test('N3 nobody of what waits, was hidden or taken back', () => {
		for (const status of ['held', 'hidden', 'withdrawn'] as const) {
			const known = facts({ about: remark({ status }), head, followers: [follows('fan')] });
			for (const verb of ['contribution.made', 'contribution.replied', 'suggestion.published']) {
				expect(newsOf(event(verb), known), `${verb} ${status}`).toEqual([]);
			}
		}
	});

	test('N3 what waited is told once, by its publication', () => {
		const known = facts({ about: remark(), head, followers: [follows('fan')] });
		for (const verb of ['contribution.made', 'contribution.replied', 'suggestion.published']) {
			expect(newsOf(event(verb, { detail: { status: 'held' } }), known)).toEqual([]);
		}
	});

	test('N4 who began to follow afterwards was not following', () => {
		const about = remark();
		const followers = [follows('before', NOW - 1), follows('after', NOW)];
		const known = facts({ about, head: about, followers });
		expect(told(event('contribution.made'), known)).toEqual(['before: contributions/said']);
	});
});
