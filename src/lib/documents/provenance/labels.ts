import { m } from '#lib/paraglide/messages.js';
import { capacityLabel } from '#lib/people/labels.ts';
import type { Way } from './runs.ts';
import type { Group } from './shares.ts';
import type { Source, Writer } from './source.ts';

/** What the ways in which words come into a text are called. */
export const wayLabel: Record<Way, () => string> = {
	begun: m.documents_way_begun,
	typed: m.documents_way_typed,
	suggested: m.documents_way_suggested,
	edited: m.documents_way_edited,
	restored: m.documents_way_restored
};

/** Who wrote it, in words: a name where there is one to be said. */
export function writerWords({ name, gone }: Writer): string {
	if (name !== null) return name;
	return gone ? m.documents_who_wrote_unknown() : m.documents_source_unnamed();
}

/** One sentence that says how these words came into the text, and by whom. */
export function sourceSentence({ way, writer, org }: Source): string {
	const name = writerWords(writer);
	if (way === 'typed') return m.documents_source_typed({ name });
	if (way === 'suggested') return m.documents_source_suggested({ name });
	if (way === 'edited') return m.documents_source_edited({ name });
	if (way === 'restored') return m.documents_source_restored_by({ name });
	return org ? m.documents_source_begun_for({ name, org }) : m.documents_source_begun({ name });
}

/** What shares of a text are gathered by. */
export function groupLabel(group: Group): string {
	if (group === 'begun') return m.documents_way_begun();
	return group === 'unknown' ? m.documents_group_unknown() : capacityLabel[group]();
}

/** Thousandths as per cent in the reader's language: "12.5 %". */
export function permilleWords(permille: number, locale: string): string {
	const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
	return (permille / 1_000).toLocaleString(locale, { style: 'percent', ...digits });
}
