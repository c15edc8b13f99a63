import * as v from 'valibot';
import { MailQuery } from '#lib/record/inputs.ts';
import { listMail } from '#lib/record/mailbox.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { house, actor }, url }) => {
	const query = v.parse(MailQuery, Object.fromEntries(url.searchParams));
	return { show: query.show, ...(await forPage(() => listMail(house, actor, query))) };
};
