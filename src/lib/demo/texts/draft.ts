import { toDelta, type Block, type Delta, type Span } from '#lib/documents/text/blocks.ts';

/** One block of a demo text before it becomes part of a document. */
export type Draft = Pick<Block, 'attrs' | 'spans'>;

/** A stretch of a text and the member of the cast who first wrote it. */
export type Passage = { author: string; drafts: Draft[] };

type Words = string | Span;

export const strong = (text: string): Span => ({ text, marks: { strong: true } });
export const em = (text: string): Span => ({ text, marks: { em: true } });
export const link = (text: string, to: string): Span => ({ text, marks: { link: to } });

/** The small raised number that points at the footnote with this key. */
export const ref = (note: string): Span => ({ embed: { type: 'note', note }, marks: {} });

function draft(attrs: Draft['attrs'], words: Words[]): Draft {
	const spans = words.map((one) => (typeof one === 'string' ? { text: one, marks: {} } : one));
	return { attrs, spans };
}

export const paragraph = (id: string, ...words: Words[]) => draft({ id, type: 'paragraph' }, words);

/** The title of a section; above clauses it is numbered, and gives clause 4.2 its 4. */
export const section = (id: string, ...words: Words[]) =>
	draft({ id, type: 'heading', level: 2 }, words);

/** A numbered clause. */
export const clause = (id: string, ...words: Words[]) =>
	draft({ id, type: 'clause', level: 1 }, words);

/** A lettered part of a clause. */
export const point = (id: string, ...words: Words[]) =>
	draft({ id, type: 'clause', level: 2 }, words);

export const bullet = (id: string, ...words: Words[]) =>
	draft({ id, type: 'item', list: 'bullet', level: 1 }, words);

/** A numbered list item. */
export const step = (id: string, ...words: Words[]) =>
	draft({ id, type: 'item', list: 'ordered', level: 1 }, words);

/** The body of a footnote; it stands at the end of the text. */
export const note = (key: string, ...words: Words[]) =>
	draft({ id: `note-${key}`, type: 'note', note: key }, words);

/** A whole table whose first row is its head. Cells are blocks named `<table>-<row>-<column>`, from 0. */
export function table(id: string, rows: string[][]): Draft[] {
	return rows.flatMap((cells, y) =>
		cells.map((text, x) => {
			const cell = { id: `${id}-${y}-${x}`, type: 'cell' as const, table: id, row: `${id}-${y}` };
			return draft(y === 0 ? { ...cell, head: true } : cell, [text]);
		})
	);
}

/** The delta of all passages, in order. */
export function deltaOf(passages: Passage[]): Delta {
	return passages.flatMap(({ drafts }) => toDelta(drafts));
}
