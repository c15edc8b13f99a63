/**
 * The living main text and all branches on it, read in one walk over the common copy. Nothing is
 * compared and nothing guessed: the ids say what each branch inserts and deletes.
 */
import * as Y from 'yjs';
import {
	type Block,
	readBlockAttrs,
	readBlocks,
	readEmbed,
	readMarks,
	sameBlock,
	sameMarks
} from '../text/blocks.ts';
import { embeddable } from '../text/change.ts';
import { addChange, type Change, type Hunk, noteIds, openHunk } from './changes.ts';
import { Course } from './course.ts';
import type { MarkedBlock, Piece } from './pieces.ts';
import { type Cloth, layOut, type Step, steps, type Strand, type Suggested } from './strands.ts';
import { Views } from './views.ts';

/** Everything branches would do to a text. */
export interface Weave {
	cloth: Cloth;
	/** All blocks of main, in order. */
	blocks: MarkedBlock[];
	/** The hunks of each branch in the order of the text. */
	hunks: Map<string, Hunk[]>;
	course: Course;
}

/**
 * Reads branches on a state of the main text.
 * @throws Invalid `branch_out_of_place`
 */
export function weave(mainState: Uint8Array, branches: readonly Suggested[]): Weave {
	let blocks: Block[] = [];
	const cloth = layOut(mainState, branches, (body) => (blocks = readBlocks(body)));
	const walk = new Walk(cloth, blocks);
	for (const step of steps(cloth, cloth.body._start)) walk.take(step);
	return { cloth, blocks: walk.blocks, hunks: walk.hunks, course: walk.course };
}

class Walk {
	readonly blocks: MarkedBlock[];
	readonly hunks = new Map<string, Hunk[]>();
	readonly course = new Course();
	private readonly views = new Views();
	private readonly open = new Map<Strand, Hunk>();
	private readonly fresh = new Set<Strand>();
	private index = 0;
	private opened = 0;
	private block = 0;

	constructor(cloth: Cloth, blocks: Block[]) {
		this.blocks = blocks.map((block) => ({ block, pieces: [] }));
		for (const { id } of cloth.strands) this.hunks.set(id, []);
	}

	take(step: Step): void {
		const { item, known, dead, owners, by } = step;
		if (known ? dead : owners.length === 0) return;
		const place = this.course.add(step);
		const isFormat = item.content instanceof Y.ContentFormat;
		for (const strand of known ? by : owners) {
			const hunk = this.hunkOf(strand, step, place);
			noteIds(known ? hunk.deletes : hunk.inserts, step);
			hunk.formats ||= isFormat;
		}
		if (isFormat) {
			this.views.pass(step);
			return;
		}
		if (!item.countable) return;
		if (known) this.settle(step);
		else for (const strand of owners) this.write(strand, place);
		for (const part of contentsOf(step)) this.add(part, step);
		if (known) for (const hunk of this.open.values()) hunk.to = this.index;
	}

	/** Notes that a branch puts something in here, between two characters of main. */
	private write(strand: Strand, place: number): void {
		this.fresh.add(strand);
		const { wrote } = this.open.get(strand)!;
		const last = wrote.at(-1);
		if (last?.at === this.index) last.to = place;
		else wrote.push({ at: this.index, from: place, to: place });
	}

	private hunkOf(strand: Strand, step: Step, place: number): Hunk {
		const open = this.open.get(strand);
		if (open) return open;
		const hunk = openHunk(strand, {
			step,
			place,
			index: this.index,
			order: this.opened++,
			views: this.views.copy(),
			fresh: new Set(this.fresh)
		});
		this.open.set(strand, hunk);
		this.hunks.get(strand.id)!.push(hunk);
		return hunk;
	}

	/** Ends the hunks of all branches that leave these characters alone. */
	private settle({ by }: Step): void {
		this.fresh.clear();
		for (const strand of this.open.keys()) {
			if (!by.includes(strand) && !this.views.differ.has(strand)) this.open.delete(strand);
		}
	}

	private add(content: Piece['content'] | '\n', { known, owners, by }: Step): void {
		const kind = !known ? 'ins' : by.length > 0 ? 'del' : 'same';
		const from = this.index;
		if (known) this.index += content === '\n' ? 1 : 'text' in content ? content.text.length : 1;
		const strands = known ? by : owners;
		const seen = this.look(content, known ? undefined : owners[0]);
		const piece: Piece = { kind, by: strands.map(({ id }) => id), from, to: this.index, ...seen };
		for (const strand of known ? this.views.differ.keys() : []) {
			if (by.includes(strand)) continue;
			const theirs = this.look(content, strand);
			const change = restyling(piece, theirs);
			if (!change) continue;
			addChange(this.open.get(strand)!, change);
			const end = 'end' in theirs.content ? { end: theirs.content.end } : {};
			(piece.restyled ??= []).push({ by: strand.id, marks: theirs.marks, ...end });
		}
		for (const strand of strands) addChange(this.open.get(strand)!, changeOf(piece));
		this.blocks[Math.min(this.block, this.blocks.length - 1)]!.pieces.push(piece);
		if (known && content === '\n') this.block += 1;
	}

	/** Content as somebody sees it here. */
	private look(
		content: Piece['content'] | '\n',
		strand?: Strand
	): Pick<Piece, 'content' | 'marks'> {
		const attributes = this.views.of(strand);
		if (content === '\n') return { content: { end: readBlockAttrs(attributes.block) }, marks: {} };
		return { content, marks: readMarks(attributes) };
	}
}

/** The step's content, line-ends apart from the words between them. */
function contentsOf({ item, at, length }: Step): Array<Piece['content'] | '\n'> {
	const { content } = item;
	if (!(content instanceof Y.ContentString)) {
		const values = content.getContent().slice(at, at + length);
		return values.map((value) => ({ embed: readEmbed(embeddable(value)) }));
	}
	const parts = content.str.slice(at, at + length).split(/(\n)/);
	return parts.filter((part) => part !== '').map((text) => (text === '\n' ? text : { text }));
}

function changeOf({ kind, from, to, content, marks }: Piece): Change {
	const inserted = kind === 'ins';
	if ('end' in content) return { kind: inserted ? 'split' : 'join', at: from, block: content.end };
	const spans = [
		'text' in content ? { text: content.text, marks } : { embed: content.embed, marks }
	];
	return inserted ? { kind: 'insert', at: from, spans } : { kind: 'delete', from, to, spans };
}

/** What another view of a piece's content means, undefined when it is the same. */
function restyling(piece: Piece, theirs: Pick<Piece, 'content' | 'marks'>): Change | undefined {
	const { from, to, content } = piece;
	if ('end' in content) {
		const after = 'end' in theirs.content ? theirs.content.end : content.end;
		if (sameBlock(content.end, after)) return undefined;
		return { kind: 'retype', at: from, before: content.end, after };
	}
	const [before, after] = [piece.marks, theirs.marks];
	if (sameMarks(before, after)) return undefined;
	const text = 'text' in content ? content.text : '';
	return { kind: 'restyle', from, to, before, after, text };
}
