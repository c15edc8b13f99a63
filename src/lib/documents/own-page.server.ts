/**
 * Reading pages as signed-in people are sent them. Somebody who never did anything in a document, and is
 * no party to it, is shown what everybody of the same rights is shown, but for their name: such a page is
 * made once, for nobody in particular, with the name left open. Who did something gets a page of their own.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { gzipOf, Slice } from '#lib/server/slices.ts';
import { avatarColour, initialsOf } from '#lib/ui/avatar.ts';
import { hasActed } from './acted.server.ts';
import type { Found } from './documents.server.ts';
import { liveRight, mayManage } from './policy.ts';
import type { Answer, Header, KeptPage } from './public-page.server.ts';

/** What a page says of its reader by name. */
export interface Named {
	id: string;
	name: string;
	initials: string;
	colour: string;
}

/** Nobody could have written these into a page: they are other ones each time the house starts. */
const token = (what: string) => `~${what}-${randomBytes(12).toString('hex')}~`;
const OPEN: Named = {
	id: token('id'),
	name: token('name'),
	initials: token('initials'),
	colour: token('colour')
};
const CUT = new RegExp(`(${Object.values(OPEN).join('|')})`);

/** For whom a page is made: everybody of this kind is sent the same. */
export interface Kind {
	name: string;
	/** Who asks while it is made: somebody without a name, or the person themselves. */
	actor: Actor;
	/** What is left open, with what stands in for it while the page is made. */
	open: Named | undefined;
}

/**
 * Which page this person is sent. `own` names all that is theirs on it besides what they did according to
 * the document's events; '' for nothing. Whatever a reading page shows of its reader has to show there:
 * somebody in particular is otherwise taken for nobody.
 */
export async function kindOf(house: House, actor: Actor, found: Found, own: string): Promise<Kind> {
	const { document, parties } = found;
	const person = actor.person!;
	const may = [liveRight(actor, document, parties), mayManage(actor, document)];
	const trust = [person.status, person.verification, person.locale, actor.duties, may];
	const isParty = parties.some((one) => one.personId === person.id);
	if (own !== '' || isParty || (await hasActed(house, document.id, person.id))) {
		const self = [person.id, person.name, actor.capacities, own];
		return { name: JSON.stringify([...self, ...trust]), actor, open: undefined };
	}
	// Everybody is a citizen; what else they are is theirs, and is chosen by its id when they speak.
	const capacities = actor.capacities.map((one) =>
		one.kind === 'citizen' ? { ...one, id: one.kind } : one
	);
	const nobody = { ...person, id: OPEN.id, name: OPEN.name, email: '', createdAt: 0 };
	const name = JSON.stringify([capacities, ...trust]);
	return { name, actor: { ...actor, person: nobody, sessionId: null, capacities }, open: OPEN };
}

/** What a page says of a person. */
export function named({ id, name }: { id: string; name: string }): Named {
	return { id, name, initials: initialsOf(name), colour: `${avatarColour(name)}` };
}

/** Where a page is left open, and how what comes there has to be written. */
interface Gap {
	what: keyof Named | 'nonce';
	inScript: boolean;
}

/** A page with what is somebody's own left open. */
export class OwnPage implements KeptPage {
	readonly #parts: Array<Slice | Gap>;
	readonly #headers: Record<string, string>;
	readonly #nonce: string;

	private constructor(parts: Array<Slice | Gap>, headers: Record<string, string>, nonce: string) {
		this.#parts = parts;
		this.#headers = headers;
		this.#nonce = nonce;
	}

	/** From the page as it was made; `undefined` when it is not one to be kept. */
	static async of(response: Response): Promise<OwnPage | undefined> {
		if (response.status !== 200 || response.headers.has('set-cookie')) return undefined;
		const { etag: _, ...headers } = Object.fromEntries(response.headers);
		const policy = headers['content-security-policy'] ?? '';
		const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
		if (!nonce) return undefined;
		const html = await response.clone().text();
		const parts = await Promise.all(partsOf(html, nonce));
		const isStored = headers['cache-control'] !== 'no-store';
		const cache = {
			'cache-control': isStored ? 'private, no-cache' : 'no-store',
			vary: 'Accept-Encoding, Cookie'
		};
		return new OwnPage(parts, { ...headers, ...cache }, nonce);
	}

	async answer(header: Header, reader?: Named): Promise<Answer> {
		const nonce = randomBytes(16).toString('base64');
		const values = { ...(reader ?? named({ id: '', name: '' })), nonce };
		const slices = this.#parts.map((part) =>
			part instanceof Slice ? part : Slice.stored(written(values[part.what], part.inScript))
		);
		const packs = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(header('accept-encoding') ?? '');
		const body = packs ? gzipOf(slices) : Buffer.concat(slices.map((slice) => slice.plain()));
		const headers = {
			...this.#headers,
			...(packs && { 'content-encoding': 'gzip' }),
			'content-security-policy': this.#headers['content-security-policy']!.replaceAll(
				this.#nonce,
				nonce
			),
			'content-length': String(body.length)
		};
		return { status: 200, headers, body };
	}
}

/** The words of a text are the same on many pages: they are a part by themselves, compressed once. */
const WORDS = /(<div class="pieces"[^]*?<\/article>)/;

function partsOf(html: string, nonce: string): Array<Promise<Slice> | Gap> {
	const isGap = new Map(Object.entries(OPEN).map(([what, open]) => [open, what as Gap['what']]));
	let inScript = false;
	return html.split(` nonce="${nonce}"`).flatMap((stretch, at) => {
		const parts = stretch.split(WORDS).flatMap((part, index) => {
			if (index % 2 === 1) return [shared(part)];
			return part.split(CUT).map((text): Promise<Slice> | Gap => {
				const what = isGap.get(text);
				if (what) return { what, inScript };
				inScript = opensScript(text, inScript);
				return Slice.of(text);
			});
		});
		if (at === 0) return parts;
		return [
			Slice.of(' nonce="'),
			{ what: 'nonce' as const, inScript: false },
			Slice.of('"'),
			...parts
		];
	});
}

function opensScript(text: string, before: boolean): boolean {
	const [opened, closed] = [text.lastIndexOf('<script'), text.lastIndexOf('</script')];
	return opened === closed ? before : opened > closed;
}

/** Compressed texts by what is in them, the newest. */
const texts = new Map<string, Promise<Slice>>();
const MOST_TEXTS = 100;

function shared(text: string): Promise<Slice> {
	const key = createHash('sha256').update(text).digest('base64url');
	const slice = texts.get(key) ?? Slice.of(text);
	texts.delete(key);
	texts.set(key, slice);
	if (texts.size > MOST_TEXTS) texts.delete(texts.keys().next().value!);
	return slice;
}

/** A value as text of the page, or inside a string of its script. */
function written(value: string, inScript: boolean): string {
	if (!inScript) return value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
	return JSON.stringify(value)
		.slice(1, -1)
		.replace(
			/[<\u2028\u2029]/g,
			(char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
		);
}
