import { contributorsIn, type Contributors } from '#lib/documents/provenance/contributors.ts';
import { flatText, sharesOf } from '#lib/documents/provenance/shares.ts';
import { capacitiesThen } from '#lib/people/capacities-then.server.ts';
import { namesAgreed } from '#lib/people/naming.server.ts';
import type { House } from '#lib/server/house.ts';
import type { Provenance } from './provenance.server.ts';
import { branchesOf, stampsOf } from './sources.server.ts';

/**
 * Who wrote a text: the share of its characters by capacity and by contributor. Only those are named who
 * agree to it at this moment (V4).
 */
export async function contributorsOf(
	house: House,
	{ blocks, runs }: Pick<Provenance, 'blocks' | 'runs'>,
	locale: string
): Promise<Contributors> {
	const { db } = house.store;
	const people = runs.map(({ personId }) => personId);
	const [branches, names, spokenAs] = await Promise.all([
		branchesOf(db, runs),
		namesAgreed(db, people),
		capacitiesThen(db, people)
	]);
	const ids = [...branches.values()].flatMap(({ contributionId }) => contributionId ?? []);
	const stamps = await stampsOf(db, [...new Set(ids)]);
	const counted = sharesOf(runs, flatText(blocks), ({ branchId, personId, at }) => {
		const beginning = branches.get(branchId ?? '');
		const stamp = stamps.get(beginning?.contributionId ?? '');
		return beginning?.createdBy === personId && stamp ? stamp.capacity : spokenAs(personId, at);
	});
	return contributorsIn(counted, (personId) => names.get(personId), locale);
}
