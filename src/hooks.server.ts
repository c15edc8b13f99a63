import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { building } from '$app/environment';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { toResponse } from '#lib/documents/public-page.server.ts';
import type { Asked } from '#lib/documents/public-pages.server.ts';
import { startPatiently } from '#lib/documents/patience.server.ts';
import { readActor } from '#lib/people/session.server.ts';
import { mayMutate } from '#lib/server/origin.ts';
import { startHouse, type Started } from '#lib/start.server.ts';

let starting: Promise<Started> | undefined;
let started: Started | undefined;
/** Which public page an answer is, until it leaves the house. */
const shownTo = new WeakMap<App.Locals, Asked>();

export const init: ServerInit = async () => {
	if (building) return;
	// Development asks twice at once; there is one house all the same.
	starting ??= startHouse(process.env);
	started = await starting;
};

const refuseForeign: Handle = ({ event, resolve }) => {
	if (mayMutate(event.request, event.url.origin)) return resolve(event);
	return new Response('This request came from another site and was refused.', { status: 403 });
};

const secure: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	response.headers.set('X-Content-Type-Options', 'nosniff');
	response.headers.set('Referrer-Policy', 'same-origin');
	response.headers.set('Cross-Origin-Opener-Policy', 'same-origin');
	response.headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
	if (event.url.protocol === 'https:') {
		response.headers.set('Strict-Transport-Security', 'max-age=31536000');
	}
	const asked = shownTo.get(event.locals);
	if (asked) started?.front.learn(event.request, asked, response);
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
		const isPatient = event.route.id === '/documents/[slug]' && !event.locals.actor?.person;
		const make = async () =>
			resolve(event, {
				transformPageChunk: ({ html }) =>
					startPatiently(html.replace('%lang%', locale).replace('%theme%', event.locals.theme)),
				preload: ({ type, path }) =>
					type === 'css' ||
					// A visitor's reading page fetches its components when they want to speak.
					(type === 'js' && !isPatient) ||
					/-latin-(opsz|wght)-normal.*woff2$/.test(path)
			});
		const { slug = '' } = event.params;
		const { method } = event.request;
		const isPlain = method === 'GET' && event.url.search === '' && !event.isDataRequest;
		if (!isPatient || !isPlain || !event.locals.pages) return make();
		const shown = `${event.url.origin} ${locale} ${event.locals.theme}`;
		const page = await event.locals.pages.get({ slug, shown }, make);
		if (page instanceof Response) return page;
		shownTo.set(event.locals, { slug, shown });
		return toResponse(await page.answer((name) => event.request.headers.get(name)));
	});

export const handle = sequence(secure, refuseForeign, whoAsks, speak);

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status === 404) return { message: 'not_found', code: 'not_found', params: {} };
	started?.house.log.error({ err: error, path: event.url.pathname, status }, 'request failed');
	return { message: 'unexpected', code: 'unexpected', params: {} };
};
