import { hash } from 'node:crypto';
import type { UpdateRow } from './schema.server.ts';

/** What the first row of a document is chained to. */
export const NO_HASH = Buffer.alloc(32);

/** SHA-256. */
export function digest(bytes: Uint8Array): Buffer {
	return hash('sha256', bytes, 'buffer');
}

/** What the hash of a row covers, besides the update itself and the row before. */
export type Chained = Pick<
	UpdateRow,
	| 'documentId'
	| 'epoch'
	| 'seq'
	| 'personId'
	| 'client'
	| 'clockFrom'
	| 'clockLen'
	| 'at'
	| 'branchId'
	| 'acceptedBy'
	| 'decisionId'
>;

/**
 * The hash of a row: SHA-256 of the previous row's hash, the SHA-256 of the update, and the row's
 * facts as text. The update enters by its digest so that the chain still holds after an erasure.
 */
export function rowHash(prevHash: Uint8Array, updateDigest: Uint8Array, row: Chained): Buffer {
	const facts = `${row.documentId} ${row.epoch} ${row.seq} ${row.personId} ${row.client} ${row.clockFrom} ${row.clockLen} ${row.at}`;
	const { branchId, acceptedBy, decisionId } = row;
	const accepted = decisionId ? ` ${branchId} ${acceptedBy} ${decisionId}` : '';
	return digest(Buffer.concat([prevHash, updateDigest, Buffer.from(facts + accepted)]));
}

/** The number of the first row that breaks the chain (or leaves a gap), or null when it holds. */
export function brokenAt(rows: UpdateRow[]): number | null {
	let previous: UpdateRow | undefined;
	for (const row of rows) {
		const gap = previous && row.seq !== previous.seq + 1;
		const unlinked = previous && !previous.hash.equals(row.prevHash);
		const content = row.erased ? row.update : digest(row.update);
		if (gap || unlinked || !rowHash(row.prevHash, content, row).equals(row.hash)) return row.seq;
		previous = row;
	}
	return null;
}
