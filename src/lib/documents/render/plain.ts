import { type Block, plainText } from '#lib/documents/text/blocks.ts';
import { type Group, type List, type Model, renderModel } from './model.ts';

/** A text for mail and plain files: structure by blank lines, numbers and indents only. */
export function renderPlain(blocks: Block[]): string {
	const model = renderModel(blocks);
	const numbers = new Map(model.notes.map(({ key, number }) => [key, number]));
	const words = (block: Block) => wordsOf(block, numbers);
	const parts = model.groups.map((group) => groupText(group, words));
	const notes = notesText(model, words);
	return [...parts, ...notes].filter((part) => part.trim() !== '').join('\n\n') + '\n';
}

function groupText(group: Group, words: (block: Block) => string): string {
	if (group.kind === 'heading' || group.kind === 'clause') {
		return [group.number, words(group.block)].filter(Boolean).join(' ');
	}
	if (group.kind === 'paragraph') return words(group.block);
	if (group.kind === 'rule') return '* * *';
	if (group.kind === 'quote')
		return group.blocks.map((one) => indent(words(one), '> ')).join('\n>\n');
	if (group.kind === 'code') return group.blocks.map((one) => `    ${words(one)}`).join('\n');
	if (group.kind === 'list') return group.lists.map((list) => listText(list, words)).join('\n');
	const rows = group.rows.map(({ cells }) => cells.map((cell) => words(cell).replace(/\n/g, ' ')));
	return rows.map((cells) => cells.join(' | ')).join('\n');
}

function listText({ list, items }: List, words: (block: Block) => string): string {
	return items
		.map(({ block, lists }, at) => {
			const sign = list === 'ordered' ? `${at + 1}. ` : '- ';
			const inner = lists.map((one) => listText(one, words));
			const lines = [block ? words(block) : '', ...inner].filter(Boolean).join('\n');
			return sign + lines.replaceAll('\n', `\n${' '.repeat(sign.length)}`);
		})
		.join('\n');
}

function notesText({ notes }: Model, words: (block: Block) => string): string[] {
	return notes
		.filter(({ blocks }) => blocks.length > 0)
		.map(({ number, blocks }) => `[${number}] ${blocks.map(words).join('\n')}`);
}

function indent(text: string, sign: string): string {
	return sign + text.replaceAll('\n', `\n${sign}`);
}

/** A block's words with its footnotes' numbers in brackets. */
function wordsOf(block: Block, numbers: Map<string, number>): string {
	return block.spans
		.map((span) => {
			if ('text' in span) return span.text;
			if (span.embed.type === 'note') return `[${numbers.get(span.embed.note)}]`;
			return plainText({ spans: [span] });
		})
		.join('');
}
