import { readDocument } from '#lib/documents/documents.server.ts';
import { HouseError } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import type { Detail } from './kinds.ts';
import { mayReadBody } from './policy.ts';
import type { ContributionRow } from './schema.server.ts';
import type { DetailView } from './views.ts';

/** What remarks say besides their words, as this person may see it, by id. */
export async function detailsOf(
	house: House,
	actor: Actor,
	rows: ContributionRow[]
): Promise<Map<string, DetailView>> {
	const details = new Map<string, DetailView>();
	for (const row of rows) {
		if (!row.detail || !mayReadBody(actor, row)) continue;
		details.set(row.id, await detailView(house, actor, row.detail));
	}
	return details;
}

/** One of them, also as it was before an edit; the caller asks who may read it. */
export async function detailView(house: House, actor: Actor, detail: Detail): Promise<DetailView> {
	if (detail.kind === 'risk') return detail;
	const { kind, source, url, datasetId } = detail;
	const dataset = datasetId === null ? null : await noteNamed(house, actor, datasetId);
	return { kind, source, url, dataset };
}

/** The name of a dataset note; one that this person may not read stays unnamed (null). */
export async function noteNamed(
	house: House,
	actor: Actor,
	id: string
): Promise<{ slug: string; title: string } | null> {
	try {
		const { slug, title } = (await readDocument(house, actor, id)).document;
		return { slug, title };
	} catch (error) {
		if (error instanceof HouseError) return null;
		throw error;
	}
}
