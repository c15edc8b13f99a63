/** Measures what one keystroke costs through the binding, in a text of a given size and age. */
import { TextSelection } from 'prosemirror-state';
import * as Y from 'yjs';
import { Binding } from './binding.ts';
import type { Delta } from '../text/blocks.ts';
import { openBody, seedBody } from '../text/body.ts';
import { type Cost, timed } from './timed.testing.ts';

const KEYS = 2_000;
const WORDS_PER_BLOCK = 80;

function text(words: number): Delta {
	const line = 'shaded places near schools and clinics stay open '.repeat(WORDS_PER_BLOCK / 8);
	return Array.from({ length: words / WORDS_PER_BLOCK }, (_, i) => [
		{ insert: line },
		{ insert: '\n', attributes: { block: { id: `b${i}`, type: 'paragraph' } } }
	]).flat();
}

/** A document with a history: as many small edits by others as a busy month leaves. */
function open(words: number, edits: number): Y.Doc {
	const doc = new Y.Doc();
	seedBody(openBody(doc), text(words));
	const other = copy(doc);
	const body = openBody(other);
	for (let i = 0; i < edits; i++) body.insert((i * 7919) % (body.length - 1), 'new ');
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
	return doc;
}

function copy(doc: Y.Doc): Y.Doc {
	const fresh = new Y.Doc();
	openBody(fresh);
	Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
	return fresh;
}

/**
 * The cost of a keystroke in microseconds, written here (`local`: a transaction becomes
 * operations on the text) and by someone else (`remote`: an update becomes a transaction).
 */
export function measure(words: number, edits: number): { local: Cost; remote: Cost } {
	const doc = open(words, edits);
	const binding = new Binding({ text: openBody(doc) });
	const size = binding.state.doc.content.size;
	// Someone writes in the last tenth of the text, which is the dear place to write.
	const caret = TextSelection.near(binding.state.doc.resolve(Math.floor(size * 0.9)));
	binding.dispatch(binding.state.tr.setSelection(caret));
	const local = timed(KEYS, () => binding.dispatch(binding.state.tr.insertText('a')));
	const other = copy(doc);
	const updates: Uint8Array[] = [];
	other.on('update', (update: Uint8Array) => updates.push(update));
	const body = openBody(other);
	const place = Math.floor(body.length * 0.9);
	for (let i = 0; i < KEYS; i++) body.insert(place + i, 'b');
	const remote = timed(KEYS, (i) => Y.applyUpdate(doc, updates[i]!, 'network'));
	binding.destroy();
	return { local, remote };
}
