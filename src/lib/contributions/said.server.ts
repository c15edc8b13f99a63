import { findDocument } from '#lib/documents/documents.server.ts';
import { Forbidden, HouseError } from '#lib/errors.ts';
import type { SignedIn } from '#lib/people/actor.ts';
import { publicAddress } from '#lib/server/config.ts';
import type { House } from '#lib/server/house.ts';
import { hasDetail, readDetail, type DetailFields } from './details.ts';
import type { ContributionKind, Detail, SaidKind } from './kinds.ts';
import { mayGiveOpinion } from './policy.ts';
import type { ContributionRow } from './schema.server.ts';
import { noteNamed } from './shown-details.server.ts';

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
	const detail = await detailFrom(house, author, kind, input);
	if (kind === 'opinion') {
		if (!mayGiveOpinion(author)) throw new Forbidden('opinion_representatives');
		const held = author.capacities.filter((one) => one.kind === 'representative');
		const spoken = held.find((one) => one.id === capacity) ?? held[0]!;
		return { kind, detail, capacity: spoken.id };
	}
	return { kind, detail, capacity };
}

/**
 * Reads what somebody changed a remark to, besides its words, by the same rules (C13). A form without any
 * of the fields leaves it as it is; so does an empty address, where the note of this house that it named
 * cannot be read by its author any more and was not in the form.
 */
export async function readDetailAgain(
	house: House,
	author: SignedIn,
	{ kind, detail: before }: Pick<ContributionRow, 'kind' | 'detail'>,
	fields: DetailFields
): Promise<Detail | null> {
	if (!hasDetail(fields)) return before;
	const detail = await detailFrom(house, author, kind, fields);
	if (detail?.kind !== 'evidence' || detail.url !== null || detail.datasetId !== null)
		return detail;
	const datasetId = before?.kind === 'evidence' ? before.datasetId : null;
	if (datasetId === null || (await noteNamed(house, author, datasetId)) !== null) return detail;
	return { ...detail, datasetId };
}

/** A dataset note of this house that the author may read is named by its id, not by its address. */
async function detailFrom(
	house: House,
	author: SignedIn,
	kind: ContributionKind,
	fields: DetailFields
): Promise<Detail | null> {
	const { detail, slug } = readDetail(kind, fields, publicAddress(house.config));
	if (detail?.kind !== 'evidence' || slug === null) return detail;
	const datasetId = await datasetOf(house, author, slug);
	return datasetId ? { ...detail, url: null, datasetId } : detail;
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
