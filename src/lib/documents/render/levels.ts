import type { Block } from '#lib/documents/text/blocks.ts';

/**
 * The level each heading has on a page whose title is the h1: the highest in use is h2, and a level is
 * never more than one below the heading before it.
 */
export function headingLevels(blocks: Block[]): Map<string, number> {
	const shown = new Map<string, number>();
	// Open headings: how deep each was written and how deep it is shown.
	const open: Array<{ written: number; shown: number }> = [];
	const top = Math.min(...blocks.map(({ attrs }) => (attrs.type === 'heading' ? attrs.level : 6)));
	for (const { id, attrs } of blocks) {
		if (attrs.type !== 'heading') continue;
		while (open.length > 0 && open.at(-1)!.written >= attrs.level) open.pop();
		const wanted = 2 + attrs.level - top;
		const level = Math.min(6, wanted, (open.at(-1)?.shown ?? 1) + 1);
		open.push({ written: attrs.level, shown: level });
		shown.set(id, level);
	}
	return shown;
}
