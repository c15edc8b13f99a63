import { redirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#lib/people/actor.ts';
import { callerOf, type Caller } from '#lib/people/caller.ts';
import { sessionCookie } from '#lib/people/cookie.ts';
import type { House } from '#lib/server/house.ts';

/** The caller of this request, for the limits and the list of sessions. */
export function callerOfEvent({ locals, request, getClientAddress }: RequestEvent): Caller {
	return callerOf(locals.house, getClientAddress(), request.headers);
}

/** Hands the browser the token of its session. */
export function letIn(house: House, cookies: Cookies, url: URL, token: string): void {
	const { name, options } = sessionCookie(house, url);
	cookies.set(name, token, options);
}

/** Takes the token out of the browser. */
export function letOut(house: House, cookies: Cookies, url: URL): void {
	const { name, options } = sessionCookie(house, url);
	cookies.delete(name, options);
}

/** For pages of one's own: a visitor is asked to sign in, and comes back. */
export function askToSignIn(actor: Actor, url: URL): void {
	if (actor.person) return;
	// A form's `?/act` is no page to come back to.
	const page = url.search.startsWith('?/') ? url.pathname : url.pathname + url.search;
	redirect(303, `/sign-in?next=${encodeURIComponent(page)}`);
}
