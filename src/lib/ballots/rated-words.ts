import { canonicalText } from '#lib/documents/hash.ts';
import { TOGGLES, type Block, type Marks, type Span } from '#lib/documents/text/blocks.ts';

/** The part of a block that is agreed with. */
export type Passage = Pick<Block, 'attrs' | 'spans'>;

/** The words of one block as they are hashed and kept: the canonical form of documents/hash.ts. */
export function canonicalPassage(block: Passage): string {
	return canonicalText([block]);
}

/** The spans of a kept passage, to be compared with others that were kept. Its ids are not its own. */
export function readPassage(kept: string): Pick<Block, 'spans'> {
	const line = kept.split('\n')[1] ?? '';
	try {
		const [, , spans] = JSON.parse(line) as [unknown, unknown, Array<[unknown, unknown[]]>];
		return { spans: spans.map(readSpan) };
	} catch {
		return { spans: [{ text: line, marks: {} }] };
	}
}

function readSpan([content, names]: [unknown, unknown[]]): Span {
	const marks: Marks = {};
	for (const name of TOGGLES) if (names.includes(name)) marks[name] = true;
	const link = names.find(
		(one): one is [string, string] => Array.isArray(one) && one[0] === 'link'
	);
	if (link) marks.link = link[1];
	if (typeof content === 'string') return { text: content, marks };
	const embed = content as Record<string, unknown>;
	if ('note' in embed) return { embed: { type: 'note', note: String(embed.note) }, marks };
	if ('break' in embed) return { embed: { type: 'break' }, marks };
	if ('rule' in embed) return { embed: { type: 'rule' }, marks };
	return { embed: { type: 'unknown', value: embed.unknown ?? null }, marks };
}
