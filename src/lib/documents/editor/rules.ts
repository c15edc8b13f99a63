/** What typing turns into structure, as in Markdown; Backspace right after takes it back. */
import { InputRule, inputRules } from 'prosemirror-inputrules';
import type { MarkType } from 'prosemirror-model';
import type { EditorState, Plugin, Transaction } from 'prosemirror-state';
import type { Kind } from './retype.ts';
import { nodeType, schema } from './schema.ts';

export function rules(): Plugin {
	const { strong, em, code } = schema.marks;
	return inputRules({
		rules: [
			atStart(/^(#{1,6})\s$/, (match) => ({ type: 'heading', level: match[1]!.length })),
			atStart(/^[-*+]\s$/, () => ({ type: 'item', list: 'bullet', level: 1 })),
			atStart(/^\d{1,3}[.)]\s$/, () => ({ type: 'item', list: 'ordered', level: 1 })),
			atStart(/^(§{1,4})\s$/, (match) => ({ type: 'clause', level: match[1]!.length })),
			atStart(/^>\s$/, () => ({ type: 'quote' })),
			atStart(/^```$/, () => ({ type: 'code' })),
			around(/(?<!\*)(\*\*)([^*\s](?:[^*]*[^*\s])?)\*\*$/, strong),
			around(/(?<![*\w])(\*)([^*\s](?:[^*]*[^*\s])?)\*$/, em),
			around(/(?<!`)(`)([^`]+)`$/, code)
		]
	});
}

/** A sign at the start of a paragraph that makes it something else. */
function atStart(sign: RegExp, kindOf: (match: RegExpMatchArray) => Kind): InputRule {
	return new InputRule(sign, (state, match, start, end) => {
		const block = state.doc.resolve(start).parent;
		if (block.type !== schema.nodes.paragraph) return null;
		const { type, ...attrs } = kindOf(match);
		const tr = state.tr.delete(start, end);
		return tr.setNodeMarkup(start - 1, nodeType(type), { ...attrs, id: block.attrs.id });
	});
}

/**
 * Signs around words that mark them. The signs go and the words stay, so that a comment on the
 * words survives; `end` is before the last sign, which is not in the text yet.
 */
function around(sign: RegExp, type: MarkType): InputRule {
	return new InputRule(sign, (state: EditorState, match, start, end): Transaction | null => {
		const [whole, open, words] = match as unknown as [string, string, string];
		if (state.doc.rangeHasMark(start, end, schema.marks.code)) return null;
		const from = start + whole.indexOf(words, open.length);
		const tr = state.tr.delete(from + words.length, end).delete(start, from);
		tr.addMark(start, start + words.length, type.create());
		return tr.removeStoredMark(type);
	});
}
