/** Does something to the text while its first piece on screen stays where it is. */
export function stay(article: HTMLElement, act: () => void): void {
	const first = [...article.querySelectorAll<HTMLElement>('[data-piece]')].find(
		(piece) => piece.getBoundingClientRect().bottom > 0
	);
	const before = first?.getBoundingClientRect().top;
	// What the browser would do to the same end comes later, and on top.
	article.style.setProperty('overflow-anchor', 'none');
	act();
	const after = first?.isConnected ? first.getBoundingClientRect().top : undefined;
	if (before !== undefined && after !== undefined && Math.abs(after - before) >= 1) {
		window.scrollBy({ top: after - before, behavior: 'instant' });
	}
	requestAnimationFrame(() =>
		requestAnimationFrame(() => article.style.removeProperty('overflow-anchor'))
	);
}
