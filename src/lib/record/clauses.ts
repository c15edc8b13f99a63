import { numberClauses, type Block } from '#lib/documents/text/blocks.ts';

/** A clause one may follow, or follows. */
export interface FollowedClause {
	block: string;
	/** As the text numbers it; null for a clause that is gone. */
	number: string | null;
	/** Its first words. */
	words: string;
}

/** What somebody follows of one document. */
export interface Following {
	whole: boolean;
	/** Block ids. */
	clauses: string[];
}

const MOST_WORDS = 90;

/** The numbered sections and clauses of a text, in its order. */
export function clausesIn(blocks: Block[]): FollowedClause[] {
	const numbers = numberClauses(blocks);
	return blocks.flatMap((block) => {
		const number = numbers.get(block.id);
		return number ? [{ block: block.id, number, words: firstWords(block) }] : [];
	});
}

function firstWords({ spans }: Block): string {
	const words = spans
		.map((span) => ('text' in span ? span.text : ''))
		.join('')
		.replace(/\s+/g, ' ')
		.trim();
	if (words.length <= MOST_WORDS) return words;
	return `${words.slice(0, words.lastIndexOf(' ', MOST_WORDS) || MOST_WORDS)} …`;
}
