import { findDocument } from '#lib/documents/documents.server.ts';
import { Forbidden, HouseError } from '#lib/errors.ts';
import type { SignedIn } from '#lib/people/actor.ts';
import { publicAddress } from '#lib/server/config.ts';
import type { House } from '#lib/server/house.ts';
import { readDetail, type DetailFields } from './details.ts';
import type { Detail, SaidKind } from './kinds.ts';
import { mayGiveOpinion } from './policy.ts';

/** What kind of remark somebody makes, what it says besides its words, and in which capacity. */
export interface Said {
	kind: SaidKind;
	detail: Detail | null;
	capacity: string | undefined;
}

/**
 * Reads what a new remark is (C13, C14). Forbidden `opinion_representatives`: a formal opinion is an
 * employee representative's, and speaks in that capacity whatever the form chose.
 */
export async function readSaid(
	house: House,
	author: SignedIn,
	input: DetailFields & { kind?: SaidKind | undefined; capacity?: string | undefined }
): Promise<Said> {
	const { kind = 'annotation', capacity } = input;
	const { detail, slug } = readDetail(kind, input, publicAddress(house.config));
	if (kind === 'opinion') {
		if (!mayGiveOpinion(author)) throw new Forbidden('opinion_representatives');
		const held = author.capacities.filter((one) => one.kind === 'representative');
		const spoken = held.find((one) => one.id === capacity) ?? held[0]!;
		return { kind, detail, capacity: spoken.id };
	}
	if (detail?.kind === 'evidence' && slug !== null) {
		const datasetId = await datasetOf(house, author, slug);
		return { kind, capacity, detail: datasetId ? { ...detail, url: null, datasetId } : detail };
	}
	return { kind, detail, capacity };
}

/** The dataset note at an address of this house that the author may read. */
async function datasetOf(house: House, author: SignedIn, slug: string): Promise<string | null> {
	try {
		const { document } = await findDocument(house, author, slug);
		return document.kind === 'dataset_note' ? document.id : null;
	} catch (error) {
		if (error instanceof HouseError) return null;
		throw error;
	}
}
