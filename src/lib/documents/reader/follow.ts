import type { PieceMarkup, TextPatch } from '../living.ts';
import { stay } from './stay.ts';

/** Many people may type at once; a reader's page moves, and speaks, at a human pace. */
const ASK_EVERY_MS = 1_500;
const SPEAK_EVERY_MS = 5_000;
const FRESH_MS = 6_000;

/** What a page wants to hear. */
interface Listener {
	/** The words on the page are new ones. */
	patched?: (patch: TextPatch) => void;
	/** So many clauses changed lately: said at a human pace. */
	changed: (count: number) => void;
}

/**
 * Keeps the words on a page those of the living text. What the page shows is written on the element that
 * holds the pieces, so whoever takes over goes on from there.
 */
export class Following {
	readonly #article: HTMLElement;
	readonly #listener: Listener;
	readonly #unsaid = new Set<string>();
	#asking: Promise<void> | undefined;
	#due: ReturnType<typeof setTimeout> | undefined;
	#speaking: ReturnType<typeof setTimeout> | undefined;
	#stopWatching = () => {};
	#stopped = false;

	constructor(article: HTMLElement, listener: Listener) {
		this.#article = article;
		this.#listener = listener;
		// Reading comes first: the connection waits until the page has nothing better to do.
		const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 500));
		idle(() => void this.#begin().catch(() => undefined));
	}

	/** Asks now what is new. */
	ask(): Promise<void> {
		this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
		return this.#asking;
	}

	stop(): void {
		this.#stopped = true;
		this.#stopWatching();
		clearTimeout(this.#due);
		clearTimeout(this.#speaking);
	}

	async #begin(): Promise<void> {
		const { watchDocument } = await import('../live/watch.ts');
		if (this.#stopped) return;
		const soon = () => (this.#due ??= setTimeout(() => void this.#askDue(), ASK_EVERY_MS));
		this.#stopWatching = watchDocument(this.#article.dataset.documentId ?? '', soon);
		// What changed between the making of the page and now.
		await this.ask();
	}

	#askDue(): Promise<void> {
		this.#due = undefined;
		return this.ask();
	}

	async #ask(): Promise<void> {
		const pieces = this.#article.querySelector<HTMLElement>(':scope > .pieces');
		if (!pieces) return;
		const { at = '', drawing = '' } = pieces.dataset;
		const query = new URLSearchParams({ from: at, drawing });
		const { view } = this.#article.dataset;
		if (view) query.set('view', view);
		const address = `/documents/${this.#article.dataset.slug}/text?${query}`;
		const response = await fetch(address).catch(() => undefined);
		if (!response?.ok || this.#stopped) return;
		const patch = (await response.json()) as TextPatch;
		const now = `${patch.epoch}.${patch.seq}`;
		if (this.#stopped || (now === at && patch.drawing === drawing)) return;
		stay(this.#article, () => apply(pieces, patch));
		pieces.dataset.at = now;
		pieces.dataset.drawing = patch.drawing;
		this.#listener.patched?.(patch);
		if (patch.changed.length > 0) this.#tell(patch.changed);
	}

	#tell(changed: string[]): void {
		for (const id of changed) this.#unsaid.add(id);
		this.#speaking ??= setTimeout(() => {
			this.#speaking = undefined;
			this.#listener.changed(this.#unsaid.size);
			this.#unsaid.clear();
		}, SPEAK_EVERY_MS);
	}
}

function apply(pieces: HTMLElement, patch: TextPatch): void {
	const sent = new Map(patch.pieces.map((piece) => [piece.id, piece]));
	const old = new Map<string, HTMLElement>();
	for (const element of pieces.querySelectorAll<HTMLElement>(':scope > [data-piece]')) {
		old.set(element.dataset.piece ?? '', element);
	}
	const elements = patch.order.flatMap(([id, from]): HTMLElement[] => {
		const element = old.get(id) ?? (sent.has(id) ? emptyPiece(id) : undefined);
		if (!element) return [];
		old.delete(id);
		const piece = sent.get(id);
		if (piece) show(element, piece, patch.changed.includes(id));
		else moveTo(element, from);
		return [element];
	});
	for (const gone of old.values()) gone.remove();
	elements.forEach((element, at) => {
		const before = elements[at - 1];
		const next = before ? before.nextElementSibling : pieces.firstElementChild;
		if (next !== element) pieces.insertBefore(element, next);
	});
}

/** Our own renderer's markup: typed blocks, every character escaped. */
function show(element: HTMLElement, piece: PieceMarkup, changed: boolean): void {
	element.innerHTML = piece.html;
	if (!changed) return;
	for (const block of element.querySelectorAll('[data-block]')) {
		block.classList.add('fresh');
		setTimeout(() => block.classList.remove('fresh'), FRESH_MS);
	}
}

/** A piece that only moved keeps its markup; where its blocks begin is written anew. */
function moveTo(element: HTMLElement, from: number): void {
	const blocks = [...element.querySelectorAll<HTMLElement>('[data-from]')];
	const moved = from - Number(blocks[0]?.dataset.from ?? from);
	if (moved === 0) return;
	for (const block of blocks) block.dataset.from = `${Number(block.dataset.from) + moved}`;
}

function emptyPiece(id: string): HTMLElement {
	const piece = document.createElement('div');
	piece.className = 'piece';
	piece.dataset.piece = id;
	return piece;
}
