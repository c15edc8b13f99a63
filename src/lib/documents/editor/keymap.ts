/** What the keys do. The list of shortcuts people see (`shortcuts.ts`) says the same. */
import { baseKeymap, chainCommands, toggleMark } from 'prosemirror-commands';
import { undoInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { type Command, Plugin } from 'prosemirror-state';
import { deleteSelection } from './clear.ts';
import { joinBackward, joinForward } from './join.ts';
import { insertBreak, insertNote } from './notes.ts';
import { indent, setKind, toggleKind } from './retype.ts';
import { schema } from './schema.ts';
import { splitBlock } from './split.ts';
import { moveCell } from './tables.ts';

export interface KeyActions {
	undo: Command;
	redo: Command;
	link: Command;
	help: Command;
}

export function keys(actions: KeyActions): Plugin[] {
	const { strong, em, code, sup, sub } = schema.marks;
	const headings = [1, 2, 3, 4, 5, 6].map((level) => [
		`Mod-Alt-${level}`,
		setKind({ type: 'heading', level })
	]);
	return [
		leaving(),
		keymap({
			'Mod-z': actions.undo,
			'Shift-Mod-z': actions.redo,
			'Mod-y': actions.redo,
			'Mod-k': actions.link,
			'Mod-/': actions.help,
			'Mod-b': toggleMark(strong),
			'Mod-i': toggleMark(em),
			'Mod-e': toggleMark(code),
			'Mod-.': toggleMark(sup),
			'Mod-,': toggleMark(sub),
			...Object.fromEntries(headings),
			'Mod-Alt-0': setKind({ type: 'paragraph' }),
			'Mod-Shift-7': toggleKind({ type: 'item', list: 'ordered', level: 1 }),
			'Mod-Shift-8': toggleKind({ type: 'item', list: 'bullet', level: 1 }),
			'Mod-Shift-9': toggleKind({ type: 'clause', level: 1 }),
			'Mod-Alt-f': insertNote,
			'Shift-Enter': insertBreak,
			Enter: splitBlock,
			Backspace: chainCommands(undoInputRule, deleteSelection, joinBackward),
			'Mod-Backspace': chainCommands(deleteSelection, joinBackward),
			Delete: chainCommands(deleteSelection, joinForward),
			'Mod-Delete': chainCommands(deleteSelection, joinForward)
		}),
		keymap({
			'Mod-a': baseKeymap['Mod-a']!,
			Escape: baseKeymap['Escape'] ?? (() => false)
		})
	];
}

/**
 * Tab works on clauses, items and cells only, and after Escape it leaves the text like any other
 * field, so that nobody is ever caught in here.
 */
function leaving(): Plugin {
	let released = false;
	const inwards = chainCommands(moveCell(1), indent(1));
	const outwards = chainCommands(moveCell(-1), indent(-1));
	return new Plugin({
		props: {
			handleKeyDown(view, event) {
				if (event.key === 'Tab' && !event.ctrlKey && !event.metaKey && !event.altKey) {
					if (released) return false;
					const act = event.shiftKey ? outwards : inwards;
					return act(view.state, view.dispatch.bind(view), view);
				}
				if (event.key !== 'Shift') released = event.key === 'Escape';
				return false;
			},
			handleDOMEvents: {
				blur: () => {
					released = false;
				}
			}
		}
	});
}
