/**
 * Ties an editor state to a body. No DOM and no view: a view hands in its transactions and shows
 * the states it is given, and the property tests do the same without one.
 */
import { type Fragment, type Node, Slice } from 'prosemirror-model';
import { EditorState, type Plugin, Selection, type Transaction } from 'prosemirror-state';
import { ReplaceStep } from 'prosemirror-transform';
import type * as Y from 'yjs';
import { type Marks, readBlocks, readMarks, sameMarks } from '../text/blocks.ts';
import { type Change, readChange } from '../text/change.ts';
import { Places } from '../text/places.ts';
import { type LooksAt, quickDelete, quickInsert, quickRead } from '../text/quick.ts';
import { attrsOf, docOf, marksOf } from './convert.ts';
import { flatLength, posAt } from './flat.ts';
import { localChange } from './local.ts';
import { remoteTransaction } from './remote.ts';
import { remote, tidy } from './tidy.ts';
import { typedBy } from './typed.ts';
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
	private readonly places: Places;

	constructor(options: BindingOptions) {
		this.options = options;
		this.text = options.text;
		this.places = new Places(this.text);
		this.state = EditorState.create({
			doc: docOf(readBlocks(this.text)),
			plugins: [...(options.plugins ?? []), tidy()]
		});
		this.text.observe(this.observe);
	}

	/** Keeps the selection as it is now. */
	remember(): void {
		this.bookmark = bookmarkOf(this.state, this.places, this.text);
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
			const typed = transactions.length === 1 && !tail ? typedBy(transactions[0]!) : null;
			const change = typed?.change ?? localChange(before, transactions);
			const looks: LooksAt = typed ? () => typed.looks : (index) => looksAt(before, index);
			this.write(change, looks, tail ? { block: attrsOf(before.lastChild!) } : undefined);
		}
		this.options.onstate?.(this.state);
	}

	/** Reads the document anew from the text; only the blocks that differ are replaced. */
	rebuild(): void {
		this.places.clear();
		const [old, now] = [this.state.doc, docOf(readBlocks(this.text))];
		if (old.eq(now)) return;
		let start = 0;
		while (old.maybeChild(start) && now.maybeChild(start)?.eq(old.child(start))) start++;
		let end = 0;
		const most = Math.min(old.childCount, now.childCount) - start;
		while (end < most && fromEnd(old, end).eq(fromEnd(now, end))) end++;
		const replaced = range(old, start, end);
		const nodes = now.content.cut(...range(now, start, end));
		const tr = this.state.tr.step(new ReplaceStep(...replaced, new Slice(nodes, 0, 0)));
		if (flatLength(old) === 1) tr.setSelection(Selection.atStart(tr.doc));
		this.dispatch(tr.setMeta(remote, true).setMeta('addToHistory', false));
	}

	destroy(): void {
		this.text.unobserve(this.observe);
	}

	private write(change: Change, looks: LooksAt, end?: { block: object }): void {
		const { text } = this;
		text.doc!.transact((transaction) => {
			if (end) text.insert(text.length, '\n', { ...end });
			if (!this.writeQuickly(transaction, change, looks)) text.applyDelta(change);
		}, this);
		this.places.shift(change);
		this.check();
	}

	/** One insertion that looks like what is before it, or one deletion. */
	private writeQuickly(transaction: Y.Transaction, change: Change, looks: LooksAt): boolean {
		const [first, second] = change;
		if (change.length !== 2 || !first || !second || !('retain' in first) || first.attributes)
			return false;
		if ('delete' in second)
			return quickDelete(transaction, this.places, first.retain, second.delete);
		if (!('insert' in second) || typeof second.insert !== 'string') return false;
		if (second.insert.includes('\n')) return false;
		const left = looks(first.retain - 1);
		if (!left || !sameMarks(left, readMarks(second.attributes))) return false;
		return quickInsert(transaction, this.places, first.retain, second.insert);
	}

	private observe = (event: Y.YTextEvent, { origin }: Y.Transaction): void => {
		if (origin === this) return;
		// The text arriving in an empty editor is read at once instead of step by step.
		if (flatLength(this.state.doc) === 1) return this.rebuild();
		try {
			const looks = (index: number) => looksAt(this.state.doc, index);
			const quick = quickRead(event, this.places, looks);
			const change = quick ?? readChange(event);
			this.places.shift(change);
			// The next change is likely to be there too, and then found without a walk.
			if (!quick) this.places.at(startOf(change));
			const tr = remoteTransaction(this.state, change, this.text.length);
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

/** The flat index where a change begins. */
function startOf([first]: Change): number {
	return first && 'retain' in first && !first.attributes ? first.retain : 0;
}

/** The marks of the character at a flat index; undefined for a line-end. */
function looksAt(doc: Node, index: number): Marks | undefined {
	if (index < 0 || index >= flatLength(doc)) return undefined;
	const node = doc.nodeAt(posAt(doc, index));
	return node?.isText ? marksOf(node.marks) : undefined;
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
