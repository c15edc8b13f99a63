import { arrange } from './arrange.ts';

const GAP = 12;

/**
 * Sets the cards of the conversation level with their clauses where they stand beside the text; the one
 * whose clause is in view exactly so. Returns the way to stop.
 */
export function levelCards(article: HTMLElement): () => void {
	const found = document.querySelector<HTMLElement>('.reading-cards .cards');
	if (!found) return () => undefined;
	const column = found;
	const cards = [...column.querySelectorAll<HTMLElement>(':scope > [data-block-of]')];
	let frame = 0;

	function lay(): void {
		frame = 0;
		const box = column.getBoundingClientRect();
		const beside = box.left >= article.getBoundingClientRect().right - 1;
		column.classList.toggle('beside', beside);
		if (!beside) return undo();
		const laid = cards.map((card) => ({
			wanted: Math.max(0, topOf(card.dataset.blockOf) - box.top),
			height: card.offsetHeight
		}));
		// The first card whose clause is on screen stands exactly level.
		const line = innerHeight * 0.15 - box.top;
		const anchor = laid.findIndex(({ wanted }) => wanted >= line);
		const tops = arrange(laid, anchor, GAP);
		cards.forEach((card, at) => card.style.setProperty('top', `${Math.round(tops[at]!)}px`));
	}

	/** Where a block begins, in the window. */
	function topOf(id = ''): number {
		const block = article.querySelector(`[data-block="${CSS.escape(id)}"]`);
		return block?.getBoundingClientRect().top ?? 0;
	}

	function undo(): void {
		for (const card of cards) card.style.removeProperty('top');
	}

	const soon = () => (frame ||= requestAnimationFrame(lay));
	const observer = new ResizeObserver(soon);
	observer.observe(article);
	addEventListener('scroll', soon, { passive: true });
	return () => {
		observer.disconnect();
		removeEventListener('scroll', soon);
		cancelAnimationFrame(frame);
		column.classList.remove('beside');
		undo();
	};
}
