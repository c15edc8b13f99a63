/** The editor on a page: a ProseMirror view over a binding, for any framework. */
import { type Command, type EditorState, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import type * as Y from 'yjs';
import { Binding } from './binding.ts';
import { clipboard } from './clipboard.ts';
import { indexAt, posAt } from './flat.ts';
import { keys } from './keymap.ts';
import { type NumberWords, numbering } from './numbers.ts';
import {
	type Highlight,
	highlightAt,
	overlays,
	type RemoteCursor,
	showCursors,
	showHighlights
} from './overlay.ts';
import { rules } from './rules.ts';
import { remote } from './tidy.ts';
import { Undo } from './undo.ts';

/** What is selected, in flat indices, and where that is on the screen. */
export interface Selected {
	from: number;
	to: number;
	anchor: number;
	head: number;
	/** The selection's box in viewport coordinates, or null when nothing is selected. */
	rect: { left: number; top: number; right: number; bottom: number } | null;
	/** The id of the block the caret is in. */
	blockId: string;
}

export interface EditorOptions {
	text: Y.Text;
	/** What a screen reader calls the text. */
	label: string;
	words: NumberWords & { unknown: string };
	readOnly?: boolean;
	/** Every new state, for a toolbar. */
	onstate?: (state: EditorState) => void;
	/** After the selection changed, at most once per frame. */
	onselect?: (selected: Selected) => void;
	onhighlight?: (id: string) => void;
	/** Someone asked to link what is selected, or to change the link the caret is in. */
	onlink?: () => void;
	/** Someone asked which shortcuts there are. */
	onhelp?: () => void;
	onrepair?: (reason: 'length' | 'error', error?: unknown) => void;
}

export interface EditorHandle {
	readonly view: EditorView;
	readonly state: EditorState;
	/** Runs a command and gives the text the focus. */
	run(command: Command): boolean;
	undo(): void;
	redo(): void;
	canUndo(): boolean;
	canRedo(): boolean;
	focus(): void;
	/** Selects a stretch of flat indices and scrolls to it. */
	select(from: number, to?: number): void;
	setCursors(cursors: readonly RemoteCursor[]): void;
	setHighlights(highlights: readonly Highlight[]): void;
	setReadOnly(readOnly: boolean): void;
	destroy(): void;
}

/** Shows a body in `mount` and keeps both in step until `destroy`. */
export function createEditor(mount: HTMLElement, options: EditorOptions): EditorHandle {
	let readOnly = options.readOnly ?? false;
	let frame = 0;
	const acting = (act: (undo: Undo) => boolean): Command => {
		return (_state, dispatch) => (dispatch && !readOnly ? act(undo) : true);
	};
	const asking = (ask?: () => void): Command => {
		return (_state, dispatch) => {
			if (dispatch) ask?.();
			return Boolean(ask);
		};
	};
	const binding = new Binding({
		text: options.text,
		plugins: [
			rules(),
			...keys({
				undo: acting((one) => one.undo()),
				redo: acting((one) => one.redo()),
				link: asking(options.onlink),
				help: asking(options.onhelp)
			}),
			clipboard(),
			numbering(options.words),
			...overlays()
		],
		onrepair: options.onrepair,
		onstate: show
	});
	const undo = new Undo(binding);
	const view = new EditorView(
		{ mount },
		{
			state: binding.state,
			editable: () => !readOnly,
			attributes: () => ({
				class: 'prose editor-text',
				role: 'textbox',
				'aria-multiline': 'true',
				'aria-label': options.label,
				'aria-readonly': String(readOnly),
				tabindex: '0'
			}),
			nodeViews: { unknown: () => ({ dom: unknownElement(options.words.unknown) }) },
			dispatchTransaction(tr) {
				if (!readOnly || !tr.docChanged || tr.getMeta(remote)) binding.dispatch(tr);
			},
			handleClick: (_view, pos, event) => clicked(pos, event)
		}
	);

	function show(state: EditorState): void {
		if (!view || view.isDestroyed) return;
		const moved = !state.selection.eq(view.state.selection) || state.doc !== view.state.doc;
		view.updateState(state);
		options.onstate?.(state);
		if (moved && options.onselect) frame ||= requestAnimationFrame(tellSelection);
	}

	function tellSelection(): void {
		frame = 0;
		if (!view.isDestroyed) options.onselect?.(selectedIn(view));
	}

	function clicked(pos: number, event: MouseEvent): boolean {
		const id = highlightAt(view.state, pos);
		if (id) options.onhighlight?.(id);
		const link = (event.target as Element).closest?.('a[href]');
		if (!link || !(event.ctrlKey || event.metaKey)) return false;
		window.open((link as HTMLAnchorElement).href, '_blank', 'noopener');
		return true;
	}

	return {
		view,
		get state() {
			return binding.state;
		},
		run(command) {
			const done = !readOnly && command(view.state, view.dispatch.bind(view), view);
			view.focus();
			return done;
		},
		undo: () => void (readOnly || undo.undo()),
		redo: () => void (readOnly || undo.redo()),
		canUndo: () => undo.manager.canUndo(),
		canRedo: () => undo.manager.canRedo(),
		focus: () => view.focus(),
		select(from, to = from) {
			const { state } = binding;
			binding.dispatch(selectFlat(state, from, to).scrollIntoView());
		},
		setCursors: (cursors) => binding.dispatch(showCursors(binding.state, cursors)),
		setHighlights: (highlights) => binding.dispatch(showHighlights(binding.state, highlights)),
		setReadOnly(value) {
			readOnly = value;
			view.setProps({});
		},
		destroy() {
			cancelAnimationFrame(frame);
			undo.destroy();
			binding.destroy();
			view.destroy();
		}
	};
}

function selectFlat({ doc, tr }: EditorState, from: number, to: number) {
	const [start, end] = [from, to].map((index) => doc.resolve(posAt(doc, index)));
	return tr.setSelection(TextSelection.between(start!, end!));
}

function selectedIn(view: EditorView): Selected {
	const { doc, selection } = view.state;
	const { from, to, anchor, head, $head, empty } = selection;
	const [start, end] = empty ? [null, null] : [view.coordsAtPos(from), view.coordsAtPos(to, -1)];
	return {
		from: indexAt(doc, from),
		to: indexAt(doc, to),
		anchor: indexAt(doc, anchor),
		head: indexAt(doc, head),
		rect: start &&
			end && {
				left: Math.min(start.left, end.left),
				top: Math.min(start.top, end.top),
				right: Math.max(start.right, end.right),
				bottom: Math.max(start.bottom, end.bottom)
			},
		blockId: String(($head.depth > 0 ? $head.node(1) : doc.child(0)).attrs.id)
	};
}

function unknownElement(label: string): HTMLElement {
	const dom = document.createElement('span');
	dom.className = 'embed-unknown';
	dom.textContent = label;
	return dom;
}
