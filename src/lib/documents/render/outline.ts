import { type Block, numberClauses, plainText } from '#lib/documents/text/blocks.ts';

export interface Section {
	id: string;
	/** As written, 1 to 6. */
	level: number;
	number: string | null;
	text: string;
}

/** Every heading of a text, in order; headings without words are left out. */
export function outline(blocks: Block[]): Section[] {
	const numbers = numberClauses(blocks);
	return blocks.flatMap((block) => {
		if (block.attrs.type !== 'heading') return [];
		const text = plainText(block).replace(/\s+/g, ' ').trim();
		const { level } = block.attrs;
		return text === ''
			? []
			: [{ id: block.id, level, number: numbers.get(block.id) ?? null, text }];
	});
}
