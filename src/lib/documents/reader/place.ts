/** Shows in the outline which section one is reading. Returns the way to stop. */
export function showPlace(article: HTMLElement): () => void {
	const links = new Map<string, HTMLElement[]>();
	for (const link of document.querySelectorAll<HTMLElement>('[data-section]')) {
		const id = link.dataset.section ?? '';
		links.set(id, [...(links.get(id) ?? []), link]);
	}
	let current: HTMLElement[] = [];
	const observer = new IntersectionObserver(
		(changes) => {
			const crossing = changes.find(({ isIntersecting }) => isIntersecting);
			if (!crossing) return;
			for (const link of current) link.removeAttribute('aria-current');
			current = links.get(sectionOf(crossing.target, links) ?? '') ?? [];
			for (const link of current) link.setAttribute('aria-current', 'location');
		},
		{ rootMargin: '-33% 0px -66.9% 0px' }
	);
	for (const words of article.querySelectorAll('.words > *')) observer.observe(words);
	return () => {
		observer.disconnect();
		for (const link of current) link.removeAttribute('aria-current');
	};
}

/** The nearest heading above, or the element itself, that the outline lists. */
function sectionOf(element: Element, links: Map<string, unknown>): string | undefined {
	let piece = element.closest('[data-piece]');
	while (piece) {
		const id = (piece as HTMLElement).dataset.piece ?? '';
		if (links.has(id)) return id;
		piece = piece.previousElementSibling;
	}
	return undefined;
}
