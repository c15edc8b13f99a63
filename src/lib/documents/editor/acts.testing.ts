/** Random acts of a person in an editor, for the property tests. */
import fc from 'fast-check';
import { Fragment, Slice } from 'prosemirror-model';
import { Selection, TextSelection } from 'prosemirror-state';
import { deleteSelection } from './clear.ts';
import { joinBackward, joinForward } from './join.ts';
import { insertBreak, insertNote, insertRule } from './notes.ts';
import type { Peer } from './peers.testing.ts';
import { indent, setKind } from './retype.ts';
import { schema } from './schema.ts';
import { splitBlock } from './split.ts';
import {
	addColumn,
	addRow,
	deleteColumn,
	deleteRow,
	deleteTable,
	insertTable,
	moveCell,
	toggleHeader
} from './tables.ts';

/** Where (two numbers, taken modulo the document), what, and with what. */
export interface Act {
	kind: Kind;
	a: number;
	b: number;
	c: number;
}

const WORDS = [
	'x',
	'very ',
	'😀',
	'é',
	'\u{1F468}\u200D\u{1F469}',
	'aa',
	'one\ntwo',
	'\ud83d',
	'\ude00'
];
const MARKS = ['strong', 'em', 'code', 'sup', 'sub'];
const KINDS = [
	{ type: 'paragraph' },
	{ type: 'heading', level: 2 },
	{ type: 'clause', level: 1 },
	{ type: 'clause', level: 3 },
	{ type: 'item', list: 'bullet', level: 2 },
	{ type: 'item', list: 'ordered', level: 1 },
	{ type: 'quote' },
	{ type: 'code' }
] as const;

/** Sets the selection near the two numbers, as a person would: in text. */
function select({ binding, state }: Peer, a: number, b: number): void {
	const size = state.doc.content.size;
	const [from, to] = [a % (size + 1), b % (size + 1)].map((pos) => state.doc.resolve(pos));
	binding.dispatch(state.tr.setSelection(TextSelection.between(from!, to!)));
}

const acts = {
	type(peer: Peer, { a, c }: Act) {
		select(peer, a, a);
		peer.binding.dispatch(peer.state.tr.insertText(WORDS[c % WORDS.length]!));
	},
	overwrite(peer: Peer, { a, b, c }: Act) {
		select(peer, a, b);
		peer.binding.dispatch(peer.state.tr.insertText(WORDS[c % WORDS.length]!));
	},
	delete(peer: Peer, { a, b }: Act) {
		select(peer, a, b);
		peer.run(deleteSelection);
	},
	deleteRaw(peer: Peer, { a, b }: Act) {
		select(peer, a, b);
		peer.binding.dispatch(peer.state.tr.deleteSelection());
	},
	deleteNear(peer: Peer, { a, c }: Act) {
		select(peer, a, a + (c % 4));
		peer.binding.dispatch(peer.state.tr.deleteSelection());
	},
	split(peer: Peer, { a }: Act) {
		select(peer, a, a);
		peer.run(splitBlock);
	},
	splitAtEnd(peer: Peer, { a }: Act) {
		const $pos = peer.state.doc.resolve(a % (peer.state.doc.content.size + 1));
		const end = $pos.depth > 0 ? $pos.end(1) : Selection.near($pos).$from.end(1);
		select(peer, end, end);
		peer.run(splitBlock);
	},
	join(peer: Peer, { a, c }: Act) {
		const $pos = Selection.near(
			peer.state.doc.resolve(a % (peer.state.doc.content.size + 1))
		).$from;
		const at = c % 2 ? $pos.start(1) : $pos.end(1);
		select(peer, at, at);
		peer.run(c % 2 ? joinBackward : joinForward);
	},
	retype(peer: Peer, { a, b, c }: Act) {
		select(peer, a, c % 3 ? a : b);
		peer.run(setKind(KINDS[c % KINDS.length]!));
	},
	level(peer: Peer, { a, b, c }: Act) {
		select(peer, a, b);
		peer.run(indent(c % 2 ? 1 : -1));
	},
	mark(peer: Peer, { a, b, c }: Act) {
		select(peer, a, b);
		const { from, to } = peer.state.selection;
		const mark =
			c % 6 === 5
				? schema.mark('link', { href: `https://a.example/${c % 2}` })
				: schema.mark(MARKS[c % 6]!);
		const tr = peer.state.tr;
		if (c % 4 === 0) tr.removeMark(from, to, mark.type);
		else tr.addMark(from, to, mark);
		peer.binding.dispatch(tr);
	},
	typeMarked(peer: Peer, { a, c }: Act) {
		select(peer, a, a);
		const tr = peer.state.tr.addStoredMark(schema.mark(MARKS[c % 5]!));
		peer.binding.dispatch(tr.insertText('m'));
	},
	embed(peer: Peer, { a, c }: Act) {
		select(peer, a, a);
		peer.run([insertNote, insertBreak, insertRule][c % 3]!);
	},
	table(peer: Peer, { a, c }: Act) {
		let at = a;
		peer.state.doc.descendants((node, pos) => {
			if (node.type === schema.nodes.cell && (pos + a) % 2 === 0) at = pos + 1;
		});
		select(peer, at, at);
		const commands = [
			insertTable(2, 2),
			addRow,
			addColumn,
			deleteRow,
			deleteColumn,
			deleteTable,
			toggleHeader,
			moveCell(1),
			moveCell(-1)
		];
		peer.run(commands[c % commands.length]!);
	},
	paste(peer: Peer, { a, b, c }: Act) {
		select(peer, a, c % 2 ? a : b);
		const [first, second] = [peer.state.doc.firstChild!, peer.state.doc.lastChild!];
		const nodes = [
			schema.node('paragraph', null, [schema.text('pasted')]),
			c % 3 ? first : schema.node('item', { level: 2 }, [schema.text('p', [schema.mark('em')])]),
			second
		].slice(0, 1 + (c % 3));
		const open = c % 5 === 0 ? 0 : 1;
		peer.binding.dispatch(
			peer.state.tr.replaceSelection(new Slice(Fragment.from(nodes), open, open))
		);
	},
	rangeReplace(peer: Peer, { a, b }: Act) {
		const size = peer.state.doc.content.size;
		const [from, to] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y) as [number, number];
		const slice = peer.state.doc.slice(from, to);
		peer.binding.dispatch(peer.state.tr.replaceRange(a % size, a % size, slice));
	},
	twoPlaces(peer: Peer, { a, b }: Act) {
		select(peer, a, a);
		const first = peer.state.selection.from;
		select(peer, b, b);
		const second = peer.state.selection.from;
		const tr = peer.state.tr.insertText('1', first);
		tr.insertText('2', tr.mapping.map(second));
		peer.binding.dispatch(tr);
	},
	deleteBlocks(peer: Peer, { a, b }: Act) {
		const { doc, tr } = peer.state;
		const [first, last] = [a % doc.childCount, b % doc.childCount].sort((x, y) => x - y);
		let pos = 0;
		let [from, to] = [0, 0];
		doc.forEach((node, _offset, i) => {
			if (i === first) from = pos;
			pos += node.nodeSize;
			if (i === last) to = pos;
		});
		if (to - from < doc.content.size) peer.binding.dispatch(tr.delete(from, to));
	},
	undo(peer: Peer) {
		peer.undo.undo();
	},
	redo(peer: Peer) {
		peer.undo.redo();
	},
	pause(peer: Peer) {
		peer.undo.manager.stopCapturing();
	}
};

type Kind = keyof typeof acts;

export function perform(peer: Peer, act: Act): void {
	acts[act.kind](peer, act);
}

/** Any act; `kinds` narrows which. */
export function anyAct(kinds = Object.keys(acts) as Kind[]): fc.Arbitrary<Act> {
	const where = fc.nat({ max: 400 });
	return fc.record({ kind: fc.constantFrom(...kinds), a: where, b: where, c: fc.nat({ max: 59 }) });
}
