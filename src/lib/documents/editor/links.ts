/** The link around the caret, and changing it. */
import type { Command, EditorState } from 'prosemirror-state';
import { readLink } from '../text/blocks.ts';
import { schema } from './schema.ts';

export interface LinkAt {
	from: number;
	to: number;
	href: string;
}

/** The link the selection's start is in (as far as it reaches in its block), else the selection. */
export function linkAt({ selection }: EditorState): LinkAt {
	const { $from, from, to } = selection;
	const mark =
		schema.marks.link.isInSet($from.marks()) ||
		schema.marks.link.isInSet($from.nodeAfter?.marks ?? []);
	if (!mark || $from.depth === 0) return { from, to, href: '' };
	const reach = { from, to, href: String(mark.attrs.href) };
	let at = $from.start();
	const runs: Array<[number, number]> = [];
	$from.parent.forEach((child) => {
		if (mark.isInSet(child.marks)) {
			const last = runs.at(-1);
			if (last && last[1] === at) last[1] += child.nodeSize;
			else runs.push([at, at + child.nodeSize]);
		}
		at += child.nodeSize;
	});
	const around = runs.find(([start, end]) => start <= from && from <= end);
	return around ? { ...reach, from: around[0], to: Math.max(to, around[1]) } : reach;
}

/** What someone typed as an address: `example.org` means https, an e-mail address mailto. */
export function address(typed: string): string | undefined {
	const value = typed.trim();
	if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(value)) return readLink(`mailto:${value}`);
	if (/^[\w-]+(\.[\w-]+)+([/?#:].*)?$/.test(value)) return readLink(`https://${value}`);
	return readLink(value);
}

/** Links a stretch; without words there, the words given (or the address) are put in. */
export function setLink({ from, to }: Omit<LinkAt, 'href'>, href: string, words = ''): Command {
	return (state, dispatch) => {
		const tr = state.tr;
		const text = words.trim() || href;
		if (from === to) tr.insertText(text, from);
		const end = from === to ? from + text.length : to;
		dispatch?.(tr.addMark(from, end, schema.mark('link', { href })).scrollIntoView());
		return true;
	};
}

export function removeLink({ from, to }: Omit<LinkAt, 'href'>): Command {
	return (state, dispatch) => {
		dispatch?.(state.tr.removeMark(from, to, schema.marks.link));
		return true;
	};
}
