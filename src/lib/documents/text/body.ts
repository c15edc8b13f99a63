/**
 * The one place that knows where a document's text lives inside its Y.Doc.
 */
import * as Y from 'yjs';
import type { Delta } from './blocks.ts';
import { embeddable } from './change.ts';
import { newBlockId } from './ids.ts';

const ROOT = 'body';

/**
 * The body of a document. Call it on a fresh Y.Doc before any content arrives, and never reach
 * for the text in another way: after a remote change with formatting, Yjs would walk the whole
 * text and delete formatting it thinks redundant, on every peer, under the peer's own name. The
 * shadowed flag switches that off.
 */
export function openBody(doc: Y.Doc): Y.Text {
	const text = doc.getText(ROOT);
	Object.defineProperty(text, '_hasFormatting', {
		configurable: true,
		get: () => false,
		set() {}
	});
	return text;
}

/** Writes the first content into an empty body. The final line-end is added when it is missing. */
export function seedBody(text: Y.Text, delta: Delta = [], origin?: unknown): void {
	if (text.length > 0) throw new Error('The body already has content');
	const last = delta.at(-1)?.insert;
	const closed = typeof last === 'string' && last.endsWith('\n');
	const end = { insert: '\n', attributes: { block: { id: newBlockId(), type: 'paragraph' } } };
	const content = closed ? delta : [...delta, end];
	// Yjs writes into the attribute objects it is given, so it gets its own.
	const owned = content.map((op) => ({ ...op, attributes: { ...op.attributes } }));
	text.doc!.transact(() => text.applyDelta(owned), origin);
}

/**
 * The content of a body, as `toDelta` gives it, with one difference that keeps every index equal
 * to Y.Text's own: content that has no business in a text (a foreign peer could write it) counts
 * as an embed per position instead of vanishing.
 */
export function bodyDelta(text: Y.Text): Delta {
	const ops: Delta = [];
	let current: Record<string, unknown> = {};
	let shared: Record<string, unknown> | undefined;
	for (let item = text._start; item !== null; item = item.right) {
		if (item.deleted) continue;
		const content = item.content;
		if (content instanceof Y.ContentFormat) {
			current = { ...current, [content.key]: content.value };
			if (content.value === null) delete current[content.key];
			shared = undefined;
			continue;
		}
		if (!item.countable) continue;
		shared ??= Object.keys(current).length > 0 ? current : undefined;
		const marked = shared ? { attributes: shared } : {};
		if (content instanceof Y.ContentString) ops.push({ insert: content.str, ...marked });
		else
			for (const value of content.getContent()) ops.push({ insert: embeddable(value), ...marked });
	}
	return ops;
}
