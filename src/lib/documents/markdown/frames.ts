import { MAX_LEVEL, readLink, type ListKind, type Marks } from '#lib/documents/text/blocks.ts';
import type { Open } from './events.ts';
import { MARK_TAGS } from './tags.ts';

/** What the words inside an element become. */
export type Place =
	| { kind: 'paragraph' | 'quote' | 'code' }
	| { kind: 'heading'; level: number }
	| { kind: 'item'; list: ListKind; level: number; done: boolean }
	| { kind: 'note'; note: string }
	| { kind: 'cell'; table: string; row: string; head: boolean };

/** One open element with everything its content inherits, so that nothing looks further up. */
export interface Frame {
	tag: string;
	of: number | undefined;
	place: Place;
	marks: Marks;
	list: ListKind;
	/** Lists open around the words. */
	level: number;
	table: { id: string; row: string } | null;
	/** Its words are made by us (a clause's number) and not taken over. */
	silent: boolean;
	/** Its text is taken as it is although it is HTML; our own export says so. */
	verbatim: boolean;
	/** How many blocks were finished when it opened. */
	blocksBefore: number;
}

export const ROOT_FRAME: Frame = {
	tag: '',
	of: undefined,
	place: { kind: 'paragraph' },
	marks: {},
	list: 'bullet',
	level: 0,
	table: null,
	silent: false,
	verbatim: false,
	blocksBefore: 0
};

/** The frame an element opens inside another. Inside a cell or a note there is only running text. */
export function frameFor(
	{ tag, of, attrs }: Open,
	parent: Frame,
	blocksBefore: number,
	names: { id: () => string; note: (label: string) => string }
): Frame {
	const frame = { ...parent, tag, of, blocksBefore };
	const mark = MARK_TAGS[tag];
	const codeInCode = mark === 'code' && parent.place.kind === 'code';
	if (mark && !codeInCode) frame.marks = { ...parent.marks, [mark]: true };
	if (tag === 'a') {
		const link = parent.marks.link ?? readLink(attrs.href);
		if (link) frame.marks = { ...parent.marks, link };
	}
	if (attrs['data-moot']?.startsWith('clause ')) frame.silent = true;
	if (attrs['data-moot'] === 'verbatim') frame.verbatim = true;
	if (isRunning(parent)) return frame;
	if (tag === 'ul' || tag === 'ol') {
		frame.list = tag === 'ol' ? 'ordered' : 'bullet';
		frame.level = parent.level + 1;
	}
	if (tag === 'table') frame.table = { id: names.id(), row: names.id() };
	if (tag === 'tr' && parent.table) frame.table = { ...parent.table, row: names.id() };
	frame.place = placeOf(tag, attrs, frame, names.note) ?? parent.place;
	return frame;
}

/** Whether the words of a frame are one running text whatever opens inside. */
export function isRunning({ place }: Frame): boolean {
	return place.kind === 'cell' || place.kind === 'note';
}

function placeOf(
	tag: string,
	attrs: Record<string, string>,
	{ list, level, table }: Frame,
	note: (label: string) => string
): Place | null {
	const label = attrs['moot note'];
	if (label !== undefined) return { kind: 'note', note: note(label) };
	if (tag === 'note') return { kind: 'note', note: note(attrs.label ?? '') };
	if (/^h[1-6]$/.test(tag)) return { kind: 'heading', level: Number(tag[1]) };
	if (tag === 'li') {
		const deep = Math.min(MAX_LEVEL.item, Math.max(1, level));
		return { kind: 'item', list, level: deep, done: false };
	}
	if (tag === 'blockquote') return { kind: 'quote' };
	if (tag === 'pre') return { kind: 'code' };
	if ((tag === 'td' || tag === 'th') && table) {
		return { kind: 'cell', table: table.id, row: table.row, head: tag === 'th' };
	}
	return null;
}
