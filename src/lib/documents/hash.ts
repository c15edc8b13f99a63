import type { Block, Embed, Span } from './text/blocks.ts';
import { addText, TOGGLES } from './text/blocks.ts';

/**
 * SHA-256, in lower-case hexadecimal, over the canonical form of a text: what a vote, a version or a
 * decision names when it says "exactly this text". Browser and server compute the same.
 *
 * The hash covers every word, mark, embed and the structure (types, levels, which cells share a row,
 * which number points at which footnote). It does not cover ids: block ids, and the keys of notes,
 * tables and rows only count by the order in which they first appear, so the same text imported twice
 * has the same hash.
 */
export async function contentHash(blocks: Array<Pick<Block, 'attrs' | 'spans'>>): Promise<string> {
	const bytes = new TextEncoder().encode(canonicalText(blocks));
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The canonical form: a line `folkmoot-text 1`, then one line of JSON per block,
 * `[type, detail, spans]`. A span is `[words, marks]` or `[{embed}, marks]`, neighbours with equal
 * marks are joined, and `marks` names the toggles in their fixed order, then the link as `["link", to]`.
 */
export function canonicalText(blocks: Array<Pick<Block, 'attrs' | 'spans'>>): string {
	const names = new Map<string, number>();
	const nameOf = (kind: string, key: string) => {
		const name = `${kind} ${key}`;
		if (!names.has(name)) names.set(name, names.size + 1);
		return names.get(name)!;
	};
	const lines = blocks.map(({ attrs, spans }) =>
		JSON.stringify([
			attrs.type,
			detailOf(attrs, nameOf),
			joined(spans).map((one) => spanOf(one, nameOf))
		])
	);
	return ['folkmoot-text 1', ...lines, ''].join('\n');
}

type NameOf = (kind: string, key: string) => number;

function detailOf(attrs: Block['attrs'], nameOf: NameOf): unknown[] {
	if (attrs.type === 'heading' || attrs.type === 'clause') return [attrs.level];
	if (attrs.type === 'item') return [attrs.list, attrs.level];
	if (attrs.type === 'note') return [nameOf('note', attrs.note)];
	if (attrs.type === 'cell') {
		const place = [nameOf('table', attrs.table), nameOf('row', attrs.row)];
		return attrs.head ? [...place, 'head'] : place;
	}
	return [];
}

/** Two texts that read alike may be cut into spans differently; here they are not. */
function joined(spans: Span[]): Span[] {
	const out: Span[] = [];
	for (const span of spans) {
		if ('text' in span) addText(out, span.text, span.marks);
		else out.push(span);
	}
	return out;
}

function spanOf(span: Span, nameOf: NameOf): unknown[] {
	const marks: unknown[] = TOGGLES.filter((name) => span.marks[name]);
	if (span.marks.link) marks.push(['link', span.marks.link]);
	return ['text' in span ? span.text.toWellFormed() : embedOf(span.embed, nameOf), marks];
}

function embedOf(embed: Embed, nameOf: NameOf): object {
	if (embed.type === 'note') return { note: nameOf('note', embed.note) };
	return embed.type === 'unknown' ? { unknown: stable(embed.value) } : { [embed.type]: true };
}

/** The value with the keys of its objects in order. */
function stable(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(stable);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([name, inner]) => [name, stable(inner)]));
}
