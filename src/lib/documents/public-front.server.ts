import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Asked, KeptPages } from './kept-pages.server.ts';
import type { Header, PublicPage } from './public-page.server.ts';

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
		const words = visitorsWords(pathname + search, (name) => request.headers.get(name));
		if (!words) return;
		const headers = forAll(response);
		if (this.#known.size >= MOST_KNOWN) this.#known.clear();
		this.#known.set(words, { asked, headers });
	}

	/** Answers, or says that somebody else has to. */
	async answer(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
		if (req.method !== 'GET') return false;
		const words = visitorsWords(req.url ?? '', (name) => req.headers[name]?.toString());
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

/** The headers of an answer that belong to all answers alike. */
export function forAll({ headers }: Response): Record<string, string> {
	return Object.fromEntries([...headers].filter(([name]) => !OWN.has(name)));
}

function visitorsWords(url: string, header: Header): string | undefined {
	return SESSION.test(header('cookie') ?? '') ? undefined : wordsOf(url, header);
}

/** Everything of a request that a page may depend on; `undefined` when that is more than is kept. */
export function wordsOf(url: string, header: Header): string | undefined {
	const cookie = header('cookie') ?? '';
	const names = ['host', 'x-forwarded-proto', 'x-forwarded-host', 'accept-language'];
	const words = [url, cookie, ...names.map((name) => header(name) ?? '')].join('\n');
	return words.length > LONGEST ? undefined : words;
}
