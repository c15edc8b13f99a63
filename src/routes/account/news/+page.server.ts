import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { WishesForm, wishesIn } from '#lib/record/inputs.ts';
import { NEWS_KINDS } from '#lib/record/kinds.ts';
import { refusalText } from '#lib/record/refusals.ts';
import { readWishes, saveWishes } from '#lib/record/wishes.server.ts';
import { timeOf } from '#lib/record/wishes.ts';
import { forPage, formValues } from '#lib/server/http.ts';
import { askToSignIn } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Every zone there is, the usual name of none first. */
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

export const load: PageServerLoad = async ({ locals: { house, actor }, url, setHeaders }) => {
	askToSignIn(actor, url);
	setHeaders({ 'cache-control': 'no-store' });
	const { wishes, said } = await forPage(() => readWishes(house, actor));
	const { mail, quietFrom, quietTo, timeZone, muted } = wishes;
	return {
		...{ mail, timeZone, said, email: actor.person!.email },
		quietFrom: quietFrom === null ? '' : timeOf(quietFrom),
		quietTo: quietTo === null ? '' : timeOf(quietTo),
		told: NEWS_KINDS.filter((kind) => !muted.includes(kind)),
		zones: ZONES.includes(timeZone) ? ZONES : [timeZone, ...ZONES],
		saved: url.searchParams.has('saved')
	};
};

export const actions: Actions = {
	default: async ({ locals: { house, actor }, request, url }) => {
		askToSignIn(actor, url);
		const values = formValues(await request.formData());
		const read = v.safeParse(WishesForm, values);
		if (!read.success) return refuse(values, read.issues);
		const wishes = wishesIn(read.output);
		if (!wishes) return fail(400, { values, errors: { quietTo: refusalText('quiet') } });
		await saveWishes(house, actor, wishes);
		redirect(303, '/account/news?saved');
	}
};

function refuse(values: Record<string, string>, issues: v.BaseIssue<unknown>[]) {
	const errors: Record<string, string> = {};
	for (const issue of issues) {
		// A field that our form does not have is no mistake of a person.
		if (issue.type === 'strict_object' && issue.expected === 'never') {
			error(400, { message: 'unknown_field', code: 'invalid', params: {} });
		}
		const field = v.getDotPath(issue) ?? '';
		errors[field] ??= refusalText(issue.message);
	}
	return fail(400, { values, errors });
}
