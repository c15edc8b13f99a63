import { NotFound } from '#lib/errors.ts';
import { OrgForm } from '#lib/people/inputs.ts';
import { editOrg, getOrg, listOrgs } from '#lib/people/orgs.server.ts';
import { orgInput, treeOf } from '#lib/people/orgs.ts';
import { mayManagePeople } from '#lib/people/policy.ts';
import { forPage } from '#lib/server/http.ts';
import { act } from '../../../account/act.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (({ locals: { house, actor }, params }) =>
	forPage(async () => {
		if (!mayManagePeople(actor)) throw new NotFound();
		const org = await getOrg(house, params.id);
		// Nothing can come to stand below itself, so the branch that begins here is no choice.
		return { org, tree: treeOf(await listOrgs(house), org.id) };
	})) satisfies PageServerLoad;

export const actions = {
	default: ({ request, params, locals: { house, actor } }) =>
		act('org', request, OrgForm, async (input) => {
			await editOrg(house, actor, params.id, orgInput(input));
			return { done: true };
		})
} satisfies Actions;
