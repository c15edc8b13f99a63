import { describe, expect, it } from 'vitest';
import { VISITOR, type Actor, type Capacity, type Duty, type Verification } from './actor.ts';
import {
	isAdmin,
	isInnovationLead,
	isModerator,
	isPolicyTeam,
	isSignedIn,
	isStaff,
	isVerified,
	mayComment,
	mayManagePeople,
	speaksAs,
	speaksUnheld
} from './policy.ts';

function someone(
	held: {
		verification?: Verification;
		capacities?: [Capacity['kind'], string][];
		duties?: Duty[];
		disabled?: boolean;
	} = {}
): Actor {
	return {
		person: {
			id: 'p1',
			name: 'Ana',
			email: 'ana@meravia.example',
			verification: held.verification ?? 'none',
			status: held.disabled ? 'disabled' : 'active',
			createdAt: 0,
			locale: 'en'
		},
		sessionId: 's1',
		capacities: [
			...(held.capacities ?? []).map(([kind, orgId]) => ({
				id: kind,
				kind,
				orgId,
				orgName: orgId
			})),
			{ id: 'c', kind: 'citizen' as const, orgId: null, orgName: null }
		],
		duties: held.duties ?? []
	};
}
const house = (kind: Duty['kind']): Duty => ({ kind, scopeType: 'house', scopeId: null });
const on = (kind: Duty['kind'], scopeId: string): Duty => ({
	kind,
	scopeType: 'document',
	scopeId
});

const cast: Record<string, Actor> = {
	visitor: VISITOR,
	citizen: someone(),
	mailed: someone({ verification: 'email' }),
	verified: someone({ verification: 'verified' }),
	employee: someone({ capacities: [['employee', 'city']] }),
	partner: someone({ capacities: [['partner', 'heatlab']] }),
	team: someone({ duties: [on('policy_team', 'shade')] }),
	moderator: someone({ duties: [house('moderator')] }),
	lead: someone({ duties: [house('innovation_lead')] }),
	admin: someone({ duties: [house('admin')] }),
	disabled: someone({
		disabled: true,
		verification: 'verified',
		capacities: [['employee', 'city']],
		duties: [house('admin'), house('moderator'), house('innovation_lead'), house('policy_team')]
	})
};
const everybody = Object.keys(cast).filter((role) => !['visitor', 'disabled'].includes(role));

/** Act → who may. Everybody not named may not. */
const table: [string, (actor: Actor) => boolean, string[]][] = [
	['isSignedIn', isSignedIn, everybody],
	['isVerified', isVerified, ['verified']],
	['isStaff', isStaff, ['employee', 'team', 'moderator', 'lead', 'admin']],
	['isModerator', isModerator, ['moderator']],
	['isModerator of shade', (actor) => isModerator(actor, 'shade'), ['moderator']],
	['isInnovationLead', isInnovationLead, ['lead']],
	['isAdmin', isAdmin, ['admin']],
	['isPolicyTeam of shade', (actor) => isPolicyTeam(actor, 'shade'), ['team']],
	['isPolicyTeam of another', (actor) => isPolicyTeam(actor, 'births'), []],
	['speaks as employee', (actor) => speaksAs(actor, 'employee'), ['employee']],
	['speaks for the city', (actor) => speaksAs(actor, 'employee', 'city'), ['employee']],
	['speaks for another', (actor) => speaksAs(actor, 'employee', 'heatlab'), []],
	['speaks as citizen', (actor) => speaksAs(actor, 'citizen'), everybody],
	['P9 mayComment', mayComment, everybody],
	[
		'P9 speaksUnheld',
		speaksUnheld,
		['verified', 'employee', 'partner', 'team', 'moderator', 'lead', 'admin']
	],
	['P10 mayManagePeople', mayManagePeople, ['admin']]
];

describe('who may what', () => {
	it.each(
		table.flatMap(([act, may, who]) =>
			Object.entries(cast).map(
				([role, actor]) => [act, role, who.includes(role), may, actor] as const
			)
		)
	)('%s: %s → %s', (_act, _role, expected, may, actor) => {
		expect(may(actor)).toBe(expected);
	});

	it('a policy team of the house is on every document’s; an innovation lead is not', () => {
		expect(isPolicyTeam(someone({ duties: [house('policy_team')] }), 'births')).toBe(true);
		expect(isPolicyTeam(cast.lead!, 'births')).toBe(false);
	});

	it('a moderator of one document moderates there and nowhere else', () => {
		const scoped = someone({ duties: [on('moderator', 'shade')] });
		expect(isModerator(scoped, 'shade')).toBe(true);
		expect(isModerator(scoped, 'births')).toBe(false);
		expect(isModerator(scoped)).toBe(false);
	});
});
