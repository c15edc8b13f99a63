/**
 * Cuts Markdown into pieces that mean the same parsed one by one. The parser's time grows with the
 * square of some inputs (long lists, many headings, runs of brackets); small pieces keep a whole
 * import linear, and what cannot be cut is judged by `budget.ts` before it is parsed.
 */
export interface Chunk {
	text: string;
	/** Line of the source at which the chunk starts, from 1. */
	line: number;
}

const ENOUGH = 1_200;
const TOO_LONG = 1_500;
const FENCE = /^ {0,3}(`{3,}(?!.*`)|~{3,})/;
const RAW: Array<[start: RegExp, end: RegExp]> = [
	[/^ {0,3}<(script|pre|style|textarea)(\s|>|$)/i, /<\/(script|pre|style|textarea)>/i],
	[/^ {0,3}<!--/, /-->/],
	[/^ {0,3}<\?/, /\?>/],
	[/^ {0,3}<!\[CDATA\[/, /\]\]>/],
	[/^ {0,3}<![a-z]/i, />/]
];
/** Lines that begin a block of their own even directly after another line. */
const INTERRUPTS = /^(#{1,6} |[-*+] \S)/;
const UNDERLINE = /^(=+|-{2,}) *$/;

/** The chunks of a text, in order; joined with `\n` they are the text. */
export function chunksOf(text: string): Chunk[] {
	const chunks: Chunk[] = [];
	let lines: string[] = [];
	let [start, size] = [1, 0];
	let inside: Inside = null;
	text.split('\n').forEach((line, index) => {
		const before = lines.at(-1);
		if (before !== undefined && inside === null && size >= ENOUGH && mayStart(line, before, size)) {
			chunks.push({ text: lines.join('\n'), line: start });
			[lines, start, size] = [[], index + 1, 0];
		}
		lines.push(line);
		size += line.length + 1;
		inside = afterLine(line, inside);
	});
	chunks.push({ text: lines.join('\n'), line: start });
	return chunks;
}

/** What a following line cannot start a block in: a code fence, or HTML that runs to its own end. */
type Inside = { fence: string } | { end: RegExp } | null;

function afterLine(line: string, inside: Inside): Inside {
	if (inside === null) {
		const fence = FENCE.exec(line)?.[1];
		if (fence) return { fence };
		const raw = RAW.find(([begins]) => begins.test(line));
		return raw && !raw[1].test(line) ? { end: raw[1] } : null;
	}
	if ('end' in inside) return inside.end.test(line) ? null : inside;
	const closing = line.trim();
	const closes = closing.startsWith(inside.fence) && new Set(closing).size === 1;
	return closes ? null : inside;
}

function mayStart(line: string, before: string, size: number): boolean {
	if (/^\s|^$/.test(line)) return false;
	if (before.trim() === '') return true;
	return size > TOO_LONG && (INTERRUPTS.test(line) || UNDERLINE.test(before));
}
