/**
 * Keeps what is edited here fit for the flat text: every block has an id of its own, no text
 * holds a literal line feed, and no half of a surrogate pair stands alone.
 */
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { newBlockId } from '../text/ids.ts';
import { changedRanges, type Range } from './ranges.ts';
import { schema } from './schema.ts';
import { typedBy } from './typed.ts';

/** Set on transactions that show what others did, which are never tidied here. */
export const remote = new PluginKey<true>('remote');

export function tidy(): Plugin {
	return new Plugin({
		appendTransaction(transactions, before, { tr, doc }) {
			const edited = transactions.filter((one) => one.docChanged);
			if (edited.length === 0 || edited.some((one) => one.getMeta(remote))) return null;
			// Words within a block are as sound as they were typed.
			if (transactions.length === 1 && typedBy(transactions[0]!)) return null;
			const ranges = changedRanges(edited);
			freshIds(tr, before.doc, ranges);
			soundText(tr, doc, ranges);
			return tr.docChanged ? tr : null;
		}
	});
}

/** Gives new ids to changed blocks that have none, or one that another block has. */
function freshIds(tr: Transaction, before: Node, ranges: Range[]): void {
	const { doc } = tr;
	const changed = new Set<number>();
	for (const { newFrom, newTo } of ranges) {
		const [first, last] = [doc.resolve(newFrom).index(0), doc.resolve(newTo).index(0)];
		for (let i = first; i <= last && i < doc.childCount; i++) changed.add(i);
	}
	const kept = (i: number) => before.maybeChild(i)?.attrs.id === doc.child(i).attrs.id;
	const structure = before.childCount !== doc.childCount || ![...changed].every(kept);
	if (!structure && ![...changed].some((i) => doc.child(i).attrs.id === '')) return;
	const taken = new Set<string>();
	doc.forEach((node, _pos, i) => {
		if (!changed.has(i)) taken.add(node.attrs.id);
	});
	doc.forEach((node, pos, i) => {
		if (!changed.has(i)) return;
		if (node.attrs.id !== '' && !taken.has(node.attrs.id)) taken.add(node.attrs.id);
		else tr.setNodeMarkup(pos, null, { ...node.attrs, id: newBlockId() });
	});
}

const UNSOUND = /\r\n?|\n|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Line feeds become breaks and lone surrogates U+FFFD, in the changed text nodes. */
function soundText(tr: Transaction, doc: Node, ranges: Range[]): void {
	const repairs = new Map<number, { to: number; node: Node }>();
	for (const { newFrom, newTo } of ranges) {
		// One unit around the range, because a change can leave half a pair beside it.
		const [from, to] = [Math.max(0, newFrom - 1), Math.min(doc.content.size, newTo + 1)];
		doc.nodesBetween(from, to, (node, pos) => {
			for (const match of node.isText ? node.text!.matchAll(UNSOUND) : []) {
				const at = pos + match.index;
				const good = /[\r\n]/.test(match[0])
					? schema.nodes.break.create(null, null, node.marks)
					: schema.text('\uFFFD', node.marks);
				repairs.set(at, { to: at + match[0].length, node: good });
			}
		});
	}
	const backwards = [...repairs].sort(([a], [b]) => b - a);
	for (const [at, { to, node }] of backwards) tr.replaceWith(at, to, node);
}
