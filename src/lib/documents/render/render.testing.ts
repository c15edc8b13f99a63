import { type DefaultTreeAdapterTypes as Tree, parseFragment } from 'parse5';

/** Every element of a piece of HTML as a browser reads it, in order. */
export function elementsOf(
	html: string
): Array<{ tag: string; attributes: Array<[string, string]> }> {
	const found: Array<{ tag: string; attributes: Array<[string, string]> }> = [];
	const walk = (node: Tree.ChildNode | Tree.DocumentFragment) => {
		if ('tagName' in node) {
			found.push({
				tag: node.tagName,
				attributes: node.attrs.map(({ name, value }) => [name, value])
			});
		}
		if ('childNodes' in node) node.childNodes.forEach(walk);
	};
	walk(parseFragment(html));
	return found;
}

/** For each block of a page its place and its words, read as the page's own script reads them. */
export function textShown(html: string): Map<string, { from: number; text: string }> {
	const blocks = new Map<string, { from: number; text: string }>();
	const walk = (node: Tree.ChildNode | Tree.DocumentFragment, into: { text: string } | null) => {
		if (node.nodeName === '#text' && 'value' in node) {
			if (into) into.text += node.value;
			return;
		}
		let inside = into;
		if ('attrs' in node) {
			const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
			const id = attributes.get('data-block');
			if (id !== undefined) {
				const block = { from: Number(attributes.get('data-from')), text: '' };
				blocks.set(id, block);
				inside = block;
			}
			if (attributes.has('data-skip')) return;
			if (attributes.has('data-embed')) {
				if (inside) inside.text += '\uFFFC';
				return;
			}
		}
		if ('childNodes' in node) node.childNodes.forEach((child) => walk(child, inside));
	};
	walk(parseFragment(html), null);
	return blocks;
}
