import { type Marks, type Span } from '#lib/documents/text/blocks.ts';
import { escapeMarkup, escapeText } from './escape.ts';

/** Footnotes of the text being written: the label of each key, and which have a body. */
export interface NoteLabels {
	labels: Map<string, string>;
	defined: Set<string>;
}

type Syntax = 'markdown' | 'html';

/** Inline content; in `html` no Markdown sign is used at all. */
export function inlineSource(spans: Span[], notes: NoteLabels, syntax: Syntax): string {
	let out = '';
	for (let at = 0; at < spans.length;) {
		const link = spans[at]!.marks.link;
		let end = at + 1;
		while (link !== undefined && end < spans.length && spans[end]!.marks.link === link) end++;
		const inner = spans
			.slice(at, end)
			.map((span, index) => spanSource(span, spans, at + index, notes, syntax, out))
			.reduce((all, one) => all + one, '');
		out += link === undefined ? inner : linked(inner, link, spans.slice(at, end), syntax);
		at = end;
	}
	return out;
}

function linked(inner: string, link: string, spans: Span[], syntax: Syntax): string {
	if (syntax === 'html') return `<a href="${escapeAttribute(link)}">${inner}</a>`;
	const [only] = spans;
	const bare = spans.length === 1 && only && 'text' in only && only.text === link;
	const plain = bare && Object.keys(only.marks).length === 1;
	if (plain && /^https?:\/\/[\w./~%+=-]+$/i.test(link)) return `<${link}>`;
	return `[${inner}](<${link.replace(/[\\<>&]/g, (char) => `&#${char.charCodeAt(0)};`)}>)`;
}

function spanSource(
	span: Span,
	all: Span[],
	at: number,
	notes: NoteLabels,
	syntax: Syntax,
	before: string
): string {
	if ('embed' in span) return wrapped(embedSource(span, all, at, notes, syntax), span.marks);
	if (syntax === 'html') return wrapped(escapeMarkup(span.text), span.marks);
	const sign = nativeSign(span, all, at, before);
	if (sign === '`') return `\`${span.text}\``;
	if (sign) return `${sign}${escapeText(span.text)}${sign}`;
	return wrapped(escapeText(span.text), span.marks);
}

function embedSource(
	span: Extract<Span, { embed: unknown }>,
	all: Span[],
	at: number,
	{ labels, defined }: NoteLabels,
	syntax: Syntax
): string {
	const { embed } = span;
	if (embed.type === 'rule') return '<span data-moot="rule"></span>';
	if (embed.type === 'break') return isEdge(all, at) ? '<span data-moot="edge"></span>' : '<br>';
	if (embed.type === 'unknown') return '';
	const label = labels.get(embed.note) ?? '';
	const next = all[at + 1];
	const safe = next === undefined || ('text' in next && /^[^([:]/.test(next.text));
	const native = syntax === 'markdown' && safe && defined.has(embed.note) && at > 0;
	return native ? `[^${label}]` : `<span data-moot="note ${label}"></span>`;
}

/** Whether only breaks stand between this one and an end of the block. */
function isEdge(all: Span[], at: number): boolean {
	const isBreak = (span: Span) => 'embed' in span && span.embed.type === 'break';
	return all.slice(0, at).every(isBreak) || all.slice(at + 1).every(isBreak);
}

/** `**`, `*` or a backtick where Markdown is sure to read it, else nothing: then HTML says it. */
function nativeSign(
	{ text, marks }: Extract<Span, { text: string }>,
	all: Span[],
	at: number,
	before: string
): string {
	const names = Object.keys(marks);
	if (names.length !== 1) return '';
	const previous = all[at - 1];
	const next = all[at + 1];
	const open = previous === undefined || ('text' in previous && /[\s(]$/.test(previous.text));
	const closed = next === undefined || ('text' in next && /^[\s.,;:)?]/.test(next.text));
	if (!open || !closed || /[`*]$/.test(before)) return '';
	if (marks.code) return /^[^\s`|\\][^`|\r\t\n]*(?<!\s)$/.test(text) ? '`' : '';
	if (!/^[\p{L}\p{N}]/u.test(text) || !/[\p{L}\p{N}]$/u.test(text)) return '';
	return marks.strong ? '**' : marks.em ? '*' : '';
}

const TAGS: Array<[mark: keyof Marks, tag: string]> = [
	['code', 'code'],
	['sub', 'sub'],
	['sup', 'sup'],
	['em', 'em'],
	['strong', 'strong']
];

function wrapped(inner: string, marks: Marks): string {
	return TAGS.reduce((out, [mark, tag]) => (marks[mark] ? `<${tag}>${out}</${tag}>` : out), inner);
}

function escapeAttribute(value: string): string {
	return value.replace(/[&"<>]/g, (char) => `&#${char.charCodeAt(0)};`);
}
