import type { Event, Open } from './events.ts';

/**
 * Footnotes written in HTML: a raised link to `#x`, and an element with the id `x` that links back.
 * They become what Markdown's own footnotes are: `note-reference` and `note` events. The visible
 * number and the arrow back go, because every reading of the text makes them anew.
 */
export function withFootnotes(events: Event[]): Event[] {
	const ids = new Map<string, Open>();
	for (const event of events) {
		if (event.kind !== 'open' || event.of !== undefined || !event.attrs.id) continue;
		if (HOLDERS.has(event.tag) && !ids.has(event.attrs.id)) ids.set(event.attrs.id, event);
	}
	if (ids.size === 0) return events;
	const references = referencesTo(ids, events);
	if (references.length === 0) return events;
	return rewritten(events, references, ids);
}

const HOLDERS = new Set(['li', 'p', 'div', 'dd', 'aside', 'section']);

interface Reference {
	target: string;
	/** First and last event of the raised link, the `sup` around it included. */
	from: number;
	to: number;
	label: string;
	/** Ids by which the note links back. */
	ids: string[];
}

function referencesTo(ids: Map<string, Open>, events: Event[]): Reference[] {
	const references: Reference[] = [];
	events.forEach((event, at) => {
		const target = fragmentOf(event);
		if (target === undefined || !ids.has(target)) return;
		const end = linkEnd(events, at);
		if (end === -1) return;
		const [before, after] = [events[at - 1], events[end + 1]];
		const raisedAround = isTag(before, 'open', 'sup') && isTag(after, 'close', 'sup');
		const raisedWithin = isTag(events[at + 1], 'open', 'sup');
		if (!raisedAround && !raisedWithin) return;
		const own = [event, raisedAround ? before : events[at + 1]] as Open[];
		references.push({
			target,
			from: raisedAround ? at - 1 : at,
			to: raisedAround ? end + 1 : end,
			label: textBetween(events, at, end),
			ids: own.flatMap(({ attrs }) => attrs.id ?? [])
		});
	});
	return references;
}

function rewritten(events: Event[], references: Reference[], ids: Map<string, Open>): Event[] {
	const starts = new Map(references.map((reference) => [reference.from, reference]));
	const back = new Set(references.flatMap((reference) => reference.ids));
	const labels = new Map(references.map(({ target, label }) => [ids.get(target)!, label]));
	const out: Event[] = [];
	for (let at = 0; at < events.length; at++) {
		const event = events[at]!;
		const reference = starts.get(at);
		if (reference) {
			const attrs = { label: `#${reference.target}` };
			out.push({ kind: 'open', tag: 'note-reference', attrs, line: event.line });
			at = reference.to;
		} else if (event.kind === 'open' && labels.has(event)) {
			out.push({ ...event, attrs: { 'moot note': `#${event.attrs.id}` } });
			at = afterLabel(events, at, labels.get(event)!);
		} else if (back.has(fragmentOf(event) ?? '')) {
			const end = linkEnd(events, at);
			const arrow = end !== -1 && !/[\p{L}\p{N}]/u.test(textBetween(events, at, end));
			if (arrow) at = end;
			else out.push(event);
		} else out.push(event);
	}
	return out;
}

/** The last event of the note's own number at its start, or `at` when it does not begin with one. */
function afterLabel(events: Event[], at: number, label: string): number {
	let next = at + 1;
	while (isBlank(events[next])) next++;
	if (!isTag(events[next], 'open', 'sup')) return at;
	const number = events[next + 1];
	const closes = isTag(events[next + 2], 'close', 'sup');
	return closes && number?.kind === 'text' && number.text.trim() === label ? next + 2 : at;
}

function linkEnd(events: Event[], from: number): number {
	// A reference or an arrow is a few events long; anything longer is a link of another kind.
	for (let at = from + 1; at < Math.min(events.length, from + 8); at++) {
		if (isTag(events[at], 'close', 'a')) return at;
	}
	return -1;
}

function fragmentOf(event: Event): string | undefined {
	if (event.kind !== 'open' || event.tag !== 'a') return undefined;
	return event.attrs.href?.startsWith('#') ? event.attrs.href.slice(1) : undefined;
}

function isTag(event: Event | undefined, kind: 'open' | 'close', tag: string): boolean {
	return event?.kind === kind && event.tag === tag;
}

function isBlank(event: Event | undefined): boolean {
	return event?.kind === 'text' && event.text.trim() === '';
}

function textBetween(events: Event[], from: number, to: number): string {
	const between = events.slice(from, to);
	return between
		.map((event) => (event.kind === 'text' ? event.text : ''))
		.join('')
		.trim();
}
