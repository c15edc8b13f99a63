import { alignedText, type Block } from '#lib/documents/text/blocks.ts';
import { escapeEdges } from './escape.ts';
import { inlineSource, type NoteLabels } from './export-inline.ts';

/** Lines of code: a fence, or `<pre>` when words in it are marked or it holds an embed. */
export function codeSource(lines: Block[], notes: NoteLabels): string {
	const plain = lines.every(({ spans }) =>
		spans.every((span) => 'text' in span && Object.keys(span.marks).length === 0)
	);
	const text = lines.map(alignedText).join('\n').replaceAll('\0', '');
	if (!plain || text.includes('\r')) {
		const written = lines.map(({ spans }) => inlineSource(spans, notes, 'html'));
		return `<pre>\n${written.join('\n')}\n</pre>`;
	}
	const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}\n${text}\n${fence}`;
}

/** A table: Markdown's own when its first row is its head and all rows are as wide, else HTML. */
export function tableSource(cells: Block[], notes: NoteLabels): string {
	const rows = rowsOf(cells);
	const [head, ...body] = rows;
	const isHead = ({ attrs }: Block) => attrs.type === 'cell' && attrs.head === true;
	const regular =
		head!.every(isHead) && body.every((row) => row.length === head!.length && !row.some(isHead));
	if (!regular) {
		const row = (one: Block[]) =>
			one
				.map((cell) => {
					const tag = isHead(cell) ? 'th' : 'td';
					return `<${tag} data-moot="verbatim">${inlineSource(cell.spans, notes, 'html')}</${tag}>`;
				})
				.join('');
		return `<table>\n${rows.map((one) => `<tr>${row(one)}</tr>`).join('\n')}\n</table>`;
	}
	const line = (one: string[]) => `| ${one.join(' | ')} |`;
	const words = (one: Block[]) =>
		one.map(({ spans }) => escapeEdges(inlineSource(spans, notes, 'markdown')));
	return [
		line(words(head!)),
		line(head!.map(() => '---')),
		...body.map((one) => line(words(one)))
	].join('\n');
}

function rowsOf(cells: Block[]): Block[][] {
	const rows: Block[][] = [];
	let current = '';
	for (const cell of cells) {
		if (cell.attrs.type !== 'cell') continue;
		const row = rows.at(-1);
		if (row && cell.attrs.row === current) row.push(cell);
		else rows.push([cell]);
		current = cell.attrs.row;
	}
	return rows;
}
