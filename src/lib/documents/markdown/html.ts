import { type Token, type TokenHandler, Tokenizer, TokenizerMode } from 'parse5';
import type { Event } from './events.ts';
import { VOID_TAGS } from './events.ts';

/** Elements whose content is code for a browser, not words for a person. */
export const CODE_TAGS = new Set(['script', 'style']);

/**
 * A piece of HTML as events. Only tokens are read, no tree is built: pieces may open what a later
 * piece closes, and no word changes its place. What the tokenizer would swallow (an unfinished tag,
 * an unclosed comment, CDATA) comes out as text.
 */
export function htmlEvents(html: string, line: number): Event[] {
	const reader = new Reader(html, line);
	const tokenizer = new Tokenizer({ sourceCodeLocationInfo: true }, reader);
	reader.enter = (state) => (tokenizer.state = state);
	tokenizer.write(html, true);
	reader.finish();
	return reader.events;
}

class Reader implements TokenHandler {
	readonly events: Event[] = [];
	enter: (state: Tokenizer['state']) => void = () => {};
	private readonly html: string;
	private readonly line: number;
	private end = 0;
	private lower: string | undefined;

	constructor(html: string, line: number) {
		this.html = html;
		this.line = line;
	}

	onStartTag(token: Token.TagToken): void {
		const tag = token.tagName;
		const attrs = Object.fromEntries(token.attrs.map(({ name, value }) => [name, value]));
		const line = this.passed(token);
		this.events.push({ kind: 'open', tag, attrs, line });
		if (token.selfClosing && !VOID_TAGS.has(tag) && tag.includes('-')) {
			this.events.push({ kind: 'close', tag, line });
		}
		if (CODE_TAGS.has(tag) && this.closesLater(tag)) this.enter(TokenizerMode.RAWTEXT);
	}

	onEndTag(token: Token.TagToken): void {
		this.events.push({ kind: 'close', tag: token.tagName, line: this.passed(token) });
	}

	onComment(token: Token.CommentToken): void {
		const start = token.location?.startOffset ?? this.end;
		const line = this.passed(token);
		const raw = this.html.slice(start, this.end);
		const attrs = { raw: raw.slice(0, 60) };
		if (/^<!--[^]*-->$/.test(raw) || /^<[?!]([^[-]|$)/.test(raw)) {
			this.events.push({ kind: 'open', tag: '!comment', attrs, line });
		} else this.say(raw.replace(/^<!\[CDATA\[([^]*?)(\]\]>)?$/, '$1'), line);
	}

	onDoctype(token: Token.DoctypeToken): void {
		this.events.push({ kind: 'open', tag: '!doctype', attrs: {}, line: this.passed(token) });
	}

	onCharacter(token: Token.CharacterToken): void {
		this.say(token.chars, this.passed(token));
	}

	onWhitespaceCharacter(token: Token.CharacterToken): void {
		this.say(token.chars, this.passed(token));
	}

	onNullCharacter(token: Token.CharacterToken): void {
		this.passed(token);
	}

	onEof(): void {}

	/** What was still open at the end of the piece was no markup after all. */
	finish(): void {
		if (this.end < this.html.length) this.say(this.html.slice(this.end), this.line);
	}

	private say(text: string, line: number): void {
		this.events.push({ kind: 'text', text, line, verbatim: false });
	}

	private passed(token: Token.Token): number {
		this.end = Math.max(this.end, token.location?.endOffset ?? this.end);
		return this.line + (token.location?.startLine ?? 1) - 1;
	}

	private closesLater(tag: string): boolean {
		this.lower ??= this.html.toLowerCase();
		return this.lower.lastIndexOf(`</${tag}`) >= this.end;
	}
}
