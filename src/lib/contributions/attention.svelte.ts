import { shortName } from '#lib/documents/render/names.ts';
import { tick } from 'svelte';
import type { Conversation } from './conversation.svelte.ts';
import {
	blockElement,
	blockInFocus,
	blockOf,
	isTyping,
	numberOf,
	suggestedIn,
	suggestionsIn,
	type Target
} from './target.ts';
import { step, type Direction } from './walk.ts';

/** What stands below a clause and is answered here. */
const LINKS =
	'[data-comment-block], [data-block-comments], [data-suggestions-of], [data-suggest-block]';

/** Where things are on the page; asked anew each time, since pages change their shape. */
interface Page {
	/** The element that holds the rendered text. */
	text: () => HTMLElement | null | undefined;
	/** The element that holds the cards. */
	layer: () => HTMLElement;
	/** The clause in view. */
	inView: () => string | null;
	/** Takes another for it, until the reader moves on. */
	turnTo: (blockId: string) => void;
	/** Opens the text for a change; undefined: the links lead to where one signs in or sends words. */
	suggest: () => ((target: Target) => void) | undefined;
}

/** What a reader turned to, and how: a card beside the text, or the sheet where there is no room. */
export class Attention {
	/** What a new comment is being written on, beside the text. */
	composing = $state<Target | null>(null);
	sheet = $state<{ target: Target; writing: boolean } | null>(null);
	readonly #talk: Conversation;
	readonly #page: Page;

	constructor(talk: Conversation, page: Page) {
		this.#talk = talk;
		this.#page = page;
	}

	targetOf(blockId: string): Target {
		const text = this.#page.text();
		return { blockId, number: text ? numberOf(text, blockId) : null, words: null };
	}

	compose(target: Target): void {
		this.#talk.current = null;
		if (this.#isBeside()) this.composing = target;
		else this.sheet = { target, writing: true };
	}

	/** Turns to one thread of a block; its card is fetched when it is not here yet. */
	async show(id: string, blockId: string | null): Promise<void> {
		if (!this.#page.text()) return;
		this.#talk.current = id;
		if (blockId) await this.#talk.load(blockId);
		await this.#turnTo(`annotation-${id}`, blockId);
	}

	/** The same for a thread as it is named where the text is painted. */
	async #showNamed(name: string, blockId: string): Promise<void> {
		await this.#talk.load(blockId);
		const card = this.#talk.cards.find(({ id }) => shortName(id) === name);
		if (card) await this.show(card.id, blockId);
		else await this.showBlock(blockId);
	}

	/** Turns to what is said of a block. */
	async showBlock(blockId: string): Promise<void> {
		await this.#talk.load(blockId);
		const [first] = this.#talk.of(blockId);
		if (first) await this.show(first.id, blockId);
	}

	/** Turns to what is suggested for a block; false: nothing of it could be fetched. */
	async showSuggestions(blockId: string): Promise<boolean> {
		const text = this.#page.text();
		await this.#talk.load(blockId, text ? suggestionsIn(text, blockId) : 0);
		const [first] = this.#talk.suggestionsOf(blockId).lines;
		if (!first) return false;
		this.#talk.current = first.id;
		await this.#turnTo(`suggestion-${first.id}`, blockId);
		return true;
	}

	/** The sheet of a block, with all that is suggested for it and said of it. */
	open(blockId: string): void {
		const text = this.#page.text();
		void this.#talk.load(blockId, text ? suggestionsIn(text, blockId) : 0);
		this.sheet = { target: this.targetOf(blockId), writing: false };
	}

	/** To the next or previous card: through all that is suggested and said, in the order of the text. */
	async walk(direction: Direction): Promise<void> {
		const text = this.#page.text();
		if (!text) return;
		const standing = { from: this.#page.inView(), suggested: suggestedIn(text) };
		const found = await step(this.#talk, direction, standing);
		if (!found) return;
		const { id, blockId, line } = found;
		this.#talk.current = id;
		blockOf(text, blockId)?.scrollIntoView({ block: 'center' });
		await this.#turnTo(`${line ? 'suggestion' : 'annotation'}-${id}`, blockId);
	}

	/** A click in the text: on a clause's links, or on painted words. */
	click = (event: MouseEvent): void => {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		if (!(event.target instanceof Element)) return;
		const link = event.target.closest<HTMLAnchorElement>(LINKS);
		if (link) {
			const { commentBlock, blockComments, suggestionsOf, suggestBlock } = link.dataset;
			const suggest = this.#page.suggest();
			if (suggestBlock && !suggest) return;
			event.preventDefault();
			if (commentBlock) this.compose(this.targetOf(commentBlock));
			else if (blockComments) void this.showBlock(blockComments);
			else if (suggestBlock) suggest?.(this.targetOf(suggestBlock));
			else if (suggestionsOf) void this.#showOrFollow(suggestionsOf, link.href);
			return;
		}
		const painted = event.target.closest<HTMLElement>('[data-annotations]');
		const resting = getSelection()?.isCollapsed ?? true;
		if (!painted || !resting || event.target.closest('a')) return;
		const names = (painted.dataset.annotations ?? '').split(' ');
		// Clicking again goes through everything said about these words.
		const next = names[(names.indexOf(shortName(this.#talk.current ?? '')) + 1) % names.length];
		const block = blockElement(painted)?.dataset.block;
		if (next && block) void this.#showNamed(next, block);
	};

	/** The keys n, p, c and f; never while somebody types or a dialog is open. */
	key = (event: KeyboardEvent): void => {
		if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
		if (document.querySelector('dialog[open]') && !this.sheet) return;
		if (event.key === 'n') void this.walk(1);
		else if (event.key === 'p') void this.walk(-1);
		else if (event.key === 'c' ? this.#commentHere() : event.key === 'f' && this.#toFollow())
			event.preventDefault();
	};

	/** The focus to a card beside the text; where there is no room for cards, the sheet of its block. */
	async #turnTo(card: string, blockId: string | null): Promise<void> {
		if (!this.#isBeside()) {
			if (blockId) this.sheet = { target: this.targetOf(blockId), writing: false };
			return;
		}
		await tick();
		document.getElementById(card)?.focus({ preventScroll: true });
	}

	async #showOrFollow(blockId: string, href: string): Promise<void> {
		if (!(await this.showSuggestions(blockId))) location.assign(href);
	}

	/** On the selected words, else on the clause that has the focus or is in view. */
	#commentHere(): boolean {
		const bubble = document.querySelector<HTMLElement>('[data-comment-selection]');
		if (bubble) {
			bubble.click();
			return true;
		}
		const blockId = this.#blockHere();
		if (blockId) this.compose(this.targetOf(blockId));
		return Boolean(blockId);
	}

	/** To the button that follows the clause, which is far from the text in the order of the page. */
	#toFollow(): boolean {
		const blockId = this.#blockHere();
		if (!blockId) return false;
		if (!this.#isBeside()) {
			this.open(blockId);
			return true;
		}
		this.#page.turnTo(blockId);
		const button = '[data-follow] :is(a, button)';
		void tick().then(() =>
			this.#page.layer().querySelector<HTMLElement>(button)?.focus({ preventScroll: true })
		);
		return true;
	}

	/** The clause that has the focus, else the one in view. */
	#blockHere(): string | null {
		const text = this.#page.text();
		return (text && blockInFocus(text)) ?? this.#page.inView();
	}

	/** Whether the cards stand beside the text: the page's own layout decides, this only looks. */
	#isBeside(): boolean {
		const text = this.#page.text();
		const layer = this.#page.layer();
		if (!text || layer.offsetParent === null) return false;
		return layer.getBoundingClientRect().left >= text.getBoundingClientRect().right - 1;
	}
}
