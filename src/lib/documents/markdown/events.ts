/**
 * Markdown and the HTML inside it, as one stream. Both say "open a list, open an item, text, …", so
 * one composer can build blocks from either, also where HTML opens in one paragraph and closes in another.
 */
export interface Open {
	kind: 'open';
	tag: string;
	attrs: Record<string, string>;
	line: number;
	/** Names what Markdown opened, so that its own close finds it; HTML has none and closes by tag. */
	of?: number;
}

export interface Close {
	kind: 'close';
	tag: string;
	line: number;
	of?: number;
}

/** Text from Markdown is verbatim; white space from HTML collapses as a browser would do it. */
export interface Words {
	kind: 'text';
	text: string;
	line: number;
	verbatim: boolean;
}

export type Event = Open | Close | Words;

/** Tags that stand alone: they are an `open` event and never closed. */
export const VOID_TAGS = new Set(
	'area base br col embed hr img input link meta param source track wbr note-reference'.split(' ')
);
