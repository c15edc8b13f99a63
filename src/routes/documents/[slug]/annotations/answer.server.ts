import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { ThreadQuery } from '#lib/contributions/inputs.ts';
import type { WantedReplies } from '#lib/contributions/replies.server.ts';
import type { ContributionRow } from '#lib/contributions/schema.server.ts';

/** What a page learns of a contribution it has just made. */
export interface Made {
	id: string;
	status: ContributionRow['status'];
}

/**
 * After an act: a form sent by script gets the answer where it stands, a plain form is led to the
 * thread, so that reloading does not send it again.
 */
export function answer(event: RequestEvent, slug: string, row: ContributionRow): Made {
	const made = { id: row.id, status: row.status };
	if (isInPlace(event)) return made;
	const head = row.parentId ?? row.id;
	const reply = row.parentId ? `?reply=${row.id}` : '';
	redirect(303, `/documents/${slug}/annotations/${head}${reply}#remark-${row.id}`);
}

/** Which replies the address of a thread's page asks for. */
export function wantedReplies({ searchParams }: URL): WantedReplies {
	const { replies, reply, edit } = v.parse(ThreadQuery, Object.fromEntries(searchParams));
	return { page: replies, having: reply ?? edit ?? null };
}

/** Whether the page's script sent the form and reads the answer itself. */
export function isInPlace(event: RequestEvent): boolean {
	return event.request.headers.get('x-sveltekit-action') === 'true';
}
