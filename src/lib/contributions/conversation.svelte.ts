import type { AnnotationView, Mark, ReadingAnnotations } from './views.ts';

/** How often an open page asks by itself; what it hears over its socket comes sooner. */
const ASK_EVERY_MS = 30_000;

/**
 * The conversation beside one text, as a page holds it: every open thread's place, and the cards
 * loaded so far. The page makes one from its data, paints `marks` and gives it to the layer.
 */
export class Conversation {
	readonly slug: string;
	marks = $state.raw<Mark[]>([]);
	counts = $state.raw<Record<string, number>>({});
	total = $state(0);
	may = $state.raw({ annotate: false });
	why = $state<ReadingAnnotations['why']>(null);
	speaking = $state.raw<ReadingAnnotations['speaking']>([]);
	seq = $state(0);
	/** The thread somebody is looking at. */
	current = $state<string | null>(null);
	#cards = $state.raw<ReadonlyMap<string, AnnotationView>>(new Map());
	#at = 0;
	#asked = new Set<string>();

	constructor(slug: string, data: ReadingAnnotations) {
		this.slug = slug;
		this.take(data);
	}

	/** The loaded cards of open threads, in the order of the text. */
	readonly cards = $derived.by(() => this.marks.flatMap((mark) => this.#cards.get(mark.id) ?? []));

	/** Takes what the server said: all places, and some cards. */
	take(data: ReadingAnnotations): void {
		this.marks = data.marks;
		this.counts = data.counts;
		this.total = data.total;
		this.may = data.may;
		this.why = data.why;
		this.speaking = data.speaking;
		this.seq = data.seq;
		this.#at = data.at;
		this.#cards = new Map([...this.#cards, ...data.cards.map((card) => [card.id, card] as const)]);
		const open = new Set(data.marks.map((mark) => mark.id));
		if (this.current && !open.has(this.current)) this.current = null;
	}

	/** The cards of one block, in the order of the text. */
	of(blockId: string | null): AnnotationView[] {
		const ids = new Set(this.marks.filter((mark) => mark.block === blockId).map((mark) => mark.id));
		return this.cards.filter((card) => ids.has(card.id));
	}

	/** Fetches a block's cards when some of them are not here yet. */
	async load(blockId: string): Promise<void> {
		const missing = this.marks.some((mark) => mark.block === blockId && !this.#cards.has(mark.id));
		if (!missing || this.#asked.has(blockId)) return;
		this.#asked.add(blockId);
		await this.#ask({ block: blockId });
		this.#asked.delete(blockId);
	}

	/** Asks what is new; call it when the house says that contributions changed. */
	async refresh(): Promise<void> {
		await this.#ask({ since: String(this.#at), seq: String(this.seq) });
	}

	/** Keeps asking while the page is looked at, not all pages at once; returns the way to stop. */
	follow(): () => void {
		const look = () => {
			if (!document.hidden) void this.refresh();
		};
		const timer = setInterval(look, ASK_EVERY_MS * (0.9 + Math.random() * 0.2));
		document.addEventListener('visibilitychange', look);
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', look);
		};
	}

	/** Moves to the thread after (1) or before (-1) the current one, or after `from` in the text. */
	step(direction: 1 | -1, from = 0): Mark | undefined {
		if (this.marks.length === 0) return undefined;
		const at = this.marks.findIndex((mark) => mark.id === this.current);
		const near = this.marks.findIndex((mark) => mark.from >= from);
		const start = at >= 0 ? at + direction : direction === 1 ? near : near - 1;
		const mark = this.marks[(start + this.marks.length) % this.marks.length];
		this.current = mark?.id ?? null;
		return mark;
	}

	async #ask(query: Record<string, string>): Promise<void> {
		const address = `/documents/${this.slug}/annotations/cards?${new URLSearchParams(query)}`;
		try {
			const response = await fetch(address, { headers: { accept: 'application/json' } });
			if (response.status === 200) this.take((await response.json()) as ReadingAnnotations);
		} catch {
			// Offline: what is here stays; the next change or turn of the page asks again.
		}
	}
}
