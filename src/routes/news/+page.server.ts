import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { markAllRead, markRead, readInbox } from '#lib/record/inbox.server.ts';
import { InboxQuery, NewsForm } from '#lib/record/inputs.ts';
import { newsSentence } from '#lib/record/lines.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { askToSignIn } from '../account/entrance.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { house, actor }, url, setHeaders }) => {
	askToSignIn(actor, url);
	setHeaders({ 'cache-control': 'no-store' });
	const query = v.parse(InboxQuery, Object.fromEntries(url.searchParams));
	const { lines, ...inbox } = await forPage(() => readInbox(house, actor, query));
	return {
		...{ show: query.show, ...inbox },
		// Said here, so that readers do not download sentences they may never need.
		lines: lines.map((line) => ({
			...{ id: line.id, at: line.at, unread: line.unread, document: line.document },
			sentence: newsSentence(line)
		}))
	};
};

async function mark(event: RequestEvent, by: typeof markRead) {
	const { house, actor } = event.locals;
	askToSignIn(actor, event.url);
	const values = formValues(await event.request.formData());
	return forForm(values, async () => {
		await by(house, actor, parseInput(NewsForm, values).id);
		if (event.request.headers.get('x-sveltekit-action') === 'true') return { done: true };
		const show = event.url.searchParams.get('show') === 'unread' ? '?show=unread' : '';
		redirect(303, `/news${show}`);
	});
}

export const actions: Actions = {
	read: (event) => mark(event, markRead),
	all: (event) => mark(event, markAllRead)
};
