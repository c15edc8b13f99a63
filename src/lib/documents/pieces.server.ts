import { attribute, escapeHtml } from './render/escape.ts';
import { fingerprint } from './render/fingerprint.ts';
import { NOTES, renderBlocks, type RenderOptions } from './render/html.ts';
import type { Mark } from './render/paint.ts';
import { numberClauses, type Block, type BlockType } from './text/blocks.ts';

/** A block, or several that are drawn as one, as what stands below it needs to know it. */
export interface PieceFacts {
	id: string;
	type: BlockType;
	/** Its section or clause number. */
	number: string | null;
	/** The ids of its blocks. */
	blocks: string[];
}

/** What is laid over a text and beside it. */
export interface Layers {
	/** Ranges to paint, of whatever kind. */
	marks: Mark[];
	/** Where blocks begin in the living text, when they are drawn in places of their own. */
	origins?: RenderOptions['origins'];
	labels: RenderOptions['labels'];
	/** Said in place of a text that has no words yet. */
	empty?: string;
	/** Markup that stands below a piece; what is said about it, what one may do with it. */
	below?: (piece: PieceFacts) => string;
}

export interface DrawnPiece {
	id: string;
	/** Where its first character is. */
	from: number;
	html: string;
	/** Changes when the piece has to be drawn anew; not when it merely moved. */
	hash: string;
}

const FROM = / data-from="\d+"/g;

/** The pieces of a text with their layers, in order. */
export function drawPieces(blocks: Block[], { below, empty, ...options }: Layers): DrawnPiece[] {
	const isEmpty = blocks.every(({ spans }) => spans.length === 0);
	if (isEmpty && empty !== undefined)
		return [drawn('~empty', 0, `<div class="words"><p>${escapeHtml(empty)}</p></div>`)];
	const numbers = numberClauses(blocks);
	const types = new Map(blocks.map((block) => [block.id, block.attrs.type]));
	return renderBlocks(blocks, options).map(({ id, html, from }) => {
		const facts = {
			id,
			type: id === NOTES ? ('note' as const) : (types.get(id) ?? 'paragraph'),
			number: numbers.get(id) ?? null,
			blocks: [...html.matchAll(/ data-block="([^"]*)"/g)].map((found) => found[1]!)
		};
		return drawn(id, from, `<div class="words">${html}</div>${below?.(facts) ?? ''}`);
	});
}

/** All pieces as what the page's script expects to find: see `reader/follow.ts`. */
export function articleHtml(
	pieces: DrawnPiece[],
	{ at, drawing }: { at: string; drawing: string }
): string {
	const inner = pieces.map(
		({ id, html }) => `<div class="piece"${attribute('data-piece', id)}>${html}</div>`
	);
	const shown = attribute('data-at', at) + attribute('data-drawing', drawing);
	return `<div class="pieces"${shown}>${inner.join('')}</div>`;
}

function drawn(id: string, from: number, html: string): DrawnPiece {
	return { id, from, html, hash: fingerprint(html.replace(FROM, '')) };
}
