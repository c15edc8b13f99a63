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

/** The element of a block in the rendered text. */
export function blockOf(text: Element, blockId: string | null): HTMLElement | null {
	return blockId === null
		? null
		: text.querySelector<HTMLElement>(`[data-block="${CSS.escape(blockId)}"]`);
}

/** True while somebody is typing, so that single keys are letters and not commands. */
export function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof Element &&
		target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])') !==
			null
	);
}
