import { m } from '#lib/paraglide/messages.js';
import type { Problem } from './markdown/problems.ts';

/** What an import could not take over, as a sentence. `line` is told apart from it. */
const WORDS: Record<string, (params: Record<string, string>) => string> = {
	image_as_text: ({ what = '' }) => m.documents_import_image_as_text({ what }),
	link_dropped: ({ to = '' }) => m.documents_import_link_dropped({ to }),
	html_dropped: ({ tag = '' }) => m.documents_import_html_dropped({ tag }),
	html_ignored: ({ tag = '' }) => m.documents_import_html_ignored({ tag }),
	attribute_ignored: ({ tag = '', attribute = '' }) =>
		m.documents_import_attribute_ignored({ tag, attribute }),
	mark_dropped: ({ mark = '' }) => m.documents_import_mark_dropped({ mark }),
	list_start: ({ start = '' }) => m.documents_import_list_start({ start }),
	flattened: ({ what = '' }) => m.documents_import_flattened({ what }),
	too_complex: () => m.documents_import_too_complex(),
	more: ({ count = '' }) => m.documents_import_more({ count })
};

/** The sentence for a problem, in the reader's language. */
export function problemText({ code, params }: Problem): string {
	const texts = Object.fromEntries(
		Object.entries(params).map(([name, value]) => [name, String(value)])
	);
	return (WORDS[code] ?? (() => m.documents_import_other({ code })))(texts);
}
