import { readDocument } from '#lib/documents/documents.server.ts';
import { HouseError } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
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
		if (row.detail.kind === 'risk') {
			details.set(row.id, row.detail);
			continue;
		}
		const { kind, source, url, datasetId } = row.detail;
		const dataset = datasetId === null ? null : await titleOf(house, actor, datasetId);
		details.set(row.id, { kind, source, url, dataset });
	}
	return details;
}

/** A dataset note that this person may not read stays unnamed. */
async function titleOf(house: House, actor: Actor, id: string) {
	try {
		const { slug, title } = (await readDocument(house, actor, id)).document;
		return { slug, title };
	} catch (error) {
		if (error instanceof HouseError) return null;
		throw error;
	}
}
