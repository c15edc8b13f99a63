import { redirect, type RequestEvent } from '@sveltejs/kit';
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
	redirect(303, `/documents/${slug}/annotations/${head}#remark-${row.id}`);
}

/** Whether the page's script sent the form and reads the answer itself. */
export function isInPlace(event: RequestEvent): boolean {
	return event.request.headers.get('x-sveltekit-action') === 'true';
}
