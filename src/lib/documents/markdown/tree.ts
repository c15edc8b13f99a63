import type { Nodes, Root } from 'mdast';
import type { Event } from './events.ts';
import { htmlEvents } from './html.ts';
import { addressesIn } from './parse.ts';

/** Closed right after it is opened, so one name serves all. */
const LEAF = -1;

/** What a node is in HTML's words, where that needs no more than its type. */
const TAGS: Partial<Record<Nodes['type'], string>> = {
	paragraph: 'p',
	blockquote: 'blockquote',
	listItem: 'li',
	emphasis: 'em',
	strong: 'strong',
	delete: 'del',
	tableRow: 'tr'
};

/** Elements that leave room for indented HTML inside them. */
const HOLDS_MORE = new Set(['ul', 'ol', 'table', 'div', 'section']);

/** Reads the trees of one text, chunk by chunk. */
export class TreeReader {
	private names = 0;
	private htmlOpen = 0;
	/** The number after the list at the end of the last chunk: the next chunk may go on with it. */
	private nextNumber = 0;

	/**
	 * A tree as events, in order. Walks with a stack of its own, so depth costs no call stack.
	 * @param source the chunk's own text: nodes that start after it are borrowed definitions.
	 * @param line line of the whole text at which the chunk starts.
	 */
	events(root: Root, source: string, line: number): Event[] {
		const events: Event[] = [];
		const addresses = addressesIn(root);
		const waiting: Array<Nodes | Event> = children(root);
		for (let next = waiting.pop(); next; next = waiting.pop()) {
			if ('kind' in next) {
				events.push(next);
				continue;
			}
			const start = next.position?.start;
			if ((start?.offset ?? 0) >= source.length) continue;
			const at = line + (start?.line ?? 1) - 1;
			const html = this.htmlIn(next, source);
			const leaf = html === null ? leafEvents(next, at, addresses) : this.html(html, at);
			if (leaf) {
				for (const event of leaf) events.push(event);
				continue;
			}
			const { tag, attrs } = container(next, addresses);
			if (next === root.children[0] && Number(attrs.start) === this.nextNumber) delete attrs.start;
			const of = ++this.names;
			events.push({ kind: 'open', tag, attrs, line: at, of });
			if (next.type === 'listItem' && typeof next.checked === 'boolean') {
				events.push(words(next.checked ? '[x] ' : '[ ] ', at));
			}
			waiting.push({ kind: 'close', tag, line: at, of });
			for (const child of children(next, tag)) waiting.push(child);
		}
		this.nextNumber = numberAfter(root, source);
		return events;
	}

	private html(value: string, line: number): Event[] {
		const events = htmlEvents(value, line);
		for (const event of events) {
			if (event.kind === 'text' || !HOLDS_MORE.has(event.tag)) continue;
			this.htmlOpen = Math.max(0, this.htmlOpen + (event.kind === 'open' ? 1 : -1));
		}
		return events;
	}

	/**
	 * The HTML a node holds, or null. After a blank line inside an HTML list people indent the next
	 * item; to Markdown that is code, to them it is the list going on.
	 */
	private htmlIn(node: Nodes, source: string): string | null {
		if (node.type === 'html') return node.value;
		if (node.type !== 'code' || this.htmlOpen === 0) return null;
		const { start, end } = node.position ?? {};
		const fenced = /^\s*[`~]/.test(source.slice(start?.offset, end?.offset));
		return !fenced && /^\s*<\/?[a-z]/i.test(node.value) ? node.value : null;
	}
}

/** The number that would follow the numbered list with which a chunk ends; 0 when it ends otherwise. */
function numberAfter({ children: all }: Root, source: string): number {
	const last = all.findLast((node) => (node.position?.start.offset ?? 0) < source.length);
	return last?.type === 'list' && last.ordered ? (last.start ?? 1) + last.children.length : 0;
}

/** The children, last first, ready for a stack. The cells of a table's first row are its head. */
function children(node: Nodes, tag = ''): Nodes[] {
	if (!('children' in node)) return [];
	if (tag === 'table' && node.children[0])
		Object.assign(node.children[0], { data: { head: true } });
	const head = node.type === 'tableRow' && (node.data as { head?: true } | undefined)?.head;
	if (head) for (const cell of node.children) Object.assign(cell, { data: { head: true } });
	return node.children.toReversed();
}

function container(
	node: Nodes,
	addresses: Map<string, string>
): { tag: string; attrs: Record<string, string> } {
	if (node.type === 'heading') return { tag: `h${node.depth}`, attrs: {} };
	if (node.type === 'list') {
		const start = node.ordered && node.start != null && node.start !== 1;
		return { tag: node.ordered ? 'ol' : 'ul', attrs: start ? { start: `${node.start}` } : {} };
	}
	if (node.type === 'table') return { tag: 'table', attrs: {} };
	if (node.type === 'tableCell') {
		return { tag: (node.data as { head?: true } | undefined)?.head ? 'th' : 'td', attrs: {} };
	}
	if (node.type === 'link') return { tag: 'a', attrs: { href: node.url } };
	if (node.type === 'linkReference') {
		return { tag: 'a', attrs: { href: addresses.get(node.identifier) ?? '' } };
	}
	if (node.type === 'footnoteDefinition') return { tag: 'note', attrs: { label: node.identifier } };
	return { tag: TAGS[node.type] ?? 'div', attrs: {} };
}

function leafEvents(node: Nodes, line: number, addresses: Map<string, string>): Event[] | null {
	const alone = (tag: string, attrs: Record<string, string> = {}): Event[] => [
		{ kind: 'open', tag, attrs, line }
	];
	const wrapped = (tag: string, text: string): Event[] => [
		{ kind: 'open', tag, attrs: {}, line, of: LEAF },
		words(text, line),
		{ kind: 'close', tag, line, of: LEAF }
	];
	if (node.type === 'text') return [words(node.value.replace(/[ \t]*\n[ \t]*/g, ' '), line)];
	if (node.type === 'inlineCode') return wrapped('code', node.value.replace(/\n/g, ' '));
	if (node.type === 'code') return wrapped('pre', node.value);
	if (node.type === 'break') return alone('br');
	if (node.type === 'thematicBreak') return alone('hr');
	if (node.type === 'footnoteReference') return alone('note-reference', { label: node.identifier });
	if (node.type === 'image') return alone('img', { src: node.url, alt: node.alt ?? '' });
	if (node.type === 'imageReference') {
		return alone('img', { src: addresses.get(node.identifier) ?? '', alt: node.alt ?? '' });
	}
	return 'children' in node ? null : [];
}

function words(text: string, line: number): Event {
	return { kind: 'text', text, line, verbatim: true };
}
