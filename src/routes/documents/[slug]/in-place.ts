import { deserialize } from '$app/forms';
import type { InPlace } from '#lib/contributions/branch-views.ts';
import type { Target } from '#lib/contributions/target.ts';
import { readAnswer } from '#lib/contributions/forms.ts';
import { sayRefusal } from '#lib/contributions/refusals.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';

/** What the reader turned to, as the text shows it, and where that is on the screen. */
export function placeOf(text: HTMLElement | undefined, target: Target): Omit<InPlace, 'branchId'> {
	const { blockId, number, words } = target;
	const block = text?.querySelector(`[data-block="${CSS.escape(blockId)}"]`);
	const top = block?.getBoundingClientRect().top ?? null;
	return { blockId, number, words: words && { from: words.from, to: words.to }, top, fresh: false };
}

/** Begins a branch on a clause; null when that was refused, which is said. */
export async function beginOn(slug: string, blockId: string): Promise<string | null> {
	const result = await post(`/documents/${slug}/suggest?/begin`, { block: blockId });
	if (result?.type === 'redirect')
		return /\/branches\/([0-9a-z]+)$/.exec(result.location)?.[1] ?? null;
	const sent = result && readAnswer(result);
	if (!sent?.done) toasts.show(sayRefusal(sent ?? { code: 'offline' }), 'error');
	return null;
}

/** Gives a branch up on which nothing was written; what cannot be sent now is given up another time. */
export async function giveUp(slug: string, branchId: string): Promise<void> {
	await post(`/documents/${slug}/branches/${branchId}?/discard`, {});
}

/** Puts an element where another one stood: so many px below the upper edge of the window. */
export function levelWith(element: Element | null | undefined, top: number | null): void {
	if (!element || top === null) return;
	const by = element.getBoundingClientRect().top - top;
	if (Math.abs(by) >= 1) window.scrollBy({ top: by, behavior: 'instant' });
}

/** Has the service worker fetch a page, as it is now, so that it opens again without a connection. */
export async function keepOnDevice(page: string): Promise<void> {
	const registration = await navigator.serviceWorker?.ready;
	registration?.active?.postMessage({ kind: 'keep', page, files: [], fresh: true });
}

/** Sends a form as a page's script does; undefined: there is no connection. */
async function post(address: string, fields: Record<string, string>) {
	const body = new URLSearchParams(fields);
	const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
	try {
		const response = await fetch(address, { method: 'POST', headers, body });
		return deserialize(await response.text());
	} catch {
		return undefined;
	}
}
