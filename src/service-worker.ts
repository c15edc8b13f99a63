/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/**
 * Keeps what one has read, so that it opens again without a connection: pages of documents come from
 * the network first, files that never change from here first. It keeps nothing of accounts,
 * administration or moderation, no answer to a form, and forgets all pages when somebody signs in or out.
 */
import { base } from '$service-worker';

const worker = self as unknown as ServiceWorkerGlobalScope;

/** File names carry their content's hash, so this store outlives releases. */
const FILES = 'folkmoot-files-1';
const PAGES = 'folkmoot-pages-1';
const MOST_FILES = 400;
const MOST_PAGES = 60;
/** A network that does not answer in this time counts as none, when there is something kept. */
const PATIENCE_MS = 4_000;

worker.addEventListener('install', () => void worker.skipWaiting());

worker.addEventListener('activate', (event) => {
	const ours = new Set([FILES, PAGES]);
	const tidy = caches
		.keys()
		.then((names) =>
			Promise.all(names.filter((name) => !ours.has(name)).map((name) => caches.delete(name)))
		);
	event.waitUntil(tidy.then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (url.origin !== worker.location.origin) return;
	if (isChangingHands(request, url)) return event.respondWith(forgetAfter(request));
	if (request.method !== 'GET') return;
	if (isFile(url)) return event.respondWith(fileFirst(request));
	if (isDocumentPage(url)) event.respondWith(networkFirst(request));
});

/** A page tells which files it was made of: on a first visit they came before this worker did. */
worker.addEventListener('message', (event) => {
	const { kind, page, files, fresh } = (event.data ?? {}) as {
		kind?: string;
		page?: string;
		files?: string[];
		/** What is kept of the page is out of date. */
		fresh?: boolean;
	};
	if (kind !== 'keep' || typeof page !== 'string' || !Array.isArray(files)) return;
	event.waitUntil(keep(page, files, fresh === true));
});

function isChangingHands(request: Request, url: URL): boolean {
	return request.method === 'POST' && /\/(sign-in|sign-out|account\/.*)$/.test(url.pathname);
}

function isFile(url: URL): boolean {
	const path = url.pathname.slice(base.length);
	return path.startsWith('/_app/immutable/') || /^\/documents\/[^/]+\/start\//.test(path);
}

/** Pages and data below /documents that one reads; not their settings, exports or forms. */
function isDocumentPage(url: URL): boolean {
	const path = url.pathname.slice(base.length).replace(/\/__data\.json$/, '');
	return (
		/^\/documents\/[^/]+(\/(edit|state|annotations|versions(\/\d+)?|compare|branches(\/[0-9a-z]+)?))?$/.test(
			path
		) && path !== '/documents/new'
	);
}

async function fileFirst(request: Request): Promise<Response> {
	const files = await caches.open(FILES);
	const kept = await files.match(request);
	if (kept) return kept;
	const response = await fetch(request);
	if (response.ok) await put(files, request, response.clone(), MOST_FILES);
	return response;
}

async function networkFirst(request: Request): Promise<Response> {
	const pages = await caches.open(PAGES);
	const network = fetch(request).then(async (response) => {
		if (isKeepable(response)) await put(pages, request, response.clone(), MOST_PAGES);
		// Withdrawn from this person's sight: what was kept goes as well.
		if (response.status === 404 || response.status === 403) await pages.delete(request);
		return response;
	});
	const kept = await pages.match(request);
	if (!kept) return network;
	const tired = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
	return Promise.race([network.catch(() => kept), tired]);
}

function isKeepable(response: Response): boolean {
	const control = response.headers.get('cache-control') ?? '';
	return response.ok && !response.redirected && !control.includes('no-store');
}

async function keep(page: string, names: string[], fresh: boolean): Promise<void> {
	const url = new URL(page, worker.location.origin);
	if (!isDocumentPage(url)) return;
	const [files, pages] = [await caches.open(FILES), await caches.open(PAGES)];
	if (fresh || !(await pages.match(url))) {
		const response = await fetch(url);
		if (isKeepable(response)) await put(pages, new Request(url), response, MOST_PAGES);
	}
	for (const name of names) {
		const file = new URL(name, worker.location.origin);
		if (file.origin !== worker.location.origin || !isFile(file)) continue;
		if (await files.match(file)) continue;
		// From the browser's own cache: nothing travels twice.
		const response = await fetch(file, { cache: 'force-cache' });
		if (response.ok) await put(files, new Request(file), response, MOST_FILES);
	}
}

/** Writes, and lets the longest-kept go when there are too many; keys come in the order of writing. */
async function put(
	cache: Cache,
	request: Request,
	response: Response,
	most: number
): Promise<void> {
	await cache.delete(request);
	await cache.put(request, response);
	const keys = await cache.keys();
	for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key);
}

async function forgetAfter(request: Request): Promise<Response> {
	const response = await fetch(request);
	await caches.delete(PAGES);
	return response;
}
