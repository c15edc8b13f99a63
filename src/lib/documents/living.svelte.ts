import { tick } from 'svelte';
import { m } from '#lib/paraglide/messages.js';
import { patched, placesIn, type LivingText, type TextPatch } from './living.ts';

interface Source {
	slug: string;
	id: string;
	text: LivingText;
}

/** Many people may type at once; a reader's page moves, and speaks, at a human pace. */
const ASK_EVERY_MS = 1_500;
const SPEAK_EVERY_MS = 5_000;
/** Remarks come without a change of the text, and the live connection may be impossible. */
const POLL_EVERY_MS = 5 * 60_000;
const FRESH_MS = 6_000;
const QUIET = 'folkmoot:quiet';

/** The text of a reading page that goes on living: fetches what changed and puts it in place. */
export class LivingReader {
	readonly #source: () => Source;
	readonly #onremarks: () => void;
	#patch = $state.raw<{ base: LivingText; text: LivingText }>();
	/** What screen readers are told, in batches. */
	said = $state('');
	quiet = $state(false);

	readonly text: LivingText = $derived.by(() => {
		const base = this.#source().text;
		return this.#patch?.base === base ? this.#patch.text : base;
	});

	#asking: Promise<void> | null = null;
	#due: ReturnType<typeof setTimeout> | undefined;
	#unsaid = new Set<string>();
	#speaking: ReturnType<typeof setTimeout> | undefined;
	#element: HTMLElement | undefined;

	constructor(source: () => Source, { onremarks }: { onremarks: () => void }) {
		this.#source = source;
		this.#onremarks = onremarks;
	}

	/** For `{@attach}` on the element that holds the blocks: follows the text while it is on screen. */
	follow = (element: HTMLElement) => {
		this.#element = element;
		this.quiet = localStorage.getItem(QUIET) !== null;
		const id = this.#source().id;
		let stop = () => {};
		let ended = false;
		const poll = setInterval(() => document.hidden || void this.#ask(), POLL_EVERY_MS);
		const connect = async () => {
			const { watchDocument } = await import('./live/watch.ts');
			if (ended) return;
			stop = watchDocument(id, () => this.#soon());
			// What changed between the making of the page and now.
			await this.#ask();
		};
		// Reading comes first: the connection waits until the page has nothing better to do.
		const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 500));
		idle(() => void connect().catch(() => undefined));
		return () => {
			ended = true;
			stop();
			clearInterval(poll);
			clearTimeout(this.#due);
			clearTimeout(this.#speaking);
		};
	};

	/** Whether changes are spoken; remembered on this device. */
	setQuiet(quiet: boolean): void {
		this.quiet = quiet;
		if (quiet) localStorage.setItem(QUIET, '1');
		else localStorage.removeItem(QUIET);
	}

	/** Asks now, e.g. after somebody's remark changed what is marked. */
	refresh(): Promise<void> {
		return this.#ask();
	}

	#soon(): void {
		this.#due ??= setTimeout(() => {
			this.#due = undefined;
			void this.#ask();
		}, ASK_EVERY_MS);
	}

	#ask(): Promise<void> {
		this.#asking ??= this.#fetch().finally(() => (this.#asking = null));
		return this.#asking;
	}

	async #fetch(): Promise<void> {
		const { slug, text: base } = this.#source();
		const { epoch, seq, marks } = this.text;
		const query = new URLSearchParams({ from: `${epoch}.${seq}`, marks });
		const response = await fetch(`/documents/${slug}/text?${query}`).catch(() => undefined);
		if (!response?.ok || this.#source().text !== base) return;
		const patch = (await response.json()) as TextPatch;
		if (patch.seq === seq && patch.epoch === epoch && patch.marks === marks) return;
		if (patch.marks !== marks) this.#onremarks();
		await this.#apply(base, patch);
	}

	async #apply(base: LivingText, patch: TextPatch): Promise<void> {
		const text = patched(this.text, patch);
		const stay = this.#inView();
		this.#patch = { base, text };
		await tick();
		this.#place(text);
		stay?.();
		if (patch.changed.length > 0) this.#tell(patch.changed);
	}

	/** Blocks that only moved keep their markup; where they begin is written beside them. */
	#place({ pieces }: LivingText): void {
		const blocks = this.#element?.querySelectorAll<HTMLElement>('[data-block]') ?? [];
		const places = pieces.flatMap(placesIn);
		for (const [at, block] of blocks.entries()) {
			const place = String(places[at]);
			if (block.dataset.from !== place) block.dataset.from = place;
		}
	}

	/** Keeps the first block on screen where it is; the returned function moves back by what it moved. */
	#inView(): (() => void) | undefined {
		const blocks = this.#element?.querySelectorAll<HTMLElement>('[data-block]') ?? [];
		const first = [...blocks].find((block) => block.getBoundingClientRect().bottom > 0);
		if (!first?.dataset.block) return undefined;
		const { top } = first.getBoundingClientRect();
		return () => {
			const now = first.isConnected ? first.getBoundingClientRect().top : top;
			if (Math.abs(now - top) >= 1) window.scrollBy({ top: now - top, behavior: 'instant' });
		};
	}

	/** Shows for a while what has just changed, and says so before long. */
	#tell(changed: string[]): void {
		for (const id of changed) {
			this.#unsaid.add(id);
			const block = document.getElementById(`b-${id}`);
			block?.classList.add('fresh');
			setTimeout(() => block?.classList.remove('fresh'), FRESH_MS);
		}
		this.#speaking ??= setTimeout(() => this.#speak(), SPEAK_EVERY_MS);
	}

	#speak(): void {
		this.#speaking = undefined;
		const count = this.#unsaid.size;
		this.#unsaid.clear();
		if (count > 0 && !this.quiet) this.said = m.documents_changed_live({ count });
	}
}
