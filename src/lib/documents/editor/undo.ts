/** Undo of one's own edits, with the selection that went with them. */
import type { ResolvedPos } from 'prosemirror-model';
import { type EditorState, TextSelection } from 'prosemirror-state';
import * as Y from 'yjs';
import type { Places } from '../text/places.ts';
import type { Binding } from './binding.ts';
import { indexOf, posAt } from './flat.ts';

interface Bookmark {
	anchor: Y.RelativePosition;
	head: Y.RelativePosition;
}

export class Undo {
	readonly manager: Y.UndoManager;
	private readonly binding: Binding;

	constructor(binding: Binding) {
		this.binding = binding;
		this.manager = new Y.UndoManager(binding.text, {
			trackedOrigins: new Set([binding]),
			captureTimeout: 500
		});
		this.manager.on('stack-item-added', ({ stackItem }) => {
			stackItem.meta.set(this, binding.bookmark);
		});
	}

	undo(): boolean {
		return this.pop(() => this.manager.undo());
	}

	redo(): boolean {
		return this.pop(() => this.manager.redo());
	}

	destroy(): void {
		this.manager.destroy();
	}

	/** Undoes or redoes, and puts the caret where it was before the edit that went. */
	private pop(step: () => Y.UndoManager['currStackItem']): boolean {
		this.binding.remember();
		const bookmark: Bookmark | undefined = step()?.meta.get(this);
		if (!bookmark) return false;
		const { state, text } = this.binding;
		const selection = restore(state, text, bookmark);
		if (selection) this.binding.dispatch(state.tr.setSelection(selection).scrollIntoView());
		return true;
	}
}

/** The selection as positions that move with the text: each is behind the character before it. */
export function bookmarkOf({ selection }: EditorState, places: Places, text: Y.Text): Bookmark {
	const tname = Y.findRootTypeKey(text);
	const relative = ($pos: ResolvedPos) => {
		const index = indexOf($pos) - 1;
		const placed = index < 0 ? undefined : places.at(index);
		const { client, clock } = placed?.item.id ?? { client: 0, clock: 0 };
		const item = placed && { client, clock: clock + index - placed.start };
		return Y.createRelativePositionFromJSON({ ...(item ? { item } : { tname }), assoc: -1 });
	};
	const anchor = relative(selection.$anchor);
	return { anchor, head: selection.empty ? anchor : relative(selection.$head) };
}

function restore({ doc }: EditorState, text: Y.Text, bookmark: Bookmark) {
	const at = (relative: Y.RelativePosition) =>
		Y.createAbsolutePositionFromRelativePosition(relative, text.doc!)?.index;
	const [anchor, head] = [at(bookmark.anchor), at(bookmark.head)];
	if (anchor === undefined || head === undefined) return undefined;
	return TextSelection.between(doc.resolve(posAt(doc, anchor)), doc.resolve(posAt(doc, head)));
}
