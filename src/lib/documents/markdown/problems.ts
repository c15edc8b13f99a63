/**
 * What an import could not take over as it was. `code` is stable, the page turns it into a sentence
 * (`documents_import_<code>`), `line` is the line of the source, from 1.
 *
 * - `image_as_text` `{what}`: the picture became its words, as a link where it has a public address.
 * - `link_dropped` `{to}`: the words stay, the address is not one we follow.
 * - `html_dropped` `{tag}`: a script, style, comment or declaration was left out.
 * - `html_ignored` `{tag}`: the words stay, the tag means nothing here.
 * - `attribute_ignored` `{tag, attribute}`: a tag was taken over, this attribute was not.
 * - `mark_dropped` `{mark}`: the words stay, the mark (such as strikethrough) does not exist here.
 * - `list_start` `{start}`: a numbered list that did not start at 1 now does.
 * - `flattened` `{what}`: deeper than the text can say (lists over 6 levels, quotes in quotes, …).
 * - `too_complex`: a passage with too much markup was taken over as plain words.
 * - `more` `{count}`: that many further problems are not listed.
 */
export interface Problem {
	code: string;
	params: Record<string, string | number>;
	line: number;
}

const MOST = 300;
const LONGEST_PARAM = 120;

/** Collects problems, each kind once per line and never more than a page can show. */
export class Problems {
	private readonly listed: Problem[] = [];
	private readonly seen = new Set<string>();
	private further = 0;

	add(code: string, line: number, params: Problem['params'] = {}): void {
		const said = Object.fromEntries(
			Object.entries(params).map(([name, value]) => [name, shortened(value)])
		);
		const once = JSON.stringify([code, line, said]);
		if (this.listed.length >= MOST) this.further++;
		else if (!this.seen.has(once)) {
			this.seen.add(once);
			this.listed.push({ code, params: said, line });
		}
	}

	/** All problems in the order of the source. */
	list(): Problem[] {
		const inOrder = this.listed.toSorted((a, b) => a.line - b.line);
		if (this.further === 0) return inOrder;
		return [...inOrder, { code: 'more', params: { count: this.further }, line: 0 }];
	}
}

function shortened(value: string | number): string | number {
	if (typeof value === 'number' || value.length <= LONGEST_PARAM) return value;
	return `${value.slice(0, LONGEST_PARAM)}…`;
}
