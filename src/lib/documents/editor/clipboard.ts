/** Copying, pasting and typing over a selection, as an editor plugin. */
import type { DOMParser } from 'prosemirror-model';
import { Slice } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { plainText } from '../text/blocks.ts';
import { blocksOf } from './convert.ts';
import { clearSelection, crossesHeld } from './clear.ts';
import { CopySerializer } from './copy.ts';
import { inlineOf, readHtml, readPlain } from './paste.ts';
import { schema } from './schema.ts';

export function clipboard(): Plugin {
	return new Plugin({
		props: {
			clipboardSerializer: new CopySerializer(),
			// Only `parseSlice` is called on a clipboard parser.
			clipboardParser: { parseSlice: readHtml } as unknown as DOMParser,
			clipboardTextParser: (text, $context) =>
				readPlain(text, $context.parent.type === schema.nodes.codeline),
			clipboardTextSerializer: (slice) =>
				blocksOf(schema.node('doc', null, slice.content))
					.map(plainText)
					.join('\n'),
			handlePaste: (view, _event, slice) => pasteHeld(view, slice),
			handleTextInput(view, _from, _to, text) {
				if (!crossesHeld(view.state.tr)) return false;
				view.dispatch(clearSelection(view.state.tr).insertText(text).scrollIntoView());
				return true;
			}
		}
	});
}

/** In a cell or a footnote, what is pasted stays in it, line by line. */
function pasteHeld(view: EditorView, slice: Slice): boolean {
	const { $from } = view.state.selection;
	const type = $from.parent.type;
	const held = type === schema.nodes.cell || type === schema.nodes.note;
	if (!held && !crossesHeld(view.state.tr)) return false;
	const tr = clearSelection(view.state.tr);
	if (!held) view.dispatch(tr.replaceSelection(slice).scrollIntoView());
	else view.dispatch(tr.replaceSelection(new Slice(inlineOf(slice), 0, 0)).scrollIntoView());
	return true;
}
