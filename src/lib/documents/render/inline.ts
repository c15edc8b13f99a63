import { type Embed, type Marks, readLink } from '#lib/documents/text/blocks.ts';
import { attribute, escapeHtml } from './escape.ts';
import { referenceId } from './model.ts';
import { shortName } from './names.ts';
import type { Mark, Piece } from './paint.ts';

/** What inline content needs to know of the whole text. */
export interface InlineContext {
	blockId: string;
	/** The number of the footnote with this key. */
	noteNumber: (key: string) => number | undefined;
	/** Put before every element id, when a page shows two texts. */
	prefix: string;
}

/**
 * Inline content as HTML. Links are outermost, then what is painted, then bold and the like, so a
 * link that is half annotated stays one link.
 */
export function inlineHtml(all: Piece[], context: InlineContext): string {
	return runs(all, linkOf)
		.map(({ key: link, pieces }) => {
			const inner = painted(pieces, context);
			const source = sourceOf(pieces[0]!);
			if (source && link !== '') return sourceHtml(source, inner);
			return link === '' ? inner : `<a${attribute('href', link)}${relation(link)}>${inner}</a>`;
		})
		.join('');
}

/** A footnote's number is a link itself, and links do not nest. */
function linkOf({ span, marks }: Piece): string {
	if ('embed' in span && span.embed.type === 'note') return '';
	return sourceOf({ marks })?.href ?? readLink(span.marks.link) ?? '';
}

/** Where words come from is asked of the words themselves: their own link makes way for it. */
function sourceOf({ marks }: Pick<Piece, 'marks'>): Mark | undefined {
	return marks.find(({ kind }) => kind === 'source');
}

function sourceHtml({ id, href, chosen, sign }: Mark, inner: string): string {
	const attributes =
		attribute('data-way', id) + attribute('href', href) + (chosen ? ' aria-current="true"' : '');
	const said = sign
		? `<sup data-skip><span aria-hidden="true">${escapeHtml(sign.text)}</span>` +
			`<span class="visually-hidden"> (${escapeHtml(sign.spoken)})</span></sup>`
		: '';
	return `<a class="source"${attributes}>${inner}${said}</a>`;
}

function relation(link: string): string {
	return link.startsWith('#') || link.startsWith('/') ? '' : ' rel="nofollow noopener"';
}

function painted(all: Piece[], context: InlineContext): string {
	return runs(all, ({ marks }) => paintTags(marks).join(''))
		.map(({ pieces }) => {
			const inner = pieces.map((piece) => pieceHtml(piece, context)).join('');
			const opened = paintTags(pieces[0]!.marks);
			const closed = opened.map((tag) => `</${/^<(\w+)/.exec(tag)![1]}>`).reverse();
			return `${opened.join('')}${inner}${closed.join('')}`;
		})
		.join('');
}

function paintTags(marks: Mark[]): string[] {
	const tags: string[] = [];
	tags.push(...changeTag('ins', marks, 'insertion'), ...changeTag('del', marks, 'deletion'));
	const notes = marks.filter(({ kind }) => kind === 'annotation');
	if (notes.length > 0) {
		const names = notes.map(({ id }) => shortName(id ?? '')).join(' ');
		const status = notes.some(({ status }) => status === 'changed') ? 'changed' : undefined;
		tags.push(`<mark${attribute('data-annotations', names)}${attribute('data-status', status)}>`);
	}
	return tags;
}

/** Words put in or taken away, whose they are, and whether they are words of the text at all. */
function changeTag(tag: 'ins' | 'del', marks: Mark[], kind: Mark['kind']): string[] {
	const own = marks.filter((mark) => mark.kind === kind);
	if (own.length === 0) return [];
	const ids = own.flatMap(({ id }) => id ?? []).join(' ');
	const skip = own.some(({ foreign }) => foreign) ? ' data-skip' : '';
	return [`<${tag}${attribute('data-suggestions', ids || undefined)}${skip}>`];
}

function pieceHtml({ span, at }: Piece, context: InlineContext): string {
	const inner = 'text' in span ? escapeHtml(span.text) : embedHtml(span.embed, at, context);
	return wrapped(inner, span.marks);
}

function embedHtml(embed: Embed, at: number, context: InlineContext): string {
	if (embed.type === 'break') return '<br data-embed="break">';
	if (embed.type === 'rule') return '<span class="rule" data-embed="rule" role="separator"></span>';
	if (embed.type === 'unknown') return '<span class="unknown" data-embed="unknown"></span>';
	const number = context.noteNumber(embed.note) ?? '?';
	const target = attribute('href', `#${context.prefix}n-${embed.note}`);
	const id = attribute('id', context.prefix + referenceId(context.blockId, at));
	return `<sup data-embed="note"><a class="note-reference" role="doc-noteref"${target}${id}>${number}</a></sup>`;
}

/** Nesting order of the marks that are elements. */
const ELEMENTS: Array<[mark: keyof Marks, tag: string]> = [
	['code', 'code'],
	['sub', 'sub'],
	['sup', 'sup'],
	['em', 'em'],
	['strong', 'strong']
];

function wrapped(inner: string, marks: Marks): string {
	return ELEMENTS.reduce(
		(html, [mark, tag]) => (marks[mark] ? `<${tag}>${html}</${tag}>` : html),
		inner
	);
}

function runs(
	all: Piece[],
	keyOf: (piece: Piece) => string
): Array<{ key: string; pieces: Piece[] }> {
	const out: Array<{ key: string; pieces: Piece[] }> = [];
	for (const piece of all) {
		const key = keyOf(piece);
		const last = out.at(-1);
		if (last?.key === key) last.pieces.push(piece);
		else out.push({ key, pieces: [piece] });
	}
	return out;
}
