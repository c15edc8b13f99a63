import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

const syntax = [gfm({ singleTilde: false })];
// The transforms would link addresses inside text that was escaped on purpose.
const nodes = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

/** CommonMark with tables, footnotes, task lists, bare addresses and `~~`, as a tree. */
export function parse(text: string): Root {
	return fromMarkdown(text, { extensions: syntax, mdastExtensions: nodes });
}

/** Addresses of reference links by identifier. */
export function addressesIn(root: Root): Map<string, string> {
	const addresses = new Map<string, string>();
	const waiting: Nodes[] = [root];
	for (let node = waiting.pop(); node; node = waiting.pop()) {
		if (node.type === 'definition' && !addresses.has(node.identifier)) {
			addresses.set(node.identifier, node.url);
		}
		if ('children' in node) waiting.push(...node.children.toReversed());
	}
	return addresses;
}
