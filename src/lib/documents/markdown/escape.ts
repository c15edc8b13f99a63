/** Signs that may begin markup anywhere in a line of text. */
const ANYWHERE = /[\\`*_[\]<>~|]|!$/g;
/** What would be read as an entity. */
const ENTITY = /&(?=#?\w+;)/g;
/** What would become a link of its own. */
const ADDRESS = /:(?=\/\/)|(?<=mailto|xmpp):|(?<=www)\.|(?<=[\w.+-])@(?=[\w-])/gi;
/** Signs that make a line a heading, a list or a rule when they stand at its start. */
const AT_START = /^(?:#{1,6}(?=[ \t]|$)|[-+=]|\d{1,9}(?=[.)]))/;

/**
 * Text as Markdown that reads as exactly this text. `next` is what follows in the output: white space
 * there, and signs that only mean something before it, need care at the end.
 */
export function escapeText(text: string): string {
	return text
		.replaceAll('\0', '')
		.replace(ENTITY, '&amp;')
		.replace(ANYWHERE, '\\$&')
		.replace(ADDRESS, '\\$&')
		.replace(/[\t\r\uFEFF]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** The inline content of a block: white space at its edges as numbers, its start no markup. */
export function escapeEdges(markdown: string): string {
	const spaced = markdown
		.replace(/^ +/, (spaces) => '&#32;'.repeat(spaces.length))
		.replace(/ +$/, (spaces) => '&#32;'.repeat(spaces.length));
	const start = AT_START.exec(spaced)?.[0];
	if (start === undefined) return spaced;
	if (/^\d/.test(start)) return `${start}\\${spaced.slice(start.length)}`;
	return `\\${spaced}`;
}

/** Text as HTML that keeps every space (inside an element marked `verbatim` or in `<pre>`). */
export function escapeMarkup(text: string): string {
	return text.replaceAll('\0', '').replace(/[&<>\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}
