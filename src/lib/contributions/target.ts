import { shortName } from '#lib/documents/render/names.ts';
import type { SelectedWords } from './selection.ts';

/** What a new annotation is going to be on: chosen words, or a whole block. */
export interface Target {
	blockId: string;
	/** The clause number as the page shows it; null where nothing is numbered. */
	number: string | null;
	words: SelectedWords | null;
}

/** The clause number the page shows for a block: its "Comment" link knows it. */
export function numberOf(text: Element, blockId: string): string | null {
	const link = text.querySelector<HTMLElement>(`[data-comment-block="${CSS.escape(blockId)}"]`);
	return link?.dataset.number || null;
}

/** How many open suggestions change something in a block: the link below it knows. */
export function suggestionsIn(text: Element, blockId: string): number {
	const link = text.querySelector<HTMLElement>(`[data-suggestions-of="${CSS.escape(blockId)}"]`);
	return Number(link?.dataset.count ?? 0);
}

/** The same of every block that has any. */
export function suggestedIn(text: Element): ReadonlyMap<string, number> {
	const links = [...text.querySelectorAll<HTMLElement>('[data-suggestions-of]')];
	return new Map(
		links.map(({ dataset }) => [dataset.suggestionsOf ?? '', Number(dataset.count ?? 0)])
	);
}

/** The element of a block in the rendered text. */
export function blockOf(text: Element, blockId: string | null): HTMLElement | null {
	return blockId === null
		? null
		: text.querySelector<HTMLElement>(`[data-block="${CSS.escape(blockId)}"]`);
}

/** The place of each block in the rendered text, by its id. */
export function orderOf(text: Element): ReadonlyMap<string, number> {
	const blocks = [...text.querySelectorAll<HTMLElement>('[data-block]')];
	return new Map(blocks.map(({ dataset }, at) => [dataset.block ?? '', at]));
}

/** The element of the block an element belongs to. */
export function blockElement(node: Node | null): HTMLElement | null {
	const element = node instanceof Element ? node : (node?.parentElement ?? null);
	return element?.closest<HTMLElement>('[data-block]') ?? null;
}

/** The block that what has the focus is about: it lies in its words, or in what stands below them. */
export function blockInFocus(text: Element): string | null {
	const focused = document.activeElement;
	if (!focused || !text.contains(focused)) return null;
	const own = blockElement(focused)?.dataset.block;
	if (own) return own;
	const acts = focused.closest('.acts')?.querySelectorAll<HTMLElement>('a') ?? [];
	for (const { dataset } of acts) {
		const id = dataset.commentBlock ?? dataset.blockComments ?? dataset.suggestionsOf;
		if (id) return id;
	}
	return null;
}

/** True while somebody is typing, so that single keys are letters and not commands. */
export function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof Element &&
		target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])') !==
			null
	);
}

/** What of the conversation the page has in sight: loaded cards, the thread and the block looked at. */
export interface InSight {
	cards: ReadonlySet<string>;
	current: string | null;
	block: string | null;
}

/** Ties painted words to their cards for screen readers, and makes what is looked at stand out. */
export function tellApart(text: Element, { cards, current, block }: InSight): void {
	const byName = new Map([...cards].map((id) => [shortName(id), `annotation-${id}`]));
	const named = current === null ? null : shortName(current);
	for (const mark of text.querySelectorAll<HTMLElement>('[data-annotations]')) {
		const names = (mark.dataset.annotations ?? '').split(' ');
		const here = names.flatMap((name) => byName.get(name) ?? []);
		if (here.length > 0) mark.setAttribute('aria-details', here.join(' '));
		else mark.removeAttribute('aria-details');
		mark.toggleAttribute('data-current', named !== null && names.includes(named));
	}
	for (const element of text.querySelectorAll('[data-block][data-current]')) {
		element.removeAttribute('data-current');
	}
	blockOf(text, block)?.setAttribute('data-current', '');
}
