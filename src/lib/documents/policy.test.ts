import { describe, expect, test } from 'vitest';
import type { Part } from '#lib/challenges/parts.ts';
import { VISITOR, type Actor, type Capacity, type Duty } from '#lib/people/actor.ts';
import { liveRight, mayCreate, mayFreeze, mayManage, mayRead, type Parties } from './policy.ts';
import { STAGES, type Stage } from './stages.ts';

const D = 'document-1';

function somebody(
	{ duties = [], capacities = [] }: { duties?: Duty[]; capacities?: Capacity[] } = {},
	status: 'active' | 'disabled' = 'active'
): Actor {
	const person = {
		...{ id: 'p1', name: 'Jo', email: 'jo@meravia.example', locale: 'en', createdAt: 0 },
		...{ verification: 'verified' as const, status }
	};
	return { person, sessionId: 's', duties, capacities };
}

const duty = (kind: Duty['kind'], scopeId: string | null = null): Duty => ({
	kind,
	scopeType: scopeId === null ? 'house' : 'document',
	scopeId
});
const as = (part: Part): Parties => [{ personId: 'p1', part }];
const employee: Capacity = { id: 'c', kind: 'employee', orgId: 'o', orgName: 'City' };

const CAST: Array<[string, Actor, Parties]> = [
	['a visitor', VISITOR, []],
	['a citizen', somebody(), []],
	['a follower', somebody(), as('follower')],
	['a partner', somebody(), as('partner')],
	['a co-drafter', somebody(), as('co_drafter')],
	['the owner', somebody(), as('owner')],
	['its policy team', somebody({ duties: [duty('policy_team', D)] }), []],
	['another policy team', somebody({ duties: [duty('policy_team', 'document-2')] }), []],
	['a moderator', somebody({ duties: [duty('moderator')] }), []],
	['an administrator', somebody({ duties: [duty('admin')] }), []],
	['a disabled co-drafter', somebody({}, 'disabled'), as('co_drafter')],
	['a disabled team member', somebody({ duties: [duty('policy_team', D)] }, 'disabled'), []]
];

const WRITERS = new Set(['a co-drafter', 'the owner', 'its policy team']);
const INSIDE = new Set([...WRITERS, 'a partner', 'an administrator']);
const WRITABLE = new Set<Stage>(['private', 'co_drafting', 'consultation', 'revising']);

describe.each(CAST)('%s', (name, actor, parties) => {
	test.each(STAGES)('in stage %s', (stage) => {
		const document = { id: D, stage };
		const reads = stage !== 'private' || INSIDE.has(name);
		const writes = WRITERS.has(name) && WRITABLE.has(stage);
		expect(mayRead(actor, document, parties)).toBe(reads);
		expect(liveRight(actor, document, parties)).toBe(writes ? 'write' : reads ? 'read' : 'none');
		expect(mayManage(actor, document)).toBe(name === 'its policy team');
		expect(mayFreeze(actor, document)).toBe(name === 'its policy team' && stage !== 'withdrawn');
	});
});

test('somebody else’s part gives nothing', () => {
	const others: Parties = [
		{ personId: 'p2', part: 'co_drafter' },
		{ personId: null, part: 'owner' }
	];
	expect(liveRight(somebody(), { id: D, stage: 'private' }, others)).toBe('none');
	expect(liveRight(VISITOR, { id: D, stage: 'private' }, others)).toBe('none');
});

test('a policy team of the whole house acts on every document', () => {
	const actor = somebody({ duties: [duty('policy_team')] });
	expect(liveRight(actor, { id: D, stage: 'private' }, [])).toBe('write');
	expect(mayManage(actor, { id: D, stage: 'adopted' })).toBe(true);
});

test.each([
	['a visitor', VISITOR, false],
	['a citizen', somebody(), false],
	['a moderator', somebody({ duties: [duty('moderator')] }), false],
	['an employee', somebody({ capacities: [employee] }), true],
	['a policy team', somebody({ duties: [duty('policy_team', 'document-2')] }), true],
	['an innovation lead', somebody({ duties: [duty('innovation_lead')] }), true],
	['an administrator', somebody({ duties: [duty('admin')] }), true],
	['a disabled employee', somebody({ capacities: [employee] }, 'disabled'), false]
])('%s may start a text: %s', (_, actor, may) => {
	expect(mayCreate(actor)).toBe(may);
});
