/** Other people's cursors and the highlights of annotations: drawn over the text, never in it. */
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { posAt } from './flat.ts';

/** Someone else's selection, in flat indices; `colour` is 1 to 8. */
export interface RemoteCursor {
	key: string;
	name: string;
	colour: number;
	anchor: number;
	head: number;
}

/** A marked stretch of the text, in flat indices. */
export interface Highlight {
	id: string;
	from: number;
	to: number;
	kind: string;
	active?: boolean;
}

const cursors = new PluginKey<DecorationSet>('cursors');
const highlights = new PluginKey<DecorationSet>('highlights');

/** The plugins that draw both; what they draw moves with the text until it is given anew. */
export function overlays(): Plugin[] {
	return [cursors, highlights].map(
		(key) =>
			new Plugin<DecorationSet>({
				key,
				state: {
					init: () => DecorationSet.empty,
					apply: (tr, drawn, _before, { doc }) =>
						(tr.getMeta(key) as DecorationSet | undefined) ?? drawn.map(tr.mapping, doc)
				},
				props: { decorations: (state) => key.getState(state) }
			})
	);
}

export function showCursors({ tr, doc }: EditorState, list: readonly RemoteCursor[]): Transaction {
	const made = list.flatMap((cursor) => {
		const colour = Math.min(8, Math.max(1, Math.trunc(cursor.colour) || 1));
		const [anchor, head] = [posAt(doc, cursor.anchor), posAt(doc, cursor.head)];
		const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
		const caret = Decoration.widget(head, () => caretElement(cursor.name, colour), {
			key: `${cursor.key}-${colour}-${cursor.name}`,
			side: 10,
			ignoreSelection: true
		});
		if (from === to) return [caret];
		return [Decoration.inline(from, to, { class: `remote-selection person-${colour}` }), caret];
	});
	return tr.setMeta(cursors, DecorationSet.create(doc, made));
}

export function showHighlights({ tr, doc }: EditorState, list: readonly Highlight[]): Transaction {
	const made = list.flatMap(({ id, from, to, kind, active }) => {
		if (from >= to) return [];
		const name = `highlight highlight-${kind.replace(/[^\w-]/g, '')}${active ? ' active' : ''}`;
		const attrs = { class: name, 'data-highlight': id };
		return [Decoration.inline(posAt(doc, from), posAt(doc, to), attrs, { id })];
	});
	return tr.setMeta(highlights, DecorationSet.create(doc, made));
}

/** The highlight at a position; of several, the shortest. */
export function highlightAt(state: EditorState, pos: number): string | undefined {
	const found = highlights.getState(state)?.find(pos, pos) ?? [];
	const [shortest] = found.toSorted((a, b) => a.to - a.from - (b.to - b.from));
	return shortest?.spec.id;
}

/** A caret with its owner's name; hidden from screen readers, which hear who is here elsewhere. */
function caretElement(name: string, colour: number): HTMLElement {
	const caret = document.createElement('span');
	caret.className = `remote-caret person-${colour}`;
	caret.setAttribute('aria-hidden', 'true');
	const label = document.createElement('span');
	label.className = 'remote-name';
	label.textContent = name;
	caret.append(label);
	return caret;
}
