/** Which block of the text is where a reader's eyes are: the first in the upper third of the window. */
export class ClauseInView {
	current = $state<string | null>(null);

	/** Watches the blocks of a text; returns the way to stop. Call again when blocks came or went. */
	watch(text: HTMLElement): () => void {
		const seen = new Set<HTMLElement>();
		const observer = new IntersectionObserver(
			(changes) => {
				for (const { target, isIntersecting } of changes) {
					if (isIntersecting) seen.add(target as HTMLElement);
					else seen.delete(target as HTMLElement);
				}
				const first = [...seen].sort((a, b) => Number(a.dataset.from) - Number(b.dataset.from))[0];
				if (first) this.current = first.dataset.block ?? null;
			},
			{ rootMargin: '-18% 0px -60% 0px' }
		);
		const observe = () => {
			observer.disconnect();
			seen.clear();
			for (const block of text.querySelectorAll('[data-block]')) observer.observe(block);
		};
		observe();
		const changes = new MutationObserver(observe);
		changes.observe(text, { childList: true, subtree: true });
		return () => {
			observer.disconnect();
			changes.disconnect();
		};
	}
}
