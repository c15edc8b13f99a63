import type { Span } from '#lib/documents/text/blocks.ts';

/** A range to paint, in flat indices. Ranges may overlap and cross blocks. */
export interface Mark {
	from: number;
	to: number;
	kind: 'annotation' | 'insertion' | 'deletion' | 'source';
	/** Names the annotation, or the suggestions that put in or take away (joined by a space). */
	id?: string;
	/** The words are not the text's own: whoever counts places in the text passes over them. */
	foreign?: boolean;
	/** Shown on annotations as `data-status` when it is `changed`. */
	status?: string;
	/** Of a source: where one is told of it, whether this is the one that is told of, and its short sign. */
	href?: string;
	chosen?: boolean;
	sign?: { text: string; spoken: string };
}

/** A stretch of a block that is painted alike. `at` is the place of its span in the block. */
export interface Piece {
	span: Span;
	at: number;
	marks: Mark[];
}

/** Marks sorted once, so that each block asks only for its own. */
export class Paints {
	private readonly sorted: Mark[];
	/** The farthest end among the marks up to each one: where a look back may stop. */
	private readonly reach: number[] = [];

	constructor(marks: Mark[]) {
		this.sorted = marks.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
		for (const { to } of this.sorted) this.reach.push(Math.max(to, this.reach.at(-1) ?? 0));
	}

	within(from: number, to: number): Mark[] {
		const found: Mark[] = [];
		for (let at = this.firstFrom(to) - 1; at >= 0 && this.reach[at]! > from; at--) {
			if (this.sorted[at]!.to > from) found.push(this.sorted[at]!);
		}
		return found.reverse();
	}

	private firstFrom(index: number): number {
		let [low, high] = [0, this.sorted.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.sorted[middle]!.from < index) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

/** A block's spans cut where marks begin or end. */
export function pieces(spans: Span[], from: number, marks: Mark[]): Piece[] {
	if (marks.length === 0) return spans.map((span, at) => ({ span, at, marks }));
	const edges = [...new Set(marks.flatMap((mark) => [mark.from, mark.to]))].sort((a, b) => a - b);
	const cut: Piece[] = [];
	let start = from;
	for (const [at, span] of spans.entries()) {
		const end = start + ('text' in span ? span.text.length : 1);
		const inside = edges.filter((edge) => edge > start && edge < end);
		const stops = [start, ...inside, end];
		for (let part = 0; part + 1 < stops.length; part++) {
			const [low, high] = [stops[part]!, stops[part + 1]!];
			const over = marks.filter((mark) => mark.from < high && mark.to > low);
			const text = 'text' in span ? span.text.slice(low - start, high - start) : '';
			cut.push({ span: 'text' in span ? { ...span, text } : span, at, marks: over });
		}
		start = end;
	}
	return cut;
}
