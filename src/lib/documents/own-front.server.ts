import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Asked, KeptPages } from './kept-pages.server.ts';
import type { Named, OwnPage } from './own-page.server.ts';
import { forAll, wordsOf } from './public-front.server.ts';

/** Who reads what. */
export interface Reading {
	sessionId: string;
	personId: string;
	documentId: string;
}

/** Everything of a reader that decides which page they are sent, in words that only compare. */
export interface ReaderState {
	state: string;
	/** The last thing that happened in the document. */
	latest: string;
}

/** What somebody was last sent, and what they were then. */
export interface Sent {
	asked: Asked;
	reading: Reading;
	reader: Named;
	state: ReaderState;
}

interface Known extends Sent {
	headers: Record<string, string>;
}

const MOST_KNOWN = 5_000;

/**
 * Stands before the pages for people who are signed in: whoever asks again for a page that is still true,
 * and is still what they were, is answered after one look into the database. Everything else, above all
 * a session that ended, is for the pages to answer.
 */
export class OwnFront {
	readonly #pages: KeptPages<OwnPage>;
	readonly #stateOf: (reading: Reading) => Promise<ReaderState | undefined>;
	readonly #known = new Map<string, Known>();

	constructor(
		pages: KeptPages<OwnPage>,
		stateOf: (reading: Reading) => Promise<ReaderState | undefined>
	) {
		this.#pages = pages;
		this.#stateOf = stateOf;
	}

	/** What decides now which page a reader is sent; to be asked before the page is made. */
	stateOf(reading: Reading): Promise<ReaderState | undefined> {
		return this.#stateOf(reading);
	}

	/** Notes how a request that was answered with a kept page had asked for it. */
	learn(request: Request, sent: Sent, response: Response): void {
		const { pathname, search } = new URL(request.url);
		const key = keyOf(pathname + search, (name) => request.headers.get(name));
		if (!key || response.headers.has('set-cookie')) return;
		this.#known.delete(key);
		this.#known.set(key, { ...sent, headers: forAll(response) });
		if (this.#known.size > MOST_KNOWN) this.#known.delete(this.#known.keys().next().value!);
	}

	/** Answers, or says that somebody else has to. */
	async answer(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
		if (req.method !== 'GET') return false;
		const header = (name: string) => req.headers[name]?.toString();
		const key = keyOf(req.url ?? '', header);
		const known = key && this.#known.get(key);
		if (!known) return false;
		const now = await this.#stateOf(known.reading);
		if (now?.state !== known.state.state || now.latest !== known.state.latest) {
			this.#known.delete(key);
			return false;
		}
		const page = await this.#pages.find(known.asked, now.latest);
		if (!page) {
			// The pages answer, and whoever asks again is noted again.
			this.#known.delete(key);
			return false;
		}
		const { status, headers, body } = await page.answer(header, known.reader);
		res.writeHead(status, { ...known.headers, ...headers });
		res.end(body);
		return true;
	}
}

/** A request's words hold its session's secret: only their digest is kept. */
function keyOf(url: string, header: (name: string) => string | null | undefined) {
	const words = wordsOf(url, header);
	return words && createHash('sha256').update(words).digest('base64url');
}
