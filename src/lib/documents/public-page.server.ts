import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Named } from './own-page.server.ts';

const packers = {
	// Once for all who read it, beside the main thread: 25 ms for 700 kB, and 5 % less to carry than at 5.
	br: (bytes: Buffer) =>
		promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
	gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 6 })
};
type Encoding = keyof typeof packers;
/** Reads a request's header by its lower-case name. */
export type Header = (name: string) => string | null | undefined;

/** An answer before it is anybody's. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body?: Buffer;
}

/** A page that is made once and sent to many. */
export interface KeptPage {
	/** The page, with what is left open for whoever reads it. */
	answer(header: Header, reader?: Named): Promise<Answer>;
}

/** An answer as the pages give it. */
export function toResponse({ status, headers, body }: Answer): Response {
	return new Response(body && new Uint8Array(body), { status, headers });
}

/** Bytes that many are sent: each way of packing them is worked out once. */
export class Packed {
	readonly bytes: Buffer;
	readonly #packed = new Map<Encoding, Promise<Buffer>>();

	constructor(text: string) {
		// Memory of its own: a thousand are kept, and each would keep a piece of Node's pool from being freed.
		this.bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
		this.bytes.write(text);
	}

	/** The answer to a request that may take it compressed. */
	async answer(header: Header, headers: Record<string, string>): Promise<Answer> {
		const encoding = encodingFor(header('accept-encoding'));
		const body = encoding ? await this.#as(encoding) : this.bytes;
		const packing = encoding ? { 'content-encoding': encoding } : undefined;
		const length = { 'content-length': String(body.length) };
		return { status: 200, headers: { ...headers, ...packing, ...length }, body };
	}

	#as(encoding: Encoding): Promise<Buffer> {
		let packed = this.#packed.get(encoding);
		if (!packed) this.#packed.set(encoding, (packed = packers[encoding](this.bytes)));
		return packed;
	}
}

/** A page that is the same for all visitors of one language and theme. */
export class PublicPage implements KeptPage {
	readonly #html: Packed;
	readonly #headers: Record<string, string>;

	private constructor(response: Response, html: string) {
		const safe = withoutNonce(html, response.headers.get('content-security-policy') ?? '');
		this.#html = new Packed(safe.html);
		this.#headers = {
			...Object.fromEntries(response.headers),
			'content-security-policy': safe.policy,
			etag: `W/"${digest(safe.html, 'base64url').slice(0, 22)}"`,
			// Shared caches may keep it, and ask each time whether it is still so.
			'cache-control': 'public, no-cache',
			vary: 'Accept-Encoding, Accept-Language, Cookie'
		};
	}

	/** From the page as it was made for one visitor; `undefined` when it is not one to be kept. */
	static async of(response: Response): Promise<PublicPage | undefined> {
		if (response.status !== 200 || response.headers.has('set-cookie')) return undefined;
		return new PublicPage(response, await response.clone().text());
	}

	/** The page, or word that the reader already has it. */
	async answer(header: Header): Promise<Answer> {
		if (header('if-none-match') !== this.#headers.etag)
			return this.#html.answer(header, this.#headers);
		const { etag, vary, 'cache-control': cache } = this.#headers;
		return { status: 304, headers: { etag: etag!, vary: vary!, 'cache-control': cache! } };
	}
}

/**
 * A nonce is for one answer; what is sent to many names its scripts and styles by what is in them. Only
 * those that had the nonce: nobody who smuggled one into the page could have known it.
 */
function withoutNonce(html: string, policy: string): { html: string; policy: string } {
	const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
	if (!nonce) return { html, policy };
	const hashes = (tag: 'script' | 'style') =>
		html
			.split(`<${tag} nonce="${nonce}">`)
			.slice(1)
			.map((rest) => digest(rest.slice(0, rest.indexOf(`</${tag}>`)), 'base64'))
			.map((hash) => `'sha256-${hash}'`)
			.join(' ');
	const directives = policy.split(';').map((directive) => {
		const tag = /^\s*style-src/.test(directive) ? 'style' : 'script';
		return directive.replace(`'nonce-${nonce}'`, () => hashes(tag));
	});
	return { html: html.replaceAll(` nonce="${nonce}"`, ''), policy: directives.join(';') };
}

function digest(text: string, encoding: 'base64' | 'base64url'): string {
	return createHash('sha256').update(text).digest(encoding);
}

function encodingFor(accepted: string | null | undefined): Encoding | undefined {
	const names = (accepted ?? '')
		.split(',')
		.map((one) => one.trim().toLowerCase())
		.filter((one) => !/;\s*q=0(\.0*)?$/.test(one))
		.map((one) => one.split(';')[0]);
	return (['br', 'gzip'] as const).find((encoding) => names.includes(encoding));
}
