import fc from 'fast-check';
import { TextSelection } from 'prosemirror-state';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Delta, plainText, readBlocks } from '../text/blocks.ts';
import { openBody } from '../text/body.ts';
import { Binding } from './binding.ts';
import { blocksOf } from './convert.ts';
import { indexAt, posAt } from './flat.ts';
import { joinBackward } from './join.ts';
import { type Peer, Room } from './peers.testing.ts';
import { setKind } from './retype.ts';
import { schema } from './schema.ts';
import { splitBlock } from './split.ts';
import { insertTable, moveCell, tableAt } from './tables.ts';

const end = (id: string, type = 'paragraph', more: object = {}) => ({
	insert: '\n',
	attributes: { block: { id, type, ...more } }
});

const FOX: Delta = [{ insert: 'The quick brown fox jumps over the lazy dog' }, end('p')];

function caret({ binding, state }: Peer, index: number): void {
	const pos = posAt(state.doc, index);
	binding.dispatch(state.tr.setSelection(TextSelection.create(state.doc, pos)));
}

function caretOf({ state }: Peer): number {
	return indexAt(state.doc, state.selection.head);
}

function type(peer: Peer, index: number, text: string): void {
	caret(peer, index);
	peer.binding.dispatch(peer.state.tr.insertText(text));
}

function split(peer: Peer, index: number): void {
	caret(peer, index);
	peer.run(splitBlock);
}

const isLineEnd = (item: Y.Item | Y.GC) =>
	item instanceof Y.Item && !item.deleted && item.content instanceof Y.ContentString;

const lines = ({ text }: Peer) => readBlocks(text).map(plainText);
const ids = ({ text }: Peer) => readBlocks(text).map((block) => block.id);

describe('two people at once', () => {
	test('a paragraph is split while a word is typed in its tail, and an anchor stays', () => {
		const room = new Room(2, FOX);
		const [ana, ben] = room.peers as [Peer, Peer];
		const lazy = lines(ana)[0]!.indexOf('lazy');
		const anchor = Y.createRelativePositionFromTypeIndex(ana.text, lazy);
		split(ana, lines(ana)[0]!.indexOf('fox'));
		type(ben, lazy, 'very ');
		room.checkConverged();
		expect(lines(ana)).toEqual(['The quick brown ', 'fox jumps over the very lazy dog']);
		const found = Y.createAbsolutePositionFromRelativePosition(anchor, ana.text.doc!)!.index;
		expect(ana.text.toString().slice(found, found + 4)).toBe('lazy');
	});

	test('splitting one paragraph in two places duplicates nothing', () => {
		const room = new Room(2, FOX);
		const [ana, ben] = room.peers as [Peer, Peer];
		split(ana, 10);
		split(ben, 20);
		room.checkConverged();
		expect(lines(ana)).toEqual(['The quick ', 'brown fox ', 'jumps over the lazy dog']);
		expect(new Set(ids(ana)).size).toBe(3);
		expect(ids(ana)[2]).toBe('p');
	});

	test('splitting at the same place leaves one empty paragraph and all the words once', () => {
		const room = new Room(2, FOX);
		const [ana, ben] = room.peers as [Peer, Peer];
		split(ana, 10);
		split(ben, 10);
		room.checkConverged();
		expect(lines(ana)).toEqual(['The quick ', '', 'brown fox jumps over the lazy dog']);
	});

	test('joining and typing in the joined tail keep both', () => {
		const room = new Room(2, [{ insert: 'one' }, end('a'), { insert: 'two' }, end('b')]);
		const [ana, ben] = room.peers as [Peer, Peer];
		caret(ana, 4);
		ana.run(joinBackward);
		type(ben, 7, '!');
		room.checkConverged();
		expect(lines(ana)).toEqual(['onetwo!']);
		// The line-end that stays is the second one's, and its id stays with it.
		expect(ids(ana)).toEqual(['b']);
	});

	test('one retypes a block while the other writes in it', () => {
		const room = new Room(2, FOX);
		const [ana, ben] = room.peers as [Peer, Peer];
		ana.run(setKind({ type: 'heading', level: 3 }));
		type(ben, 4, 'very ');
		room.checkConverged();
		expect(readBlocks(ana.text)[0]!.attrs).toEqual({ id: 'p', type: 'heading', level: 3 });
		expect(lines(ana)[0]).toMatch(/^The very quick/);
	});
});

describe('whose id is whose', () => {
	const seeded = () => new Room(2, [{ insert: 'abc' }, end('p'), { insert: 'def' }, end('q')]);

	test('Enter at the end of a block puts the new one after it', () => {
		const [ana] = seeded().peers as [Peer];
		split(ana, 3);
		expect(lines(ana)).toEqual(['abc', '', 'def']);
		expect([ids(ana)[0], ids(ana)[2]]).toEqual(['p', 'q']);
		split(ana, ana.text.length - 1);
		expect(ids(ana)[3 - 1]).toBe('q');
	});

	test('Enter within a block gives the first part a new id', () => {
		const [ana] = seeded().peers as [Peer];
		split(ana, 1);
		expect(lines(ana)).toEqual(['a', 'bc', 'def']);
		expect(ids(ana).slice(1)).toEqual(['p', 'q']);
	});

	test('a split that is taken back leaves the block as it was', () => {
		const [ana] = seeded().peers as [Peer];
		split(ana, 1);
		ana.run(joinBackward);
		expect(lines(ana)).toEqual(['abc', 'def']);
		expect(ids(ana)).toEqual(['p', 'q']);
	});

	test('Backspace in an empty block after a clause leaves the clause its id', () => {
		const [ana] = seeded().peers as [Peer];
		split(ana, 3);
		ana.run(joinBackward);
		expect(lines(ana)).toEqual(['abc', 'def']);
		expect(ids(ana)).toEqual(['p', 'q']);
	});

	test('what is split is one character on the wire', () => {
		const room = seeded();
		const [ana] = room.peers as [Peer];
		ana.outbox.length = 0;
		split(ana, 1);
		expect(ana.outbox).toHaveLength(1);
		const { structs, ds } = Y.decodeUpdate(ana.outbox[0]!);
		const words = structs.flatMap((struct) =>
			struct instanceof Y.Item && struct.content instanceof Y.ContentString
				? [struct.content.str]
				: []
		);
		expect(words).toEqual(['\n']);
		expect(ds.clients.size).toBe(0);
	});

	test('pasted copies of a block get ids of their own', () => {
		const [ana] = seeded().peers as [Peer];
		const copy = ana.state.doc.slice(0, 5);
		ana.binding.dispatch(
			ana.state.tr.replaceRange(ana.state.doc.content.size, ana.state.doc.content.size, copy)
		);
		expect(lines(ana)).toEqual(['abc', 'def', 'abc']);
		expect(new Set(ids(ana)).size).toBe(3);
		expect(ids(ana).slice(0, 2)).toEqual(['p', 'q']);
	});

	test('the final line-end stays, whatever is deleted', () => {
		const [ana] = seeded().peers as [Peer];
		const { doc, tr } = ana.state;
		const final = () => ana.text.doc!.store.clients.get(1000)!.findLast(isLineEnd)!;
		const { id } = final();
		ana.binding.dispatch(tr.delete(5, doc.content.size));
		ana.check();
		expect(final().id).toEqual(id);
		expect(ids(ana)).toEqual(['p']);
		ana.binding.dispatch(ana.state.tr.delete(0, ana.state.doc.content.size));
		ana.check();
		expect(ana.text.toString()).toBe('\n');
	});
});

describe('the caret here while others write', () => {
	const places: Array<[string, number, number, string, number]> = [
		['before it', 10, 4, 'xx', 12],
		['after it', 10, 20, 'xx', 10],
		['right at it', 10, 10, 'xx', 10],
		['at the end of the text', 43, 43, ' again', 43],
		['at the start of its block', 0, 0, 'xx', 2]
	];
	test.each(places)('others type %s', (_where, at, index, words, now) => {
		const room = new Room(2, FOX);
		const [ana, ben] = room.peers as [Peer, Peer];
		caret(ana, at);
		type(ben, index, words);
		room.syncAll();
		expect(caretOf(ana)).toBe(now);
	});

	test('others split, join and retype elsewhere', () => {
		const room = new Room(2, [{ insert: 'one' }, end('a'), { insert: 'two' }, end('b'), ...FOX]);
		const [ana, ben] = room.peers as [Peer, Peer];
		caret(ana, 12);
		caret(ben, 4);
		ben.run(joinBackward);
		ben.run(setKind({ type: 'quote' }));
		split(ben, 2);
		room.syncAll();
		expect(caretOf(ana)).toBe(12);
	});
});

test('a text that arrives later fills the empty editor', () => {
	const doc = new Y.Doc();
	const repairs: string[] = [];
	const binding = new Binding({ text: openBody(doc), onrepair: (reason) => repairs.push(reason) });
	const [ana] = new Room(1, FOX).peers as [Peer];
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(ana.text.doc!));
	expect(blocksOf(binding.state.doc)).toEqual(readBlocks(binding.text));
	expect(binding.state.selection.head).toBe(1);
	binding.dispatch(binding.state.tr.insertText('Look! '));
	expect(binding.text.toString()).toBe('Look! The quick brown fox jumps over the lazy dog\n');
	expect(repairs).toEqual([]);
});

describe('undo', () => {
	test('takes back only one’s own edits and puts the caret back', () => {
		const room = new Room(2, FOX);
		const [ana, ben] = room.peers as [Peer, Peer];
		type(ana, 4, 'very ');
		type(ben, 0, 'Look! ');
		room.syncAll();
		caret(ana, 20);
		ana.undo.undo();
		ana.check();
		expect(lines(ana)[0]).toMatch(/^Look! The quick/);
		expect(caretOf(ana)).toBe(10);
		ana.undo.redo();
		ana.check();
		expect(lines(ana)[0]).toMatch(/^Look! The very quick/);
	});
});

describe('tables', () => {
	test('Tab walks the cells and adds a row at the end', () => {
		const [ana] = new Room(1, FOX).peers as [Peer];
		ana.run(insertTable(2, 2));
		for (let i = 0; i < 3; i++) ana.run(moveCell(1));
		expect(tableAt(ana.state)).toMatchObject({ row: 1, column: 1 });
		ana.run(moveCell(1));
		expect(tableAt(ana.state)).toMatchObject({ row: 2, column: 0 });
		ana.check();
		expect(readBlocks(ana.text).filter((block) => block.attrs.type === 'cell')).toHaveLength(6);
	});

	test('Enter in a cell is a line break, and Backspace never joins cells', () => {
		const [ana] = new Room(1, FOX).peers as [Peer];
		ana.run(insertTable(1, 2));
		ana.binding.dispatch(ana.state.tr.insertText('a'));
		ana.run(splitBlock);
		ana.run(moveCell(1));
		ana.run(joinBackward);
		expect(lines(ana).slice(1, 3)).toEqual(['a\n', '']);
	});
});

describe('what a foreign peer may write', () => {
	const value = fc.oneof(
		fc.anything({ maxDepth: 2 }),
		fc.constantFrom('javascript:alert(1)', ' JaVaScript:x', '//evil', '\u0000', true, null)
	);
	const attributes = fc.dictionary(
		fc.constantFrom('block', 'link', 'strong', 'em', 'code', 'sup', 'sub', '__proto__', 'style'),
		fc.oneof(
			value,
			fc.record({
				id: value,
				type: fc.constantFrom('heading', 'cell', 'note', 'x', 'doc'),
				level: value
			})
		)
	);
	const op = fc.record({
		at: fc.nat(50),
		length: fc.nat(5),
		attributes,
		kind: fc.constantFrom('text', 'embed', 'format', 'delete', 'shared'),
		text: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', 'a\nb', '\r\n')),
		embed: fc.oneof(
			fc.dictionary(fc.string(), value),
			fc.record({ type: fc.constantFrom('note', 'break', 'rule', 'img'), note: value })
		)
	});
	/** What survives the wire: Yjs encodes attributes and embeds as JSON. */
	const json = (given: unknown) => {
		try {
			return JSON.parse(JSON.stringify(given) ?? 'null');
		} catch {
			return null;
		}
	};

	test('never breaks reading or the editor, and never makes a script link', () => {
		fc.assert(
			fc.property(fc.array(op, { maxLength: 12 }), (ops) => {
				const room = new Room(1, FOX);
				const [ana] = room.peers as [Peer];
				const foreign = new Y.Doc();
				foreign.getText('body');
				Y.applyUpdate(foreign, Y.encodeStateAsUpdate(ana.text.doc!));
				const text = foreign.getText('body');
				for (const { at, length, kind, ...op } of ops) {
					const index = Math.min(at, text.length);
					const room = Math.min(length, text.length - index);
					const marks = json(op.attributes);
					if (kind === 'text') text.insert(index, op.text.toWellFormed(), marks);
					if (kind === 'embed') text.insertEmbed(index, json(op.embed), marks);
					if (kind === 'shared') text.insertEmbed(index, new Y.Map(), marks);
					if (kind === 'format' && room > 0) text.format(index, room, marks);
					if (kind === 'delete' && room > 0) text.delete(index, room);
					Y.applyUpdate(
						ana.text.doc!,
						Y.encodeStateAsUpdate(foreign, Y.encodeStateVector(ana.text.doc!))
					);
					ana.check();
				}
				ana.state.doc.descendants((node) => {
					for (const { attrs } of node.marks) {
						if ('href' in attrs) expect(attrs.href).toMatch(/^(https?:\/\/|mailto:|#|\/(?!\/))/i);
					}
				});
				ana.binding.dispatch(ana.state.tr.insertText('mine', 1));
				expect(blocksOf(ana.state.doc)).toEqual(readBlocks(ana.text));
			}),
			{ numRuns: 500 }
		);
	});

	test('content that is no text counts, so that every index stays true', () => {
		const doc = new Y.Doc();
		const text = openBody(doc);
		text.insert(0, 'ab\n');
		doc.transact((transaction) => {
			const [left] = [text._start!];
			const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
			const item = new Y.Item(
				id,
				left,
				left.lastId,
				left.right,
				null,
				text,
				null,
				new Y.ContentAny([1, 'x'])
			);
			item.integrate(transaction, 0);
		});
		const reasons: string[] = [];
		const binding = new Binding({ text, onrepair: (reason) => reasons.push(reason) });
		expect(binding.state.doc.lastChild!.childCount).toBe(2);
		text.insert(1, 'c');
		expect(binding.state.doc.firstChild!.textContent).toBe('acb');
		expect(reasons).toEqual([]);
	});
});

test('marks keep every combination, in any order', () => {
	const all = ['strong', 'em', 'code', 'sup', 'sub'].map((name) => schema.mark(name));
	const node = schema.text('x', all);
	expect(node.marks).toHaveLength(5);
	expect(schema.text('x', all.toReversed()).eq(node)).toBe(true);
});
