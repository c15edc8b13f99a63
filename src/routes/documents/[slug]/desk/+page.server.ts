import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { gainIf } from '#lib/ballots/gain.server.ts';
import { talliesOn } from '#lib/ballots/tallies.server.ts';
import { NO_TALLY } from '#lib/ballots/tally.ts';
import { acceptPartly, acceptTogether } from '#lib/decisions/accept.server.ts';
import { answer } from '#lib/decisions/answer.server.ts';
import {
	AcceptForm,
	AnswerForm,
	deskFields,
	deskQuery,
	deskSearch
} from '#lib/decisions/desk-inputs.ts';
import { readDesk } from '#lib/decisions/desk.server.ts';
import { takenMeanwhile } from '#lib/decisions/taken.server.ts';
import { reasonFrom, templatesOf } from '#lib/decisions/templates.server.ts';
import { citable } from '#lib/decisions/citable.server.ts';
import { waiting } from '#lib/decisions/waiting.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { HouseError, httpStatus } from '#lib/errors.ts';
import { forPage, parseInput } from '#lib/server/http.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends, setHeaders }) => {
	depends('contributions');
	setHeaders({ 'cache-control': 'no-store' });
	const { house, live, actor } = locals;
	if (!actor.person) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
	const query = deskQuery(url.searchParams);
	const done = /^\d{1,7}$/.exec(url.searchParams.get('done') ?? '')?.[0] ?? null;
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const tallies = await talliesOn(house, document.id, live);
		const supportOf = (id: string) => {
			const tally = tallies.get(`suggestion:${id}`) ?? NO_TALLY;
			const { strong, mild, against, against2 } = tally;
			return { for: strong + mild, if: tally.if, against: against + against2 };
		};
		const desk = await readDesk(house, live, actor, document.id, query, supportOf);
		const [{ count, held, total }, templates, cites, gain] = await Promise.all([
			waiting(house, document.id),
			templatesOf(house, document.id),
			citable(house, document.id),
			gainIf(house, document.id, desk.picked)
		]);
		return {
			...{ query, desk, templates, cites, gain },
			waiting: { count, held, total },
			done: done === null ? null : Number(done)
		};
	});
};

/** Reads the form, does the act, and leads back to what is left; a refusal keeps what was typed. */
async function act(
	event: RequestEvent<{ slug: string }>,
	work: (fields: Record<string, unknown>, documentId: string) => Promise<{ number: number }>
) {
	const { house, live, actor } = event.locals;
	const fields = deskFields(await event.request.formData());
	const { document } = await forPage(() => findDocument(house, actor, event.params.slug));
	try {
		const made = await work(fields, document.id);
		const query = { ...deskQuery(event.url.searchParams), pick: [], all: false, edit: false };
		const search = new URLSearchParams(deskSearch(query));
		search.set('done', String(made.number));
		redirect(303, `/documents/${document.slug}/desk?${search}`);
	} catch (thrown) {
		if (!(thrown instanceof HouseError)) throw thrown;
		const { code, params } = thrown;
		const taken = await takenMeanwhile(house, live, document, String(params.ids ?? ''));
		return fail(httpStatus(thrown), { code, params, taken, values: typed(fields) });
	}
}

/** What was typed and chosen, to fill the form again. */
function typed(fields: Record<string, unknown>) {
	const word = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '');
	const list = (name: string) => (Array.isArray(fields[name]) ? (fields[name] as string[]) : []);
	return {
		...{ reason: word('reason'), template: word('template'), cite: word('cite') },
		...{ hunk: list('hunk'), block: list('block'), words: list('words') }
	};
}

export const actions: Actions = {
	accept: (event) =>
		act(event, async (fields, documentId) => {
			const { house, live, actor } = event.locals;
			const form = parseInput(AcceptForm, fields);
			const reason = await reasonFrom(house, documentId, form);
			const wish = { reason, staleSeen: form.stale };
			const [first] = form.id;
			if (form.hunks && form.id.length === 1) {
				const part = { contributionId: first!, hunkKeys: form.hunk, ...wish };
				return acceptPartly(house, live, actor, documentId, part);
			}
			const edits = form.block.map((block, at) => {
				return { block, was: form.was[at] ?? '', words: form.words[at] ?? '' };
			});
			const together = { contributionIds: form.id, edits, ...wish };
			return acceptTogether(house, live, actor, documentId, together);
		}),
	answer: (event) =>
		act(event, async (fields, documentId) => {
			const { house, actor } = event.locals;
			const form = parseInput(AnswerForm, fields);
			const reason = await reasonFrom(house, documentId, form);
			const [type, id] = form.cite.split(':') as ['version' | 'decision', string | undefined];
			const cites = id ? [{ type, id }] : [];
			const { outcome } = form;
			return answer(house, actor, documentId, { contributionIds: form.id, outcome, reason, cites });
		})
};
