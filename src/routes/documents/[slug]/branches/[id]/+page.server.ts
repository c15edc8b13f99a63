import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	inviteToBranch,
	joinBranch,
	leaveBranch,
	removeFromBranch
} from '#lib/contributions/branch-group.server.ts';
import { branchOf, discardBranch } from '#lib/contributions/branches.server.ts';
import { Publish } from '#lib/contributions/inputs.ts';
import { myWordsOn } from '#lib/contributions/my-branches.server.ts';
import { standpoint } from '#lib/contributions/reading.server.ts';
import { previewBranch, publishBranch } from '#lib/contributions/suggest.server.ts';
import { suggestionLines } from '#lib/contributions/suggestion-list.server.ts';
import { overlaid } from '#lib/documents/branches/overlaid.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { changedHtml } from '#lib/documents/reading.server.ts';
import { numberClauses } from '#lib/documents/text/blocks.ts';
import { HouseError, NotFound } from '#lib/errors.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { newSecret } from '#lib/server/ids.ts';
import { noteLabels } from '../../painted.server.ts';
import type { Actions, PageServerLoad } from './$types';

type Locals = Pick<App.Locals, 'house' | 'live' | 'actor'>;

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
	depends('branch');
	const { house, live, actor } = locals;
	if (!actor.person) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const branch = await branchOf(house, actor, params.id);
		if (branch.documentId !== document.id) throw new NotFound('branch_not_found');
		if (branch.state === 'published' && branch.contributionId) {
			redirect(307, `/documents/${document.slug}/suggestions/${branch.contributionId}`);
		}
		const { blocks } = await live.read(document.id);
		return {
			branch,
			/** The clause it was begun on, as the text numbers it now. */
			number: numberClauses(blocks).get(branch.blockId ?? '') ?? null,
			preview: branch.state === 'private' ? await previewOf(locals, document.id, branch.id) : null,
			/** What cannot be published any more is still its author's to read. */
			words: branch.state === 'private' ? null : await wordsOf(locals, branch.id),
			...standpoint(house, actor, document),
			key: newSecret()
		};
	});
};

/** What the branch would do to the text, drawn; null when it cannot be read on it. */
async function previewOf({ house, live, actor }: Locals, documentId: string, branchId: string) {
	try {
		const preview = await previewBranch(house, live, actor, branchId);
		const overlapping = preview.overlaps.map(({ contributionId }) => contributionId).slice(0, 10);
		const [text, others] = await Promise.all([
			live.read(documentId),
			suggestionLines(house, live, documentId, overlapping)
		]);
		const laid = overlaid(text.blocks, text.seq === preview.seq ? preview.blocks : [], {
			chosen: (id) => id === branchId,
			nameOf: () => ''
		});
		const touched = preview.blocks.map(({ block }) => block.id);
		const { problem, stale, text: inWords } = preview;
		return { html: changedHtml(laid, touched, noteLabels()), problem, stale, others, inWords };
	} catch (error) {
		if (error instanceof HouseError) return null;
		throw error;
	}
}

async function wordsOf({ house, actor }: Locals, branchId: string): Promise<string> {
	return myWordsOn(house, actor, branchId).catch((error: unknown) => {
		if (error instanceof HouseError) return '';
		throw error;
	});
}

const Invite = v.strictObject({ email: v.pipe(v.string(), v.trim(), v.maxLength(254)) });
const Who = v.strictObject({ person: v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/)) });
const Nothing = v.strictObject({});

type Event = RequestEvent<{ slug: string; id: string }>;

/** Does the act; a refusal gives back what was typed and which act it was. */
async function act(
	event: Event,
	name: string,
	work: (values: Record<string, string>) => Promise<unknown>
) {
	const values = formValues(await event.request.formData());
	return forForm({ ...values, act: name }, async () => {
		await work(values);
		if (event.request.headers.get('x-sveltekit-action') === 'true') return { done: true };
		redirect(303, event.url.pathname);
	});
}

export const actions: Actions = {
	publish: (event) =>
		act(event, 'publish', async (values) => {
			const { house, live, actor } = event.locals;
			const { slug, id } = event.params;
			const row = await publishBranch(house, live, actor, id!, parseInput(Publish, values));
			redirect(303, `/documents/${slug}/suggestions/${row.id}`);
		}),
	discard: (event) =>
		act(event, 'discard', async (values) => {
			parseInput(Nothing, values);
			await discardBranch(event.locals.house, event.locals.actor, event.params.id!);
			redirect(303, `/documents/${event.params.slug}/branches`);
		}),
	invite: (event) =>
		act(event, 'invite', (values) => {
			const { house, actor } = event.locals;
			return inviteToBranch(house, actor, event.params.id!, parseInput(Invite, values));
		}),
	remove: (event) =>
		act(event, 'remove', (values) => {
			const { house, actor } = event.locals;
			return removeFromBranch(house, actor, event.params.id!, parseInput(Who, values).person);
		}),
	join: (event) =>
		act(event, 'join', (values) => {
			parseInput(Nothing, values);
			return joinBranch(event.locals.house, event.locals.actor, event.params.id!);
		}),
	leave: (event) =>
		act(event, 'leave', async (values) => {
			parseInput(Nothing, values);
			await leaveBranch(event.locals.house, event.locals.actor, event.params.id!);
			redirect(303, `/documents/${event.params.slug}/branches`);
		})
};
