import { redirect } from '@sveltejs/kit';
import { unanswered, waiting } from '#lib/decisions/waiting.server.ts';
import { findDocument, findManaged, renameDocument } from '#lib/documents/documents.server.ts';
import { Freeze, Invite, Move, Removal, Words } from '#lib/documents/inputs.ts';
import { listMoves, moveStage } from '#lib/documents/moves.server.ts';
import { stageFacts } from '#lib/documents/stages.ts';
import { bringIn, letGo, teamOf } from '#lib/documents/team.server.ts';
import { freezeVersion } from '#lib/documents/versions.server.ts';
import { namesOf } from '#lib/people/people.server.ts';
import { forPage } from '#lib/server/http.ts';
import { act } from '../../act.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { house, actor } = locals;
	if (!actor.person) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
	const found = await forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		return findManaged(house, actor, document.id);
	});
	const { document } = found;
	const moves = await listMoves(house, document.id);
	const names = await namesOf(
		house.store.db,
		moves.flatMap((move) => move.movedBy ?? [])
	);
	return {
		closesAt: document.closesAt,
		waiting: await waiting(house, document.id),
		next: stageFacts(document.stage).next.map((stage) => {
			const { needsReason, needsClosing, freezes } = stageFacts(stage);
			return { stage, needsReason, needsClosing, freezes };
		}),
		team: await teamOf(house, found),
		moves: moves.map(({ id, from, to, reason, movedAt, movedBy }) => ({
			...{ id, from, to, reason, movedAt },
			by: movedBy ? (names.get(movedBy) ?? null) : null
		}))
	};
};

/** The document that the form is about; its own use-case decides whether this person may. */
async function target({ locals, params }: RequestEvent): Promise<string> {
	const { document } = await forPage(() => findDocument(locals.house, locals.actor, params.slug));
	return document.id;
}

export const actions: Actions = {
	words: async (event) => {
		const { house, actor } = event.locals;
		const id = await target(event);
		const done = await act('words', await event.request.formData(), Words, (input) =>
			renameDocument(house, actor, id, input)
		);
		if (!('slug' in done)) return done;
		redirect(303, `/documents/${done.slug}/settings?saved=words`);
	},
	move: async (event) => {
		const { house, live, actor } = event.locals;
		const id = await target(event);
		const done = await act('move', await event.request.formData(), Move, (input) =>
			moveStage(house, live, actor, id, input, unanswered)
		);
		if (!('slug' in done)) return done;
		redirect(303, `/documents/${done.slug}/settings?saved=move`);
	},
	freeze: async (event) => {
		const { house, live, actor } = event.locals;
		const id = await target(event);
		const done = await act('freeze', await event.request.formData(), Freeze, ({ reason }) =>
			freezeVersion(house, live, actor, id, reason)
		);
		if (!('number' in done)) return done;
		redirect(303, `/documents/${event.params.slug}/versions/${done.number}`);
	},
	bring: async (event) => {
		const { house, actor } = event.locals;
		const id = await target(event);
		const done = await act('bring', await event.request.formData(), Invite, (input) =>
			bringIn(house, actor, id, input)
		);
		return done ?? redirect(303, `/documents/${event.params.slug}/settings?saved=people#people`);
	},
	let_go: async (event) => {
		const { house, actor } = event.locals;
		const id = await target(event);
		const done = await act('let_go', await event.request.formData(), Removal, (input) =>
			letGo(house, actor, id, input)
		);
		return done ?? redirect(303, `/documents/${event.params.slug}/settings?saved=people#people`);
	}
};
