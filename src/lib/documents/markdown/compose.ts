import { type BlockAttrs, type Delta, plainText, toDelta } from '#lib/documents/text/blocks.ts';
import type { Span } from '#lib/documents/text/blocks.ts';
import type { Close, Event, Open, Words } from './events.ts';
import { VOID_TAGS } from './events.ts';
import { type Frame, frameFor, ROOT_FRAME } from './frames.ts';
import { inlineElement, marker } from './inline.ts';
import { Line } from './line.ts';
import type { Problems } from './problems.ts';
import { reportTag } from './reporting.ts';
import { ENDS, PLAIN_BLOCKS } from './tags.ts';

const DEEPEST = 150;
const HARD_BLOCK = /^(h[1-6]|ul|ol|li|blockquote|pre|table|note)$/;

/** Builds blocks from events. One composer reads one text. */
export class Composer {
	readonly blocks: Array<{ attrs: BlockAttrs; spans: Span[] }> = [];
	readonly line = new Line();
	readonly problems: Problems;
	private readonly newId: () => string;
	private readonly stack: Frame[] = [ROOT_FRAME];
	private readonly notes = new Map<string, string>();

	constructor(problems: Problems, newId: () => string) {
		this.problems = problems;
		this.newId = newId;
	}

	read(events: Event[]): void {
		for (const event of events) {
			if (event.kind === 'text') this.words(event);
			else if (event.kind === 'close') this.close(event);
			else if (VOID_TAGS.has(event.tag)) inlineElement(this, event);
			else this.open(event);
		}
	}

	/** The whole text. */
	finish(): { delta: Delta; title: string } {
		while (this.stack.length > 1) this.pop();
		this.flush();
		const heading = this.blocks.find((block) => block.attrs.type === 'heading');
		const title = heading ? plainText(heading).replace(/\s+/g, ' ').trim() : '';
		return { delta: toDelta(this.blocks), title };
	}

	get top(): Frame {
		return this.stack.at(-1)!;
	}

	/** The key of the footnote with this label. */
	noteKey = (label: string): string => {
		let key = this.notes.get(label);
		if (!key) this.notes.set(label, (key = this.newId()));
		return key;
	};

	/** Ends the block being read, if there is anything in it. */
	flush(): void {
		if (this.top.place.kind === 'cell') return this.line.paragraphGap(1);
		if (this.line.blank && !this.line.forced) return;
		this.endBlock();
	}

	private open(event: Open): void {
		this.endImplied(event);
		reportTag(event, this.top, this.problems);
		const block = HARD_BLOCK.test(event.tag) || event.tag === 'td' || event.tag === 'th';
		if (block) this.flush();
		else if (PLAIN_BLOCKS.has(event.tag)) this.softEnd();
		if (this.stack.length >= DEEPEST) {
			this.problems.add('flattened', event.line, { what: 'nesting' });
			return;
		}
		const names = { id: this.newId, note: this.noteKey };
		const frame = frameFor(event, this.top, this.blocks.length, names);
		const said = event.attrs['data-moot'];
		if (said !== undefined) marker(this, said);
		this.stack.push(frame);
	}

	private close(event: Close): void {
		const at = this.stack.findLastIndex(
			(frame, depth) => depth > 0 && frame.tag === event.tag && frame.of === event.of
		);
		if (at === -1) {
			if (PLAIN_BLOCKS.has(event.tag)) this.softEnd();
			return;
		}
		while (this.stack.length > at) this.pop();
	}

	private pop(): void {
		const { tag, place, blocksBefore, of } = this.top;
		const owns = this.stack.at(-2)?.place !== place;
		if (place.kind === 'cell' && owns) this.endBlock();
		else if (owns || HARD_BLOCK.test(tag)) {
			const bare = this.blocks.length === blocksBefore;
			if (place.kind === 'item' || place.kind === 'heading') this.line.forced ||= owns && bare;
			if (place.kind === 'code' && owns) this.line.forced ||= bare || of !== undefined;
			this.flush();
		} else if (PLAIN_BLOCKS.has(tag)) this.softEnd();
		this.stack.pop();
	}

	/** A paragraph ended: in an item, a cell or a heading its block goes on, elsewhere not. */
	private softEnd(): void {
		const { kind } = this.top.place;
		if (kind === 'item' && !this.line.blank) this.line.paragraphGap(2);
		else if (kind === 'heading') this.line.paragraphGap(1);
		else if (kind !== 'code') this.flush();
	}

	private endBlock(): void {
		const { clause } = this.line;
		const attrs = this.attrs(clause);
		this.blocks.push({ attrs, spans: this.line.take() });
	}

	private attrs(clause: number | null): BlockAttrs {
		const id = this.newId();
		const { place } = this.top;
		if (place.kind === 'heading') return { id, type: 'heading', level: place.level };
		if (place.kind === 'note') return { id, type: 'note', note: place.note };
		if (place.kind === 'cell') {
			const cell = { id, type: 'cell' as const, table: place.table, row: place.row };
			return place.head ? { ...cell, head: true } : cell;
		}
		if (place.kind === 'item') {
			// An item's text after its own sub-list can only stand as a paragraph in a flat text.
			if (place.done) return { id, type: 'paragraph' };
			place.done = true;
			return { id, type: 'item', list: place.list, level: place.level };
		}
		if (place.kind === 'paragraph' && clause !== null) {
			return { id, type: 'clause', level: Math.min(4, Math.max(1, clause)) };
		}
		return { id, type: place.kind };
	}

	private words({ text, verbatim }: Words): void {
		const { place, marks, silent } = this.top;
		if (silent) return;
		if (place.kind === 'code') this.codeLines(text);
		else if (verbatim || this.top.verbatim) this.line.verbatim(text, marks);
		else this.line.collapsed(text, marks);
	}

	private codeLines(text: string): void {
		const { blocksBefore, marks, of } = this.top;
		const first = this.line.blank && this.blocks.length === blocksBefore && of === undefined;
		const lines = (first && !this.line.forced ? text.replace(/^\n/, '') : text).split('\n');
		lines.forEach((line, at) => {
			if (at > 0) this.endBlock();
			this.line.verbatim(line, marks);
		});
	}

	private endImplied(event: Open): void {
		const { tag, of } = event;
		if (of !== undefined) {
			// A heading written in Markdown stands outside whatever HTML was left open before it.
			const onlyHtml = this.stack.every((frame) => frame.of === undefined);
			if (/^h[1-6]$/.test(tag) && onlyHtml) while (this.stack.length > 1) this.pop();
			return;
		}
		const rule = ENDS[tag];
		if (rule) {
			const at = this.stack.findLastIndex(
				(frame) => rule.ends.includes(frame.tag) || rule.within.includes(frame.tag)
			);
			const found = this.stack[at];
			if (found && rule.ends.includes(found.tag) && found.of === undefined) {
				while (this.stack.length > at) this.pop();
			}
		}
		const closesParagraph = PLAIN_BLOCKS.has(tag) || HARD_BLOCK.test(tag);
		if (closesParagraph && this.top.tag === 'p' && this.top.of === undefined) this.pop();
	}
}
