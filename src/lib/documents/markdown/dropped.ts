import type { Event } from './events.ts';
import { CODE_TAGS } from './html.ts';
import type { Problems } from './problems.ts';

const INLINE = new Set('a em strong del code br sup sub span b i u'.split(' '));

/**
 * Leaves out scripts, styles, comments and declarations, and reports each. A script that is not
 * closed where it stands (in its paragraph or its piece of HTML) keeps its words as text.
 */
export function withoutCode(events: Event[], problems: Problems): Event[] {
	const kept: Event[] = [];
	const noCloseBefore = new Map<string, number>();
	for (let at = 0; at < events.length; at++) {
		const event = events[at]!;
		if (event.kind === 'text') {
			kept.push(event);
			continue;
		}
		if (event.tag.startsWith('!')) {
			if (event.kind === 'open')
				problems.add('html_dropped', event.line, { tag: event.tag.slice(1) });
			continue;
		}
		if (!CODE_TAGS.has(event.tag)) {
			kept.push(event);
			continue;
		}
		if (event.kind === 'close') continue;
		problems.add('html_dropped', event.line, { tag: event.tag });
		if (at < (noCloseBefore.get(event.tag) ?? 0)) continue;
		const end = closeOf(events, at, event.tag);
		if (end.found) at = end.at;
		else noCloseBefore.set(event.tag, end.at);
	}
	return kept;
}

function closeOf(events: Event[], from: number, tag: string): { found: boolean; at: number } {
	for (let at = from + 1; at < events.length; at++) {
		const event = events[at]!;
		if (event.kind === 'text') continue;
		if (event.kind === 'close' && event.tag === tag) return { found: true, at };
		const crossesMarkdown = event.of !== undefined && !INLINE.has(event.tag);
		if (crossesMarkdown) return { found: false, at };
	}
	return { found: false, at: events.length };
}
