/** One keystroke through y-prosemirror's binding, with the view reduced to what the binding asks of it. */
import { Schema, type Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { initProseMirrorDoc, ySyncPlugin, ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import { type Cost, timed } from '../../../src/lib/documents/editor/timed.testing.ts';

const WORDS_PER_BLOCK = 80;
const schema = new Schema({
	nodes: {
		doc: { content: 'paragraph+' },
		paragraph: { content: 'text*', toDOM: () => ['p', 0] },
		text: {}
	}
});

function open(words: number): Y.Doc {
	const doc = new Y.Doc();
	const line = 'shaded places near schools and clinics stay open '.repeat(WORDS_PER_BLOCK / 8);
	const blocks = Array.from({ length: words / WORDS_PER_BLOCK }, () => {
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [new Y.XmlText(line)]);
		return paragraph;
	});
	doc.getXmlFragment('body').insert(0, blocks);
	return doc;
}

/** The same two figures as `measure` in the product, for a text without a history. */
function measurePeer(words: number, keys = 2_000): { local: Cost; remote: Cost } {
	const doc = open(words);
	const fragment = doc.getXmlFragment('body');
	const { doc: start, mapping } = initProseMirrorDoc(fragment, schema);
	const view = {
		state: EditorState.create({
			doc: start as Node,
			plugins: [ySyncPlugin(fragment, { mapping })]
		}),
		hasFocus: () => false,
		dispatch(tr: Transaction) {
			view.state = view.state.apply(tr);
		}
	};
	const { binding } = ySyncPluginKey.getState(view.state);
	binding.initView(view);

	const place = Math.floor(start.content.size * 0.9);
	view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(place))));
	const local = timed(keys, () => {
		view.dispatch(view.state.tr.insertText('a'));
		binding._prosemirrorChanged(view.state.doc);
	});

	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	const updates: Uint8Array[] = [];
	other.on('update', (update: Uint8Array) => updates.push(update));
	const far = other.getXmlFragment('body');
	const paragraph = far.get(Math.floor(far.length * 0.9)) as Y.XmlElement;
	for (let i = 0; i < keys; i += 1) (paragraph.get(0) as Y.XmlText).insert(10 + i, 'b');
	const remote = timed(keys, (i) => Y.applyUpdate(doc, updates[i]!, 'network'));
	if (!view.state.doc.textContent.includes('bbbbb')) throw new Error('the peer did not follow');
	return { local, remote };
}

console.log(JSON.stringify(measurePeer(Number(process.argv[2]))));
