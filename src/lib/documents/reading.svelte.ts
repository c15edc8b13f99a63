import type { OutlineEntry } from './outline.ts';

/** Which section of the text one is reading: the one that crosses a line a third down the window. */
export class SectionInView {
	current = $state<string | null>(null);

	/** For `{@attach}` on the element that holds the text. */
	watch = (entries: OutlineEntry[]) => (text: HTMLElement) => {
		const sections = new Map(entries.flatMap(({ id, blocks }) => blocks.map((one) => [one, id])));
		const observer = new IntersectionObserver(
			(changes) => {
				const crossing = changes.find(({ isIntersecting }) => isIntersecting);
				// Between two blocks the last one counts.
				if (!crossing) return;
				const { block = '' } = (crossing.target as HTMLElement).dataset;
				this.current = sections.get(block) ?? null;
			},
			{ rootMargin: '-33% 0px -66.9% 0px' }
		);
		for (const block of text.querySelectorAll('[data-block]')) observer.observe(block);
		return () => observer.disconnect();
	};
}
