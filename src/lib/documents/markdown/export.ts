import { type Block, numberClauses } from '#lib/documents/text/blocks.ts';
import { escapeEdges } from './escape.ts';
import { inlineSource, type NoteLabels } from './export-inline.ts';
import { codeSource, tableSource } from './export-rows.ts';

/**
 * A text as Markdown that anyone can read and `importMarkdown` reads back as the same text: Markdown
 * where it has a sign for it, HTML where it has none. What neither can say is marked by a
 * `data-moot` attribute (a clause with its level, an empty block, a rule inside a line), which other
 * readers ignore. Embeds of an unknown kind are left out.
 */
export function exportMarkdown(blocks: Block[]): string {
	const notes = noteLabels(blocks);
	const numbers = numberClauses(blocks);
	const parts: string[] = [];
	for (let at = 0; at < blocks.length;) {
		let end = at + 1;
		while (end < blocks.length && joins(blocks[end - 1]!, blocks[end]!)) end++;
		parts.push(source(blocks.slice(at, end), notes, numbers));
		at = end;
	}
	return `${parts.join('\n\n')}\n`;
}

/** Neighbours that are written as one construct. */
function joins({ attrs: a }: Block, { attrs: b }: Block): boolean {
	if (a.type === 'cell') return b.type === 'cell' && a.table === b.table;
	if (a.type === 'note') return b.type === 'note' && a.note === b.note;
	return a.type === b.type && (a.type === 'item' || a.type === 'quote' || a.type === 'code');
}

function source(run: Block[], notes: NoteLabels, numbers: Map<string, string>): string {
	const [block] = run as [Block];
	const { attrs } = block;
	const inline = (one: Block) => blockInline(one, notes);
	if (attrs.type === 'code') return codeSource(run, notes);
	if (attrs.type === 'cell') return tableSource(run, notes);
	if (attrs.type === 'item') return listSource(run, inline);
	if (attrs.type === 'quote') return run.map((one) => `> ${inline(one)}`).join('\n>\n');
	if (attrs.type === 'note') {
		return `[^${notes.labels.get(attrs.note)}]: ${run.map(inline).join('\n\n    ')}`;
	}
	if (attrs.type === 'heading') {
		const signs = '#'.repeat(attrs.level);
		return block.spans.length === 0
			? signs
			: `${signs} ${inline(block).replace(/(?<!\\)#$/, '\\#')}`;
	}
	if (attrs.type === 'clause') {
		const number = numbers.get(block.id) ?? '';
		return `<span data-moot="clause ${attrs.level}">${number} </span>${inline(block)}`;
	}
	return isRule(block) ? '***' : inline(block);
}

function blockInline(block: Block, notes: NoteLabels): string {
	const written = inlineSource(block.spans, notes, 'markdown');
	return written === '' ? '<span data-moot="empty"></span>' : escapeEdges(written);
}

function isRule({ spans: [span, more] }: Block): boolean {
	return span !== undefined && !more && 'embed' in span && span.embed.type === 'rule';
}

function listSource(items: Block[], inline: (block: Block) => string): string {
	/** For each open level: where its content begins, which list it is, how many items it has. */
	const open: Array<{ indent: number; list: string; count: number }> = [];
	return items
		.map((block) => {
			if (block.attrs.type !== 'item') return '';
			const { level, list } = block.attrs;
			open.length = Math.min(open.length, level);
			const same = open.length === level && open[level - 1]!.list === list;
			const count = same ? open[level - 1]!.count + 1 : 1;
			open.length = Math.min(open.length, level - 1);
			let line = ' '.repeat(open.at(-1)?.indent ?? 0);
			while (open.length < level) {
				const own = open.length === level - 1 ? count : 1;
				line += list === 'ordered' ? `${own}. ` : '- ';
				open.push({ indent: line.length, list, count: own });
			}
			return line + inline(block);
		})
		.join('\n');
}

/** Labels 1, 2, 3 in the order in which footnotes are met. */
function noteLabels(blocks: Block[]): NoteLabels {
	const labels = new Map<string, string>();
	const defined = new Set<string>();
	const label = (key: string) => {
		if (!labels.has(key)) labels.set(key, String(labels.size + 1));
	};
	for (const { attrs, spans } of blocks) {
		if (attrs.type === 'note') {
			label(attrs.note);
			defined.add(attrs.note);
		}
		for (const span of spans) {
			if ('embed' in span && span.embed.type === 'note') label(span.embed.note);
		}
	}
	return { labels, defined };
}
