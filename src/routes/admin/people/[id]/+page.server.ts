import { listDocuments } from '#lib/documents/documents.server.ts';
import type { Actor, Duty } from '#lib/people/actor.ts';
import { grantCapacity, withdrawCapacity } from '#lib/people/capacities.server.ts';
import { grantDuty, withdrawDuty } from '#lib/people/duties.server.ts';
import {
	CapacityForm,
	DutyForm,
	NoFields,
	VerificationForm,
	WithdrawCapacityForm
} from '#lib/people/inputs.ts';
import { listOrgs } from '#lib/people/orgs.server.ts';
import { personWithTrust } from '#lib/people/people.server.ts';
import { disablePerson, enablePerson, setVerification } from '#lib/people/standing.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { House } from '#lib/server/house.ts';
import { act } from '../../../account/act.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (({ locals: { house, actor }, params }) =>
	forPage(async () => ({
		...(await personWithTrust(house, actor, params.id)),
		orgs: (await listOrgs(house)).map(({ id, name }) => ({ id, name })),
		documents: await documentsToChoose(house, actor)
	}))) satisfies PageServerLoad;

/** Every document's title, for limiting a duty to one. */
async function documentsToChoose(house: House, actor: Actor) {
	const found: { id: string; title: string }[] = [];
	for (let page = 1, pages = 1; page <= pages; page += 1) {
		const list = await listDocuments(house, actor, { page });
		found.push(...list.items.map(({ id, title }) => ({ id, title })));
		pages = Math.min(list.pages, 20);
	}
	return found;
}

const dutyOf = ({ duty, document }: { duty: Duty['kind']; document: string | null }): Duty => ({
	kind: duty,
	scopeType: document === null ? 'house' : 'document',
	scopeId: document
});
const done = { done: true };

export const actions = {
	verify: ({ request, params, locals: { house, actor } }) =>
		act('verify', request, VerificationForm, async ({ verification }) => {
			await setVerification(house, actor, params.id, verification);
			return done;
		}),

	capacity: ({ request, params, locals: { house, actor } }) =>
		act('capacity', request, CapacityForm, async ({ kind, org }) => {
			await grantCapacity(house, actor, params.id, { kind, orgId: org });
			return done;
		}),

	withdrawCapacity: ({ request, params, locals: { house, actor } }) =>
		act('withdraw', request, WithdrawCapacityForm, async ({ capacity }) => {
			await withdrawCapacity(house, actor, params.id, capacity);
			return done;
		}),

	duty: ({ request, params, locals: { house, actor } }) =>
		act('duty', request, DutyForm, async (input) => {
			await grantDuty(house, actor, params.id, dutyOf(input));
			return done;
		}),

	withdrawDuty: ({ request, params, locals: { house, actor } }) =>
		act('withdraw', request, DutyForm, async (input) => {
			await withdrawDuty(house, actor, params.id, dutyOf(input));
			return done;
		}),

	disable: ({ request, params, locals: { house, actor } }) =>
		act('access', request, NoFields, async () => {
			await disablePerson(house, actor, params.id);
			return done;
		}),

	enable: ({ request, params, locals: { house, actor } }) =>
		act('access', request, NoFields, async () => {
			await enablePerson(house, actor, params.id);
			return done;
		})
} satisfies Actions;
