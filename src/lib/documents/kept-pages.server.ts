/**
 * Reading pages that many are sent: all visitors of one language and theme see the same, and so do, but
 * for their names, people of the same rights (own-page.server.ts). A page is made once, compressed once,
 * and sent until anything in it changed.
 */
import { desc, eq } from 'drizzle-orm';
import type { House } from '#lib/server/house.ts';
import { event } from '#lib/server/schema.server.ts';
import type { LiveEngine } from './live/engine.server.ts';
import { ownerOf } from './naming.server.ts';
import type { KeptPage } from './public-page.server.ts';

/** Which page is asked for: an address, and how it is shown. */
export interface Asked {
	slug: string;
	/** Everything else that the page depends on: origin, language, theme, for which readers. */
	shown: string;
}

/** What a page was true for. */
interface Moment {
	documentId: string;
	/** The last thing that happened in the document. */
	latest: string;
	/** Epoch and row of the text. */
	text: string;
	/** Who is writing. */
	writing: string;
}

interface Kept<Page> extends Moment {
	page: Page;
	madeAt: number;
	checkedAt: number;
	/** How long making it took, ms. */
	took: number;
}

/** Some of a page is told by no event (names, how many are reading): nothing is kept longer than this. */
const FRESH_MS = 10_000;
/** What happens here is heard at once; this is for what another process did. */
const CHECK_MS = 100;
/** While people type, a page that is dear to make may be this much behind; readers catch up by themselves. */
const MOST_BEHIND_MS = 1_000;
/** And this much for everybody else while one is waiting for the new one. */
const MOST_BEHIND_MEANWHILE_MS = 3_000;
const MOST_PAGES = 300;

/** The pages for one sort of readers of a running house; `keep` makes one of an answer, if it can be kept. */
export class KeptPages<Page extends KeptPage> {
	readonly #house: House;
	readonly #live: Pick<LiveEngine, 'read' | 'presence'>;
	readonly #keep: (response: Response) => Promise<Page | undefined>;
	readonly #checkMs: number;
	readonly #pages = new Map<string, Kept<Page>>();
	readonly #making = new Map<string, Promise<Kept<Page> | undefined>>();
	/** How many are being made in place of a kept one. */
	readonly #renewing = new Map<string, number>();
	/** Counts what was heard, so that a page is not kept that something happened to while it was made. */
	#heard = 0;

	constructor(
		house: House,
		live: Pick<LiveEngine, 'read' | 'presence'>,
		keep: (response: Response) => Promise<Page | undefined>,
		{ checkMs = CHECK_MS } = {}
	) {
		this.#checkMs = checkMs;
		this.#house = house;
		this.#live = live;
		this.#keep = keep;
		for (const name of ['contribution', 'document', 'rights', 'personEnded'] as const) {
			house.bus.on(name, () => {
				this.#heard += 1;
				this.#pages.clear();
			});
		}
	}

	/** The page, if there is one that is still true; `latest` is what last happened, where that is known. */
	async find({ slug, shown }: Asked, latest?: string): Promise<Page | undefined> {
		const key = `${slug} ${shown}`;
		const kept = this.#pages.get(key);
		if (!kept) return undefined;
		const enough = this.#renewing.has(key)
			? MOST_BEHIND_MEANWHILE_MS
			: Math.min(MOST_BEHIND_MS, 5 * kept.took);
		// What cannot be told here is for the page to say.
		return (await this.#isTrue(kept, enough, latest).catch(() => false)) ? kept.page : undefined;
	}

	/** The page, made anew by `make` when need be. The response itself when it is not one to be kept. */
	async get(asked: Asked, make: () => Promise<Response>): Promise<Page | Response> {
		const found = await this.find(asked);
		if (found) return found;
		const now = await this.#now(asked.slug).catch(() => undefined);
		if (!now) return make();
		const key = `${asked.slug} ${asked.shown}`;
		// Somebody else may have made it while this one was asking what is true now.
		const meanwhile = this.#pages.get(key);
		if (meanwhile && isOf(meanwhile, now)) return meanwhile.page;
		const making = [key, now.latest, now.text, now.writing, this.#heard].join(' ');
		const others = this.#making.get(making);
		const shared = others && (await others);
		if (shared) return shared.page;
		const { promise, resolve } = Promise.withResolvers<Kept<Page> | undefined>();
		this.#making.set(making, promise);
		this.#renewing.set(key, (this.#renewing.get(key) ?? 0) + 1);
		let kept: Kept<Page> | undefined;
		try {
			const [began, heard] = [performance.now(), this.#heard];
			const response = await make();
			const page = await this.#keep(response);
			if (!page) return response;
			const madeAt = performance.now();
			kept = { ...now, page, madeAt, checkedAt: began, took: madeAt - began };
			if (heard === this.#heard) this.#remember(key, kept);
			return page;
		} finally {
			this.#making.delete(making);
			const others = (this.#renewing.get(key) ?? 0) - 1;
			if (others > 0) this.#renewing.set(key, others);
			else this.#renewing.delete(key);
			resolve(kept);
		}
	}

	/** Pages stand in the order in which they were made: whatever is too old goes, and the first of too many. */
	#remember(key: string, page: Kept<Page>): void {
		this.#pages.delete(key);
		this.#pages.set(key, page);
		for (const [old, { madeAt }] of this.#pages) {
			if (page.madeAt - madeAt <= FRESH_MS && this.#pages.size <= MOST_PAGES) break;
			this.#pages.delete(old);
		}
	}

	async #isTrue(kept: Kept<Page>, enough: number, latest?: string): Promise<boolean> {
		const at = performance.now();
		const age = at - kept.madeAt;
		if (age > FRESH_MS) return false;
		if (latest !== undefined) {
			if (latest !== kept.latest) return false;
		} else if (at - kept.checkedAt > this.#checkMs) {
			if ((await this.#latest(kept.documentId)) !== kept.latest) return false;
			kept.checkedAt = at;
		}
		const { text, writing } = await this.#present(kept.documentId);
		if (writing !== kept.writing) return false;
		return text === kept.text || age < enough;
	}

	async #now(slug: string): Promise<Moment | undefined> {
		const documentId = await ownerOf(this.#house.store.db, slug);
		if (documentId === undefined) return undefined;
		const latest = await this.#latest(documentId);
		return { documentId, latest, ...(await this.#present(documentId)) };
	}

	async #latest(documentId: string): Promise<string> {
		const [latest] = await this.#house.store.db
			.select({ id: event.id })
			.from(event)
			.where(eq(event.documentId, documentId))
			.orderBy(desc(event.at), desc(event.id))
			.limit(1);
		return latest?.id ?? '';
	}

	async #present(documentId: string): Promise<Pick<Moment, 'text' | 'writing'>> {
		const { epoch, seq } = await this.#live.read(documentId);
		const { writing } = this.#live.presence(documentId);
		return { text: `${epoch}.${seq}`, writing: writing.map(({ personId }) => personId).join(' ') };
	}
}

/** Whether a page was made for this very moment. */
function isOf(kept: Kept<unknown>, { documentId, latest, text, writing }: Moment): boolean {
	const fresh = performance.now() - kept.madeAt <= FRESH_MS;
	const same = kept.documentId === documentId && kept.latest === latest;
	return fresh && same && kept.text === text && kept.writing === writing;
}
