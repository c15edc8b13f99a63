import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Asked, KeptPages } from './kept-pages.server.ts';
import type { PublicPage } from './public-page.server.ts';

/** The same page for everybody who asks in these words. */
interface Known {
	asked: Asked;
	/** The headers that go with every answer of the house. */
	headers: Record<string, string>;
}

const MOST_KNOWN = 2_000;
const LONGEST = 1_500;
/** A session's cookie, by either of its names. */
const SESSION = /folkmoot=/;
/** What belongs to one answer, not to all. */
const OWN = new Set(['content-length', 'content-encoding', 'content-type', 'etag', 'link']);

/**
 * Stands before the pages: a visitor who asks just as another did, for a page that is still true, is
 * answered without waking anything else. Nobody with a session's cookie, living or not, is answered here.
 */
export class PublicFront {
	readonly #pages: KeptPages<PublicPage>;
	readonly #known = new Map<string, Known>();

	constructor(pages: KeptPages<PublicPage>) {
		this.#pages = pages;
	}

	/** Notes how a request that was answered with a public page had asked for it. */
	learn(request: Request, asked: Asked, response: Response): void {
		const { pathname, search } = new URL(request.url);
		const words = wordsOf(pathname + search, (name) => request.headers.get(name));
		if (!words) return;
		const headers = Object.fromEntries([...response.headers].filter(([name]) => !OWN.has(name)));
		if (this.#known.size >= MOST_KNOWN) this.#known.clear();
		this.#known.set(words, { asked, headers });
	}

	/** Answers, or says that somebody else has to. */
	async answer(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
		if (req.method !== 'GET') return false;
		const words = wordsOf(req.url ?? '', (name) => req.headers[name]?.toString());
		const known = words && this.#known.get(words);
		if (!known) return false;
		const page = await this.#pages.find(known.asked);
		if (!page) return false;
		const { status, headers, body } = await page.answer((name) => req.headers[name]?.toString());
		res.writeHead(status, { ...known.headers, ...headers });
		res.end(body);
		return true;
	}
}

/** Everything of a request that a page may depend on; `undefined` when it may be somebody's own. */
function wordsOf(
	url: string,
	header: (name: string) => string | null | undefined
): string | undefined {
	const cookie = header('cookie') ?? '';
	if (SESSION.test(cookie)) return undefined;
	const names = ['host', 'x-forwarded-proto', 'x-forwarded-host', 'accept-language'];
	const words = [url, cookie, ...names.map((name) => header(name) ?? '')].join('\n');
	return words.length > LONGEST ? undefined : words;
}
