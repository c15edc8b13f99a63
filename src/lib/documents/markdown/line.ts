import { addText, type Embed, type Marks, type Span } from '#lib/documents/text/blocks.ts';

/**
 * The inline content of one block while it is being read. White space from HTML collapses here, and
 * gaps between paragraphs that share a block become breaks, but never at its edges.
 */
export class Line {
	spans: Span[] = [];
	/** A clause's level, when its marker was met. */
	clause: number | null = null;
	/** Keep the block even when nothing is in it. */
	forced = false;
	private space = false;
	private gap = 0;
	/** Breaks at the edges stay only when they were put there on purpose. */
	private kept = 0;

	get blank(): boolean {
		return this.spans.length === 0;
	}

	/** Takes text as it is. */
	verbatim(text: string, marks: Marks): void {
		if (text === '') return;
		this.settle();
		addText(this.spans, text, marks);
		this.kept = this.spans.length;
	}

	/** Takes text whose runs of white space count as one space. */
	collapsed(text: string, marks: Marks): void {
		const words = text.replace(/[ \t\n\f\r]+/g, ' ');
		if (words.startsWith(' ')) this.space = !this.blank;
		this.verbatim(words.replace(/^ | $/g, ''), marks);
		if (words.length > 1 && words.endsWith(' ')) this.space = !this.blank;
	}

	embed(embed: Embed, marks: Marks): void {
		this.settle(embed.type === 'break');
		this.spans.push({ embed, marks });
		this.kept = this.spans.length;
	}

	/** A line break, which counts at the edge of a block only when `kept`. */
	lineBreak(marks: Marks, kept: boolean): void {
		if (this.blank && !kept) return;
		this.settle(true);
		this.spans.push({ embed: { type: 'break' }, marks });
		if (kept) this.kept = this.spans.length;
	}

	/** What follows is another paragraph of the same block. */
	paragraphGap(breaks: number): void {
		if (!this.blank) this.gap = Math.max(this.gap, breaks);
	}

	/** The finished content; the line starts anew. */
	take(): Span[] {
		const spans = this.spans.slice(0, Math.max(this.kept, 0));
		this.spans = [];
		[this.clause, this.forced, this.space, this.gap, this.kept] = [null, false, false, 0, 0];
		return spans;
	}

	private settle(isBreak = false): void {
		for (; this.gap > 0; this.gap--) this.spans.push({ embed: { type: 'break' }, marks: {} });
		const last = this.spans.at(-1);
		const afterBreak = last && 'embed' in last && last.embed.type === 'break';
		if (this.space && last && !afterBreak && !isBreak && !endsInSpace(last)) {
			addText(this.spans, ' ', 'text' in last ? withoutLink(last.marks) : {});
		}
		this.space = false;
	}
}

function endsInSpace(span: Span): boolean {
	return 'text' in span && /\s/.test(span.text.charAt(span.text.length - 1));
}

/** A space after a link is not part of it; after bold words it may stay bold. */
function withoutLink(marks: Marks): Marks {
	const { link, ...rest } = marks;
	return link === undefined ? rest : {};
}
