/**
 * Ties an editor state to a body. No DOM and no view: a view hands in its transactions and shows
 * the states it is given, and the property tests do the same without one.
 */
import { Fragment, Slice } from 'prosemirror-model';
import { EditorState, type Plugin, type Transaction } from 'prosemirror-state';
import { ReplaceStep } from 'prosemirror-transform';
import type * as Y from 'yjs';
import { readBlocks } from '../text/blocks.ts';
import { type Change, readChange } from '../text/change.ts';
import { attrsOf, docOf } from './convert.ts';
import { flatLength } from './flat.ts';
import { localChange } from './local.ts';
import { remoteTransaction } from './remote.ts';
import { remote, tidy } from './tidy.ts';
import { bookmarkOf } from './undo.ts';

export interface BindingOptions {
	text: Y.Text;
	plugins?: Plugin[];
	/** Called with each new state, after the text and the state agree. */
	onstate?: (state: EditorState) => void;
	/** Called when the text and the document had come apart and the document was read anew. */
	onrepair?: (reason: 'length' | 'error', error?: unknown) => void;
}

export class Binding {
	state: EditorState;
	readonly text: Y.Text;
	/** The selection before the last edit, for undo. */
	bookmark: ReturnType<typeof bookmarkOf> | undefined;
	private readonly options: BindingOptions;

	constructor(options: BindingOptions) {
		this.options = options;
		this.text = options.text;
		this.state = EditorState.create({
			doc: docOf(readBlocks(this.text)),
			plugins: [...(options.plugins ?? []), tidy()]
		});
		this.text.observe(this.observe);
	}

	/** Keeps the selection as it is now. */
	remember(): void {
		this.bookmark = bookmarkOf(this.state, this.text);
	}

	/** Applies what a person did here, to the state and to the text. */
	dispatch(tr: Transaction): void {
		const before = this.state.doc;
		const { state, transactions } = this.state.applyTransaction(tr);
		const foreign = transactions.some((one) => one.getMeta(remote));
		const edited = state.doc !== before && !foreign;
		if (edited) this.remember();
		this.state = state;
		if (edited) {
			const tail = flatLength(before) > this.text.length;
			const end = { block: attrsOf(before.lastChild!) };
			this.write(localChange(before, transactions), tail ? end : undefined);
		}
		this.options.onstate?.(this.state);
	}

	/** Reads the document anew from the text; only the blocks that differ are replaced. */
	rebuild(): void {
		const [old, now] = [this.state.doc, docOf(readBlocks(this.text))];
		const from = old.content.findDiffStart(now.content);
		if (from === null) return;
		let start = 0;
		while (old.maybeChild(start) && now.maybeChild(start)?.eq(old.child(start))) start++;
		let end = 0;
		const most = Math.min(old.childCount, now.childCount) - start;
		while (end < most && fromEnd(old, end).eq(fromEnd(now, end))) end++;
		const replaced = range(old, start, end);
		const nodes = now.content.cut(...range(now, start, end));
		const tr = this.state.tr.step(new ReplaceStep(...replaced, new Slice(nodes, 0, 0)));
		this.dispatch(tr.setMeta(remote, true).setMeta('addToHistory', false));
	}

	destroy(): void {
		this.text.unobserve(this.observe);
	}

	private write(change: Change, end?: { block: object }): void {
		const { text } = this;
		text.doc!.transact(() => {
			if (end) text.insert(text.length, '\n', { ...end });
			text.applyDelta(change);
		}, this);
		this.check();
	}

	private observe = (event: Y.YTextEvent, { origin }: Y.Transaction): void => {
		if (origin === this) return;
		try {
			const tr = remoteTransaction(this.state, readChange(event), this.text.length);
			if (tr.docChanged) this.dispatch(tr.setMeta(remote, true).setMeta('addToHistory', false));
		} catch (error) {
			this.options.onrepair?.('error', error);
			return this.rebuild();
		}
		this.check();
	};

	/** Lengths agree, but for text without a final line-end, which is shown as a block more. */
	private check(): void {
		const surplus = flatLength(this.state.doc) - this.text.length;
		if (surplus === 0) return;
		const tail = this.text.length === 0 || this.state.doc.lastChild!.attrs.id === 'tail';
		if (surplus === 1 && tail) return;
		this.options.onrepair?.('length');
		this.rebuild();
	}
}

const fromEnd = ({ content }: { content: Fragment }, i: number) =>
	content.child(content.childCount - 1 - i);

/** Positions before block `start` and after the block `end` places from the last. */
function range({ content }: { content: Fragment }, start: number, end: number): [number, number] {
	let [from, to] = [0, content.size];
	for (let i = 0; i < start; i++) from += content.child(i).nodeSize;
	for (let i = 0; i < end; i++) to -= fromEnd({ content }, i).nodeSize;
	return [from, to];
}
