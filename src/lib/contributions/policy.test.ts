import { describe, expect, test } from 'vitest';
import { STAGES, type Stage } from '#lib/documents/stages.ts';
import { VISITOR, type Actor, type Duty } from '#lib/people/actor.ts';
import type { Status } from './kinds.ts';
import {
	mayAnnotate,
	mayEdit,
	mayModerate,
	mayReadBody,
	mayReply,
	mayResolve,
	maySee,
	mayWithdraw
} from './policy.ts';

const NOW = 1_000;
const someone = (
	id: string,
	duties: Duty[] = [],
	status: 'active' | 'disabled' = 'active'
): Actor => ({
	person: {
		id,
		name: id,
		email: `${id}@x.example`,
		verification: 'email',
		status,
		createdAt: 0,
		locale: 'en'
	},
	sessionId: null,
	capacities: [],
	duties
});
const CAST = {
	visitor: VISITOR,
	author: someone('ama'),
	other: someone('jonas'),
	team: someone('ines', [{ kind: 'policy_team', scopeType: 'document', scopeId: 'd' }]),
	otherTeam: someone('paul', [{ kind: 'policy_team', scopeType: 'document', scopeId: 'e' }]),
	moderator: someone('mod', [{ kind: 'moderator', scopeType: 'house', scopeId: null }]),
	elsewhere: someone('eva', [{ kind: 'moderator', scopeType: 'document', scopeId: 'e' }]),
	gone: someone('ama', [], 'disabled')
};
type Name = keyof typeof CAST;
const document = (stage: Stage = 'co_drafting', closesAt: number | null = null) => ({
	id: 'd',
	stage,
	closesAt
});
const row = (status: Status = 'published', parentId: string | null = null) => ({
	personId: 'ama',
	status,
	documentId: 'd',
	parentId
});
const who = (may: (actor: Actor) => boolean) =>
	(Object.keys(CAST) as Name[]).filter((name) => may(CAST[name]));
const SIGNED_IN: Name[] = ['author', 'other', 'team', 'otherTeam', 'moderator', 'elsewhere'];

describe('rights table', () => {
	test('C1 everybody signed in annotates, in the stages that take remarks', () => {
		expect(who((actor) => mayAnnotate(actor, document(), NOW))).toEqual(SIGNED_IN);
		const open = STAGES.filter((stage) => mayAnnotate(CAST.author, document(stage), NOW));
		expect(open).toEqual(['private', 'co_drafting', 'consultation', 'revising']);
		expect(mayAnnotate(CAST.author, document('consultation', NOW), NOW)).toBe(false);
		expect(mayAnnotate(CAST.author, document('consultation', NOW + 1), NOW)).toBe(true);
	});

	test('C2 replies go to published heads', () => {
		expect(who((actor) => mayReply(actor, row(), document(), NOW))).toEqual(SIGNED_IN);
		expect(mayReply(CAST.other, row('published', 'head'), document(), NOW)).toBe(false);
		expect(mayReply(CAST.other, row('hidden'), document(), NOW)).toBe(false);
	});

	test('C3, C4 only the author edits, while it is open, and withdraws, always', () => {
		expect(who((actor) => mayEdit(actor, row(), document(), NOW))).toEqual(['author']);
		expect(mayEdit(CAST.author, row(), document('final'), NOW)).toBe(false);
		expect(mayEdit(CAST.author, row('hidden'), document(), NOW)).toBe(false);
		expect(who((actor) => mayWithdraw(actor, row()))).toEqual(['author']);
		expect(mayWithdraw(CAST.author, row('withdrawn'))).toBe(false);
	});

	test('C5 author and the document’s own policy team resolve', () => {
		expect(who((actor) => mayResolve(actor, row(), document()))).toEqual(['author', 'team']);
		expect(mayResolve(CAST.author, row('published', 'head'), document())).toBe(false);
	});

	test('C6 held and hidden are for the author and moderators in scope', () => {
		for (const status of ['held', 'hidden'] as const) {
			expect(who((actor) => maySee(actor, row(status)))).toEqual(['author', 'moderator']);
		}
		expect(who((actor) => maySee(actor, row()))).toEqual(Object.keys(CAST));
		expect(who((actor) => mayReadBody(actor, row('withdrawn')))).toEqual(['moderator']);
	});

	test('M1 moderators moderate in their scope', () => {
		expect(who((actor) => mayModerate(actor, row()))).toEqual(['moderator']);
		expect(mayModerate(CAST.elsewhere, { documentId: 'e' })).toBe(true);
	});
});
