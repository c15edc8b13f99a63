/** Blocks, marks and embeds to their ProseMirror form and back. */
import type { Node } from 'prosemirror-model';
import { Fragment, type Mark } from 'prosemirror-model';
import {
	addText,
	type Block,
	type BlockAttrs,
	type Embed,
	type Marks,
	readBlockAttrs,
	type Span,
	TOGGLES,
	withUniqueIds
} from '../text/blocks.ts';
import { blockType, nodeType, schema } from './schema.ts';

/** The document that shows these blocks. */
export function docOf(blocks: Block[]): Node {
	const nodes = blocks.map(({ attrs, spans }) =>
		blockNode(attrs, Fragment.from(spans.map(inline)))
	);
	return schema.node('doc', null, nodes);
}

/** The blocks a document shows, exactly as `readBlocks` reads them from the text. */
export function blocksOf(doc: Node): Block[] {
	const blocks: Block[] = [];
	let from = 0;
	doc.forEach((node) => {
		const spans: Span[] = [];
		node.forEach((child) => {
			const marks = marksOf(child.marks);
			if (child.isText) addText(spans, child.text!, marks);
			else spans.push({ embed: embedOf(child), marks });
		});
		const attrs = attrsOf(node);
		blocks.push({ id: attrs.id, attrs, spans, from, to: from + node.content.size });
		from += node.content.size + 1;
	});
	return withUniqueIds(blocks);
}

export function blockNode(attrs: BlockAttrs, content?: Fragment): Node {
	const { type, ...rest } = attrs;
	return nodeType(type).create(rest, content);
}

/** The block attributes a node stands for. */
export function attrsOf(node: Node): BlockAttrs {
	return readBlockAttrs({ ...node.attrs, type: blockType(node.type) });
}

export function embedNode(embed: Embed, marks: readonly Mark[] = []): Node {
	if (embed.type === 'note')
		return schema.node('reference', { note: embed.note }, undefined, marks);
	const attrs = embed.type === 'unknown' ? { value: embed.value } : null;
	return schema.node(embed.type, attrs, undefined, marks);
}

export function embedOf(node: Node): Embed {
	if (node.type === schema.nodes.reference) return { type: 'note', note: String(node.attrs.note) };
	if (node.type === schema.nodes.unknown) return { type: 'unknown', value: node.attrs.value };
	return { type: node.type === schema.nodes.rule ? 'rule' : 'break' };
}

/** The marks as a ProseMirror set, in the schema's order. */
export function markSet(marks: Marks): readonly Mark[] {
	const set: Mark[] = marks.link ? [schema.mark('link', { href: marks.link })] : [];
	for (const name of TOGGLES) if (marks[name]) set.push(schema.mark(name));
	return set;
}

export function marksOf(set: readonly Mark[]): Marks {
	const marks: Marks = {};
	for (const mark of set) {
		if (mark.type === schema.marks.link) marks.link = String(mark.attrs.href);
		else marks[mark.type.name as (typeof TOGGLES)[number]] = true;
	}
	return marks;
}

function inline(span: Span): Node {
	const marks = markSet(span.marks);
	return 'text' in span ? schema.text(span.text, marks) : embedNode(span.embed, marks);
}
