import { NotFound } from '#lib/errors.ts';
import { OrgForm } from '#lib/people/inputs.ts';
import { createOrg, listOrgs } from '#lib/people/orgs.server.ts';
import { orgInput, treeOf } from '#lib/people/orgs.ts';
import { mayManagePeople } from '#lib/people/policy.ts';
import { forPage } from '#lib/server/http.ts';
import { act } from '../../account/act.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (({ locals: { house, actor } }) =>
	forPage(async () => {
		if (!mayManagePeople(actor)) throw new NotFound();
		return { tree: treeOf(await listOrgs(house)) };
	})) satisfies PageServerLoad;

export const actions = {
	default: ({ request, locals: { house, actor } }) =>
		act('org', request, OrgForm, async (input) => {
			await createOrg(house, actor, orgInput(input));
			return { done: true };
		})
} satisfies Actions;
