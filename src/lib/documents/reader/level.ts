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
	const blocks = new Map(
		[...article.querySelectorAll<HTMLElement>('[data-block]')].map((one) => [
			one.dataset.block,
			one
		])
	);
	let frame = 0;

	function lay(): void {
		frame = 0;
		const box = column.getBoundingClientRect();
		const beside = box.left >= article.getBoundingClientRect().right - 1;
		column.classList.toggle('beside', beside);
		if (!beside) return undo();
		const wanted = cards.map((card) => {
			const block = blocks.get(card.dataset.blockOf);
			return block?.isConnected ? block.getBoundingClientRect().top - box.top : 0;
		});
		const heights = cards.map((card) => card.offsetHeight);
		// The first card whose clause is on screen stands exactly level.
		const line = innerHeight * 0.15 - box.top;
		const anchor = Math.max(
			0,
			wanted.findIndex((top) => top >= line)
		);
		place(wanted, heights, anchor);
	}

	function place(wanted: number[], heights: number[], anchor: number): void {
		const tops = [...wanted];
		for (let at = anchor + 1; at < tops.length; at += 1) {
			tops[at] = Math.max(tops[at]!, tops[at - 1]! + heights[at - 1]! + GAP);
		}
		for (let at = anchor - 1; at >= 0; at -= 1) {
			tops[at] = Math.min(tops[at]!, tops[at + 1]! - heights[at]! - GAP);
		}
		cards.forEach((card, at) => {
			card.style.setProperty('top', `${Math.round(tops[at]!)}px`);
			// Pushed beyond the top edge: nobody could reach it there.
			card.style.setProperty('visibility', tops[at]! < 0 ? 'hidden' : 'visible');
		});
	}

	function undo(): void {
		for (const card of cards) {
			card.style.removeProperty('top');
			card.style.removeProperty('visibility');
		}
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
