import type { OutlineEntry } from './outline.ts';

/** What a reading page knows of the text it shows, besides its words. */
export interface TextFacts {
	epoch: number;
	seq: number;
	changedAt: number;
	minutes: number;
	outline: OutlineEntry[];
	/** Names what is drawn: words, highlights and what stands below each clause. Not where they are. */
	drawing: string;
}

/** A block, or several that are drawn as one (a list, a table, the footnotes), with what stands below it. */
export interface PieceMarkup {
	id: string;
	/** Safe markup from our own renderer. */
	html: string;
}

/** What differs from an earlier drawing: every piece's place, and the markup of those that changed. */
export interface TextPatch extends TextFacts {
	/** All pieces in order, and where they begin. */
	order: Array<[id: string, from: number]>;
	pieces: PieceMarkup[];
	/** Of `pieces`, those whose words changed; the others are sent for what is painted or said about them. */
	changed: string[];
}
