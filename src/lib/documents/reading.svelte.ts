import type { OutlineEntry } from './outline.ts';

/** Which section of the text is in view, found out by watching the headings pass the upper third. */
export class SectionInView {
	current = $state<string | null>(null);

	/** For `{@attach}` on the element that holds the text. */
	watch = (entries: OutlineEntry[]) => (text: HTMLElement) => {
		const ids = new Map(entries.flatMap((entry) => entry.blocks.map((id) => [id, entry.id])));
		const seen = new Set<string>();
		const observer = new IntersectionObserver(
			(changes) => {
				for (const { target, isIntersecting } of changes) {
					const id = (target as HTMLElement).dataset.block ?? '';
					if (isIntersecting) seen.add(id);
					else seen.delete(id);
				}
				for (const [block, section] of ids) {
					if (!seen.has(block)) continue;
					this.current = section;
					return;
				}
			},
			{ rootMargin: '0px 0px -66% 0px' }
		);
		for (const block of text.querySelectorAll('[data-block]')) observer.observe(block);
		return () => observer.disconnect();
	};
}
