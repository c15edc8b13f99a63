/** What a toolbar needs to know about where the caret is. */
import type { EditorState } from 'prosemirror-state';
import { schema } from './schema.ts';
import type { Kind } from './retype.ts';
import { tableAt } from './tables.ts';

export interface Status {
	/** The style of the caret's block, a key of STYLES, or '' in a cell or footnote. */
	style: string;
	strong: boolean;
	em: boolean;
	code: boolean;
	link: boolean;
	bullet: boolean;
	ordered: boolean;
	clause: boolean;
	table: boolean;
	/** Whether Tab changes a level here. */
	leveled: boolean;
}

/** The styles a block can be given, by name. */
export const STYLES: Record<string, Kind> = {
	paragraph: { type: 'paragraph' },
	heading1: { type: 'heading', level: 1 },
	heading2: { type: 'heading', level: 2 },
	heading3: { type: 'heading', level: 3 },
	heading4: { type: 'heading', level: 4 },
	clause: { type: 'clause', level: 1 },
	bullet: { type: 'item', list: 'bullet', level: 1 },
	ordered: { type: 'item', list: 'ordered', level: 1 },
	quote: { type: 'quote' },
	code: { type: 'code' }
};

export function statusOf(state: EditorState): Status {
	const { $from, from, to, empty } = state.selection;
	const stored = state.storedMarks ?? $from.marks();
	const { strong, em, code, link } = schema.marks;
	const on = (type: typeof strong) =>
		empty ? Boolean(type.isInSet(stored)) : state.doc.rangeHasMark(from, to, type);
	const block = $from.parent;
	const style = styleOf(block.type.name, block.attrs);
	return {
		style,
		strong: on(strong),
		em: on(em),
		code: on(code),
		link: on(link),
		bullet: style === 'bullet',
		ordered: style === 'ordered',
		clause: style === 'clause',
		table: tableAt(state) !== undefined,
		leveled: ['bullet', 'ordered', 'clause'].includes(style)
	};
}

function styleOf(name: string, attrs: Record<string, unknown>): string {
	if (name === 'heading') return `heading${attrs.level}`;
	if (name === 'item') return String(attrs.list);
	if (name === 'codeline') return 'code';
	return name in STYLES ? name : '';
}
