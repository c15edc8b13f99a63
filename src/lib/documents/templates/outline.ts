import { toDelta, type BlockAttrs, type Delta } from '../text/blocks.ts';
import { newBlockId } from '../text/ids.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** One block of a template: what it is, and its words. */
export type Line = [WithoutId<BlockAttrs>, string];

export const section = (words: string): Line => [{ type: 'heading', level: 2 }, words];
export const clause = (words: string): Line => [{ type: 'clause', level: 1 }, words];
export const point = (words: string): Line => [{ type: 'clause', level: 2 }, words];
export const text = (words: string): Line => [{ type: 'paragraph' }, words];
/** Guidance to the authors, set as a quote so that nobody takes it for the text itself. */
export const guide = (words: string): Line => [{ type: 'quote' }, words];

/** The text of a template, every block with an id of its own. */
export function textOf(lines: Line[]): Delta {
	return toDelta(
		lines.map(([attrs, words]) => ({
			attrs: { ...attrs, id: newBlockId() } as BlockAttrs,
			spans: [{ text: words, marks: {} }]
		}))
	);
}
