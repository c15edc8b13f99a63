/** Does something to the text while its first piece on screen stays where it is. */
export function stay(article: HTMLElement, act: () => void): void {
	const first = [...article.querySelectorAll<HTMLElement>('[data-piece]')].find(
		(piece) => (boxOf(piece)?.bottom ?? 0) > 0
	);
	const before = first && boxOf(first)?.top;
	act();
	const after = first?.isConnected ? boxOf(first)?.top : undefined;
	if (before === undefined || after === undefined || Math.abs(after - before) < 1) return;
	window.scrollBy({ top: after - before, behavior: 'instant' });
}

/** A piece and the box of its words have no boxes of their own: the first element in them has. */
function boxOf(piece: HTMLElement): DOMRect | undefined {
	return piece.firstElementChild?.firstElementChild?.getBoundingClientRect();
}
