/** Told to the page's own starter: fetch the components now. */
export const INTENT = 'folkmoot:intent';
/** Told by the components: we are here. */
export const READY = 'folkmoot:ready';

const LINKS = '[data-comment-block], [data-block-comments], [data-suggestions-of]';
const TALK = `${LINKS}, mark[data-annotations], .reading-cards`;
const KEYS = new Set(['n', 'p', 'c', 'f']);
/** A link that the components do not answer in this time is followed. */
const PATIENCE_MS = 5_000;

/**
 * Waits for a first sign that somebody wants to take part: words selected, a comment pointed at, one of
 * the keys. Then clears the way with `leave`, asks for the components and hands them what was begun.
 */
export function awaitIntent(article: HTMLElement, leave: () => void): void {
	const done = new AbortController();
	const { signal } = done;
	let asked = false;

	function go(): void {
		if (asked) return;
		asked = true;
		leave();
		dispatchEvent(new Event(INTENT));
	}

	/** Once the components are here, `act` is done again for them. */
	function replay(act: () => void): void {
		addEventListener(READY, () => setTimeout(act), { once: true });
	}

	addEventListener(READY, () => done.abort(), { once: true });
	for (const name of ['pointerover', 'focusin'] as const) {
		addEventListener(name, ({ target }) => isTalk(target) && go(), { signal });
	}
	document.addEventListener(
		'selectionchange',
		() => {
			const selection = getSelection();
			if (!selection || selection.isCollapsed || !article.contains(selection.anchorNode)) return;
			if (!asked) replay(() => document.dispatchEvent(new Event('selectionchange')));
			go();
		},
		{ signal }
	);
	addEventListener(
		'click',
		(event) => {
			const target = event.target instanceof Element ? event.target : null;
			const hit = target?.closest<HTMLElement>(`${LINKS}, mark[data-annotations]`);
			if (!hit || event.ctrlKey || event.metaKey || event.shiftKey) return;
			event.preventDefault();
			const again = addressOf(hit);
			const href = hit instanceof HTMLAnchorElement ? hit.href : null;
			const late = setTimeout(() => href && location.assign(href), PATIENCE_MS);
			replay(() => {
				clearTimeout(late);
				document.querySelector<HTMLElement>(again)?.click();
			});
			go();
		},
		{ signal }
	);
	addEventListener(
		'keydown',
		(event) => {
			if (event.ctrlKey || event.metaKey || event.altKey || !KEYS.has(event.key)) return;
			if (event.target instanceof Element && event.target.closest('input, textarea, select'))
				return;
			replay(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: event.key })));
			go();
		},
		{ signal }
	);
}

function isTalk(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest(TALK) !== null;
}

/** A selector that finds the same thing again, should its element be made anew. */
function addressOf({ dataset }: HTMLElement): string {
	const { commentBlock, blockComments, suggestionsOf, annotations } = dataset;
	if (commentBlock) return `[data-comment-block="${CSS.escape(commentBlock)}"]`;
	if (blockComments) return `[data-block-comments="${CSS.escape(blockComments)}"]`;
	if (suggestionsOf) return `[data-suggestions-of="${CSS.escape(suggestionsOf)}"]`;
	return `[data-annotations="${CSS.escape(annotations ?? '')}"]`;
}
