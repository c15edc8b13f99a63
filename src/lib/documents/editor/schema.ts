/**
 * The flat text as a ProseMirror schema: a document is a row of blocks, a block holds inline
 * content and nothing nests. Lists, clauses and tables are blocks with a level or a key.
 */
import {
	type AttributeSpec,
	type MarkSpec,
	type NodeSpec,
	type NodeType,
	Schema
} from 'prosemirror-model';
import type { BlockType } from '../text/blocks.ts';
import { readLink } from '../text/blocks.ts';

const id: AttributeSpec = { default: '' };
const level: AttributeSpec = { default: 1 };

/** A block drawn as `<tag class="type" data-…>`; the data attributes are what parsing reads. */
function block(type: BlockType, tag: string, attrs: Record<string, AttributeSpec> = {}): NodeSpec {
	const names = Object.keys(attrs);
	return {
		attrs: { id, ...attrs },
		content: 'inline*',
		marks: '_',
		group: 'block',
		defining: type !== 'paragraph',
		code: type === 'code',
		parseDOM: [
			{
				tag: `.block-${type}`,
				preserveWhitespace: 'full',
				getAttrs: (dom) => ({ id: dom.dataset.id ?? '', ...readData(dom, names) })
			}
		],
		toDOM: (node) => [
			type === 'heading' ? `h${node.attrs.level}` : tag,
			{
				class: `block-${type}`,
				'data-id': node.attrs.id,
				...Object.fromEntries(names.map((name) => [`data-${name}`, String(node.attrs[name])]))
			},
			0
		]
	};
}

function readData(dom: HTMLElement, names: string[]): Record<string, unknown> {
	const read = (name: string, value = '') =>
		name === 'level' ? Number(value) || 1 : name === 'head' ? value === 'true' : value;
	return Object.fromEntries(names.map((name) => [name, read(name, dom.dataset[name])]));
}

/** An inline atom: one index position that is not a character. */
function atom(spec: NodeSpec): NodeSpec {
	return { inline: true, group: 'inline', atom: true, leafText: () => '\uFFFC', ...spec };
}

const toggle = (tag: string): MarkSpec => ({ parseDOM: [{ tag }], toDOM: () => [tag, 0] });

export const schema = new Schema({
	nodes: {
		doc: { content: 'block+' },
		paragraph: block('paragraph', 'p'),
		heading: block('heading', 'h1', { level }),
		clause: block('clause', 'p', { level }),
		item: block('item', 'p', { list: { default: 'bullet' }, level }),
		quote: block('quote', 'blockquote'),
		// A node may not share the name of the mark.
		codeline: block('code', 'pre'),
		note: block('note', 'div', { note: { default: '' } }),
		cell: block('cell', 'div', {
			table: { default: '' },
			row: { default: '' },
			head: { default: false }
		}),
		text: { group: 'inline' },
		reference: atom({
			attrs: { note: {} },
			parseDOM: [{ tag: 'span.embed-note', getAttrs: (dom) => ({ note: dom.dataset.note ?? '' }) }],
			toDOM: (node) => ['span', { class: 'embed-note', 'data-note': node.attrs.note }]
		}),
		break: atom({
			selectable: false,
			linebreakReplacement: false,
			leafText: () => '\n',
			parseDOM: [{ tag: 'br' }],
			toDOM: () => ['br']
		}),
		rule: atom({
			parseDOM: [{ tag: 'span.embed-rule' }],
			toDOM: () => ['span', { class: 'embed-rule', role: 'separator' }]
		}),
		unknown: atom({
			attrs: { value: { default: null } },
			parseDOM: [
				{
					tag: 'span.embed-unknown',
					getAttrs: (dom) => ({ value: readJson(dom.dataset.value) })
				}
			],
			toDOM: (node) => [
				'span',
				{ class: 'embed-unknown', 'data-value': JSON.stringify(node.attrs.value) }
			]
		})
	},
	marks: {
		link: {
			attrs: { href: {} },
			inclusive: false,
			parseDOM: [
				{
					tag: 'a[href]',
					getAttrs: (dom) => {
						const href = readLink(dom.getAttribute('href'));
						return href ? { href } : false;
					}
				}
			],
			toDOM: (mark) => ['a', { href: mark.attrs.href, rel: 'noopener nofollow ugc' }, 0]
		},
		strong: toggle('strong'),
		em: toggle('em'),
		code: toggle('code'),
		sup: toggle('sup'),
		sub: toggle('sub')
	}
});

/** The node type of a block type. */
export function nodeType(type: BlockType): NodeType {
	return schema.nodes[type === 'code' ? 'codeline' : type];
}

/** The block type a node stands for. */
export function blockType({ name }: { name: string }): BlockType {
	return (name === 'codeline' ? 'code' : name) as BlockType;
}

function readJson(value = 'null'): unknown {
	try {
		return JSON.parse(value);
	} catch {
		return null;
	}
}
