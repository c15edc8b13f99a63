import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { building } from '$app/environment';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { ownState } from '#lib/ballots/own.server.ts';
import { unpublishedOn } from '#lib/contributions/my-branches.server.ts';
import { TEXT_VIEWS } from '#lib/contributions/suggestion-views.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import type { Asked } from '#lib/documents/kept-pages.server.ts';
import { kindOf, named } from '#lib/documents/own-page.server.ts';
import { toResponse } from '#lib/documents/public-page.server.ts';
import { startPatiently } from '#lib/documents/patience.server.ts';
import { followsDocument } from '#lib/record/follow.server.ts';
import { readActor } from '#lib/people/session.server.ts';
import { mayMutate } from '#lib/server/origin.ts';
import { deskState } from '#lib/reader-state.server.ts';
import { startHouse, type Started } from '#lib/start.server.ts';

const READING = '/documents/[slug]';
const DESK = '/documents/[slug]/desk';
const READING_VIEWS = new Set(['', ...TEXT_VIEWS.map((view) => `?view=${view}`)]);
/** More than any filter of the desk with all that is picked at once. */
const LONGEST_SEARCH = 4_000;
let starting: Promise<Started> | undefined;
let started: Started | undefined;
/** Notes how a kept page was asked for, once its answer has all its headers. */
const learners = new WeakMap<App.Locals, (response: Response) => void>();

export const init: ServerInit = async () => {
	if (building) return;
	// Development asks twice at once; there is one house all the same.
	starting ??= startHouse(process.env);
	started = await starting;
};

const refuseForeign: Handle = ({ event, resolve }) => {
	if (mayMutate(event.request, event.url.origin) || isOneClick(event)) return resolve(event);
	return new Response('This request came from another site and was refused.', { status: 403 });
};

/**
 * A mail program that ends somebody's letters for them (RFC 8058) is on no page of ours: the secret in
 * the address is its right, and no cookie is asked for.
 */
function isOneClick({ request, route }: RequestEvent): boolean {
	return request.method === 'POST' && route.id === '/unsubscribe/[token]';
}

const secure: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	response.headers.set('X-Content-Type-Options', 'nosniff');
	response.headers.set('Referrer-Policy', 'same-origin');
	response.headers.set('Cross-Origin-Opener-Policy', 'same-origin');
	response.headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
	if (event.url.protocol === 'https:') {
		response.headers.set('Strict-Transport-Security', 'max-age=31536000');
	}
	learners.get(event.locals)?.(response);
	return response;
};

const whoAsks: Handle = async ({ event, resolve }) => {
	if (!started) return resolve(event);
	event.locals.pages = started.pages;
	event.locals.house = started.house;
	event.locals.live = started.live;
	event.locals.actor = await readActor(started.house, event.request.headers.get('cookie') ?? '');
	return resolve(event);
};

const speak: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, async ({ request, locale }) => {
		event.request = request;
		const theme = event.cookies.get('folkmoot_theme');
		event.locals.theme = theme === 'light' || theme === 'dark' ? theme : 'system';
		const isReading = event.route.id === READING;
		// Other pages have little in the face of running words.
		const hasProse = isReading || event.route.id === '/';
		const isPatient = isReading && !event.locals.actor?.person;
		const make = async () =>
			resolve(event, {
				transformPageChunk: ({ html }) =>
					startPatiently(html.replace('%lang%', locale).replace('%theme%', event.locals.theme)),
				preload: ({ type, path }) =>
					type === 'css' ||
					// A visitor's reading page fetches its components when they want to speak.
					(type === 'js' && !isPatient) ||
					/-latin-(wght|600)-normal.*woff2$/.test(path) ||
					(hasProse && /-latin-400-normal.*woff2$/.test(path))
			});
		const { slug = '' } = event.params;
		const view = keptView(event);
		if (view === undefined || !event.locals.pages) return make();
		const shown = `${event.url.origin} ${locale} ${event.locals.theme} ${view}`;
		if (!isPatient) return ownPage(event, { slug, shown }, make);
		const page = await event.locals.pages.visitors.get({ slug, shown }, make);
		if (page instanceof Response) return page;
		learners.set(event.locals, (response) =>
			started?.front.visitors.learn(event.request, { slug, shown }, response)
		);
		return toResponse(await page.answer((name) => event.request.headers.get(name)));
	});

/** Which of the kept pages of a document this asks for; undefined: none. */
function keptView({
	request,
	route,
	url,
	locals,
	isDataRequest
}: RequestEvent): string | undefined {
	if (request.method !== 'GET' || isDataRequest || url.search.length > LONGEST_SEARCH)
		return undefined;
	if (route.id === DESK) return locals.actor?.person ? `desk${url.search}` : undefined;
	return route.id === READING && READING_VIEWS.has(url.search) ? url.search : undefined;
}

/**
 * The reading page for somebody signed in, made for all of their kind, with their name in it; or the desk,
 * made for this very person.
 */
async function ownPage(
	{ locals, request, route }: RequestEvent,
	{ slug, shown }: Asked,
	make: () => Promise<Response>
): Promise<Response> {
	const { house, actor, pages } = locals;
	const found = await findDocument(house, actor, slug).catch(() => undefined);
	if (found?.document.slug !== slug) return make();
	const reading = {
		sessionId: actor.sessionId ?? '',
		personId: actor.person!.id,
		documentId: found.document.id
	};
	const isDesk = route.id === DESK;
	const state = isDesk ? undefined : await started?.front.people.stateOf(reading);
	const [support, begun] = await Promise.all([
		ownState(house, reading.personId, reading.documentId),
		unpublishedOn(house, actor, reading.documentId)
	]);
	const given = begun.length > 0 ? `${support} ${JSON.stringify(begun)}` : support;
	const own = isDesk ? `${given} ${await deskState(house, found.document.id)}` : given;
	const kind = await kindOf(house, actor, found, own);
	const following = (await followsDocument(house, actor, found.document.id)) ?? false;
	const asked = { slug, shown: `${shown} ${following} ${kind.name}` };
	const page = await pages.people.get(asked, async () => {
		[locals.actor, locals.named, locals.following] = [kind.actor, kind.open, following];
		const response = await make();
		[locals.actor, locals.named, locals.following] = [actor, undefined, undefined];
		return response;
	});
	// What cannot be kept was made for nobody in particular: it is made again for this very person.
	if (page instanceof Response) return kind.open ? make() : page;
	const reader = named(actor.person!);
	if (state) {
		const sent = { asked, reading, reader, state };
		learners.set(locals, (response) => started?.front.people.learn(request, sent, response));
	}
	return toResponse(await page.answer((name) => request.headers.get(name), reader));
}

export const handle = sequence(secure, refuseForeign, whoAsks, speak);

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status === 404) return { message: 'not_found', code: 'not_found', params: {} };
	started?.house.log.error({ err: error, path: event.url.pathname, status }, 'request failed');
	return { message: 'unexpected', code: 'unexpected', params: {} };
};
