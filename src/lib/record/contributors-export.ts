import type { Contributors } from '#lib/documents/provenance/contributors.ts';
import type { Share } from '#lib/documents/provenance/shares.ts';

/** Who wrote a text, and which text that is. */
export interface Contributed extends Contributors {
	/** Null: the text as it was when this was asked. */
	version: number | null;
	contentHash: string;
	/** Epoch and row of the log. */
	row: string;
}

/** The fields of the shares as data, in their order. Names are stable: others build on them. */
export const SHARE_FIELDS = [
	'version',
	'content_hash',
	'by',
	'who',
	'capacity',
	'organisation',
	'people',
	'characters',
	'share'
] as const;
export type ShareRecord = Record<(typeof SHARE_FIELDS)[number], string | number | null>;

/**
 * The shares as data: once by capacity, once by contributor; each adds up to 1. `who` is a name where
 * somebody agreed to be named, else `unnamed`, `account_gone` or `beginning` (what was there before anybody
 * wrote in it).
 */
export function shareRecords(about: Contributed): ShareRecord[] {
	const record = (
		by: 'capacity' | 'contributor',
		{ characters, permille }: Share,
		more: Partial<ShareRecord>
	): ShareRecord => ({
		...{ version: about.version, content_hash: about.contentHash, by },
		...{ who: null, capacity: null, organisation: null, people: null },
		...{ characters, share: permille / 1_000, ...more }
	});
	const listed = (all: Array<string | null>) =>
		[...new Set(all)].filter(Boolean).join('; ') || null;
	const records = about.groups.map((share) =>
		share.group === 'begun'
			? record('capacity', share, { who: 'beginning' })
			: record('capacity', share, { capacity: share.group, people: share.people })
	);
	for (const share of about.named) {
		const capacity = listed(share.capacities.map(({ group }) => group));
		const organisation = listed(share.capacities.map(({ orgName }) => orgName));
		const more = { who: share.name, capacity, organisation, people: 1 };
		records.push(record('contributor', share, more));
	}
	const { unnamed, gone, begun } = about;
	if (unnamed) {
		records.push(record('contributor', unnamed, { who: 'unnamed', people: unnamed.people }));
	}
	if (gone) records.push(record('contributor', gone, { who: 'account_gone', people: gone.people }));
	if (begun) records.push(record('contributor', begun, { who: 'beginning' }));
	return records;
}
