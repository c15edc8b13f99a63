import type { Entry } from './views.ts';

/** The fields of the ledger as data, in their order. Names are stable: others build on them. */
export const FIELDS = [
	'id',
	'kind',
	'status',
	'clause',
	'block',
	'author',
	'capacity',
	'organisation',
	'made_at',
	'words',
	'about',
	'change',
	'replies',
	'outcome',
	'answered_at',
	'decision',
	'reason',
	'merged_into',
	'url'
] as const;
export type Field = (typeof FIELDS)[number];
export type LedgerRecord = Record<Field, string | number | null>;

/** An entry as data. Times are ISO 8601 in UTC; `outcome` is `waiting` until there is one. */
export function toRecord(entry: Entry, origin: string): LedgerRecord {
	return {
		id: entry.id,
		kind: entry.kind,
		status: entry.status,
		clause: entry.number,
		block: entry.blockId,
		author: entry.author,
		capacity: entry.capacity.kind,
		organisation: entry.capacity.orgName,
		made_at: time(entry.createdAt),
		words: entry.body,
		about: entry.quote,
		change: entry.change ? changeWords(entry.change.parts) : null,
		replies: entry.replies,
		outcome: entry.outcome ?? 'waiting',
		answered_at: entry.answeredAt === null ? null : time(entry.answeredAt),
		decision: entry.decision?.number ?? null,
		reason: entry.decision?.reason ?? null,
		merged_into: entry.mergedInto,
		url: `${origin}${entry.href}`
	};
}

function time(at: number): string {
	return new Date(at).toISOString();
}

/** A change in plain signs: `within [-ten-]{+twenty+} metres`. */
function changeWords(parts: NonNullable<Entry['change']>['parts']): string {
	return parts
		.map(({ kind, text }) =>
			kind === 'same' ? text : kind === 'ins' ? `{+${text}+}` : `[-${text}-]`
		)
		.join('');
}

/** A line of CSV (RFC 4180). */
export function csvLine(cells: readonly (string | number | null)[]): string {
	return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A cell that no spreadsheet takes for a formula: what might be one begins with an apostrophe. */
export function csvCell(value: string | number | null): string {
	if (value === null) return '';
	const text = String(value);
	const safe = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) || /^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
