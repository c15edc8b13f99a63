import { type Block, type Embed, type Span } from '#lib/documents/text/blocks.ts';

/** The smallest thing that can be added or removed: a word, white space, a sign or an embed. */
export interface Token {
	/** Equal for tokens that read the same. */
	key: string;
	/** Where it stands in its block, in flat characters. */
	from: number;
	to: number;
	isWord: boolean;
}

const PART = /[\p{L}\p{N}\p{M}_]+(?:['’][\p{L}\p{M}]+|[.,]\p{N}+)*|\s+|[^]/gu;
const WORD = /^[\p{L}\p{N}]/u;

/** A block's content as tokens. Marks do not count: a word made bold is the same word. */
export function tokensOf({ spans }: Pick<Block, 'spans'>): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	let text = '';
	const endText = () => {
		for (const { 0: key, index } of text.matchAll(PART)) {
			const from = at + index;
			tokens.push({ key, from, to: from + key.length, isWord: WORD.test(key) });
		}
		at += text.length;
		text = '';
	};
	for (const span of spans) {
		if ('text' in span) text += span.text;
		else {
			endText();
			tokens.push({ key: embedKey(span.embed), from: at, to: at + 1, isWord: true });
			at++;
		}
	}
	endText();
	return tokens;
}

/** Spans between two places of a block, with their marks. */
export function spansBetween(spans: Span[], from: number, to: number): Span[] {
	const cut: Span[] = [];
	let start = 0;
	for (const span of spans) {
		const end = start + ('text' in span ? span.text.length : 1);
		if (end > from && start < to) {
			const text = 'text' in span && span.text.slice(Math.max(0, from - start), to - start);
			cut.push('text' in span ? { ...span, text: text || '' } : span);
		}
		start = end;
	}
	return cut;
}

/** Footnotes are keyed by each text for itself, so a reference is a reference. */
function embedKey(embed: Embed): string {
	if (embed.type === 'unknown') return `\uFFFC${JSON.stringify(embed.value)}`;
	return `\uFFFC${embed.type}`;
}
