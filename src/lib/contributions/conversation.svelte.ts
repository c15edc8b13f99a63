import { inTextOrder, suggestionCards, threadCards } from './beside.ts';
import type { SuggestedBeside, SuggestedHere, SuggestionLine } from './suggestion-views.ts';
import type { AnnotationView, Figures, ReadingAnnotations } from './views.ts';

/** How often an open page asks by itself; what it hears over its socket comes sooner. */
const ASK_EVERY_MS = 30_000;
/** Blocks whose suggestions are looked at again at once when some came or went; others when in view. */
const MOST_ASKED_AGAIN = 6;

/**
 * The conversation beside one text, as a page holds it: the figures of every block, and the cards
 * loaded so far. The page makes one from its data and gives it to the layer.
 */
export class Conversation {
	readonly slug: string;
	/** Names what is painted in the text: when it changes, the text has to be drawn anew. */
	state = $state('');
	figures = $state.raw<Figures>({});
	total = $state(0);
	may = $state.raw({ annotate: false });
	why = $state<ReadingAnnotations['why']>(null);
	speaking = $state.raw<ReadingAnnotations['speaking']>([]);
	seq = $state(0);
	/** The card somebody is looking at: a thread or a suggestion. */
	current = $state<string | null>(null);
	/** The place of each block in the text, once the page has looked. */
	order = $state.raw<ReadonlyMap<string, number>>(new Map());
	/** Open suggestions in the whole text. */
	suggested = $state(0);
	/** Those loaded so far, by the block they change something in. */
	#suggestions = $state.raw<Readonly<Record<string, SuggestedHere>>>({});
	#suggestedState = '';
	#cards = $state.raw<ReadonlyMap<string, AnnotationView>>(new Map());
	#at = 0;
	#asked = new Set<string>();

	constructor(slug: string, data: ReadingAnnotations) {
		this.slug = slug;
		this.take(data);
	}

	/** How many open threads each block has. */
	readonly counts = $derived(
		Object.fromEntries(Object.entries(this.figures).map(([id, { comments }]) => [id, comments]))
	);

	/** The loaded cards of open threads, in the order of the text. */
	readonly cards = $derived.by(() => [...this.#cards.values()].sort((a, b) => this.#inOrder(a, b)));

	/** Suggestions and threads as they stand beside the text. */
	readonly beside = $derived(
		inTextOrder(suggestionCards(this.#suggestions), threadCards(this.cards), this.order)
	);

	/** Takes what the server said: all figures, and some cards. */
	take(data: ReadingAnnotations): void {
		this.state = data.state;
		this.figures = data.figures;
		this.total = data.total;
		this.may = data.may;
		this.why = data.why;
		this.speaking = data.speaking;
		this.seq = data.seq;
		this.#at = data.at;
		const cards = new Map([...this.#cards, ...data.cards.map((card) => [card.id, card] as const)]);
		for (const id of data.gone) cards.delete(id);
		this.#cards = cards;
		const suggested = data.suggested && this.#takeSuggested(data.suggested);
		const isHere = (id: string) => cards.has(id) || this.#isSuggested(id);
		if (this.current && !isHere(this.current)) this.current = null;
		if (suggested) for (const id of suggested) void this.#ask({ block: id });
	}

	/** Returns the blocks whose suggestions have to be asked for again: those loaded before a change. */
	#takeSuggested({ state, total, of }: SuggestedBeside): string[] {
		const before = Object.keys(this.#suggestions);
		const isNews = this.#suggestedState !== '' && state !== this.#suggestedState;
		this.suggested = total;
		this.#suggestedState = state;
		const again = isNews ? before.filter((id) => !(id in of)).slice(-MOST_ASKED_AGAIN) : [];
		const kept = isNews ? again.map((id) => [id, this.#suggestions[id]!] as const) : [];
		this.#suggestions = { ...(isNews ? Object.fromEntries(kept) : this.#suggestions), ...of };
		return again;
	}

	#isSuggested(id: string): boolean {
		return Object.values(this.#suggestions).some(({ lines }) => lines.some((one) => one.id === id));
	}

	/** The page's data came anew, e.g. after a form: what changed meanwhile is asked for as well. */
	renew(data: ReadingAnnotations): void {
		const since = String(this.#at);
		this.take(data);
		void this.#ask({ since });
	}

	/** The block that a loaded card stands at. */
	blockOf(card: string | null): string | null {
		return this.beside.find(({ id }) => id === card)?.blockId ?? null;
	}

	/** The loaded cards of one block, in the order of the text. */
	of(blockId: string | null): AnnotationView[] {
		return this.cards.filter((card) => card.place.blockId === blockId);
	}

	/** The loaded suggestions for one block, the best supported first, and how many there are. */
	suggestionsOf(blockId: string): { count: number; lines: readonly SuggestionLine[] } {
		return this.#suggestions[blockId] ?? { count: 0, lines: [] };
	}

	/** The place in the text of the block a card is about. */
	orderIn({ place }: AnnotationView): number {
		return this.order.get(place.blockId ?? '') ?? 0;
	}

	/** Fetches a block's cards when some of them are not here yet. `suggested`: so many it has of them. */
	async load(blockId: string, suggested = 0): Promise<void> {
		const missing =
			this.of(blockId).length < (this.figures[blockId]?.comments ?? 0) ||
			this.suggestionsOf(blockId).count < suggested;
		// What came short once would come short again, until something changes.
		const asked = `${this.state} ${this.#suggestedState} ${blockId}`;
		if (!missing || this.#asked.has(asked)) return;
		this.#asked.add(asked);
		if (!(await this.#ask({ block: blockId }))) this.#asked.delete(asked);
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

	/** By the block's place in the text as it is, since cards were fetched at different times. */
	#inOrder(a: AnnotationView, b: AnnotationView): number {
		const blocks = this.orderIn(a) - this.orderIn(b);
		const [at, to] = [a.place, b.place];
		return blocks || at.from - to.from || at.to - to.to || (a.id < b.id ? -1 : 1);
	}

	async #ask(query: Record<string, string>): Promise<boolean> {
		const address = `/documents/${this.slug}/annotations/cards?${new URLSearchParams(query)}`;
		try {
			const response = await fetch(address, { headers: { accept: 'application/json' } });
			if (response.status === 200) this.take((await response.json()) as ReadingAnnotations);
			return response.ok;
		} catch {
			// Offline: what is here stays; the next change or turn of the page asks again.
			return false;
		}
	}
}
