import { readLink } from '#lib/documents/text/blocks.ts';
import type { Open } from './events.ts';
import { type Frame, isRunning } from './frames.ts';
import type { Problems } from './problems.ts';
import {
	LOST_MARKS,
	MARK_TAGS,
	PLAIN_BLOCKS,
	QUIET_BLOCKS,
	TELLING_ATTRIBUTES,
	TRANSPARENT
} from './tags.ts';

const MAPPED = /^(h[1-6]|ul|ol|li|blockquote|pre|td|th|note)$/;

/** Reports what opening this element inside that frame loses, if anything. */
export function reportTag({ tag, attrs, line, of }: Open, parent: Frame, problems: Problems): void {
	const known = MAPPED.test(tag) || QUIET_BLOCKS.has(tag) || TRANSPARENT.has(tag);
	const lost = LOST_MARKS[tag];
	if (lost) problems.add('mark_dropped', line, { mark: lost });
	else if (!known && !MARK_TAGS[tag]) problems.add('html_ignored', line, { tag });
	if (tag === 'a' && attrs.href && !readLink(attrs.href)) {
		problems.add('link_dropped', line, { to: attrs.href });
	}
	if (attrs.start) problems.add('list_start', line, { start: attrs.start });
	if (of === undefined) {
		for (const attribute of TELLING_ATTRIBUTES) {
			if (attrs[attribute] !== undefined) {
				problems.add('attribute_ignored', line, { tag, attribute });
			}
		}
	}
	reportDepth(tag, line, parent, problems);
}

function reportDepth(tag: string, line: number, parent: Frame, problems: Problems): void {
	const flattened = (what: string) => problems.add('flattened', line, { what });
	const structure = MAPPED.test(tag) || tag === 'table';
	if (isRunning(parent) && structure && !PLAIN_BLOCKS.has(tag)) return flattened(tag);
	if ((tag === 'ul' || tag === 'ol') && parent.level >= 6) return flattened('list');
	if (tag === 'blockquote' && parent.place.kind !== 'paragraph') return flattened('quote');
	if (tag === 'li' && parent.place.kind === 'quote') return flattened('quote');
	if (tag === 'pre' && parent.place.kind !== 'paragraph') return flattened('code');
}
