import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginBranch } from '#lib/contributions/branches.server.ts';
import { acceptPartly, acceptTogether } from '#lib/decisions/accept.server.ts';
import { meetingWithDesk, type DeskMeeting } from '#lib/decisions/desk.testing.ts';
import { undoDecision } from '#lib/decisions/undo.server.ts';
import { visibleHunks } from '#lib/documents/branches/marks.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { weave } from '#lib/documents/branches/weave.ts';
import { flatText } from '#lib/documents/provenance/shares.ts';
import { freezeVersion } from '#lib/documents/versions.server.ts';
import { hideContribution } from '#lib/moderation/decide.server.ts';
import { grantCapacity, withdrawCapacity } from '#lib/people/capacities.server.ts';
import { createOrg } from '#lib/people/orgs.server.ts';
import { namedSince, setNamed } from '#lib/people/naming.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { person } from '#lib/people/schema.server.ts';
import { contributorsOf } from './contributors.server.ts';
import { readProvenance } from './provenance.server.ts';
import { sourcesOf, type Naming } from './sources.server.ts';
import { whereaboutsOf } from './whereabouts.server.ts';

let at: DeskMeeting;
beforeEach(async () => {
	at = await meetingWithDesk();
});
afterEach(() => at.close());

const REASON = 'The trial showed it.';
const inTeam = async <Input>(input: Input) =>
	[at.house, at.live, await at.as('ines'), at.document.id, input] as const;
const take = async (
	ids: string[],
	edits: Array<{ block: string; was: string; words: string }> = []
) => acceptTogether(...(await inTeam({ contributionIds: ids, reason: REASON, edits })));
const undo = async (decisionId: string) =>
	undoDecision(...(await inTeam({ decisionId, reason: 'Too early.' })));
const freeze = async () =>
	freezeVersion(at.house, at.live, await at.as('ines'), at.document.id, 'As it stands');
const provenance = (version: number | null = null) =>
	readProvenance(at.house, at.live, at.document, version);

/** The words of a text with the ways they came, run by run, where any of these words stand. */
async function told(around: string, version: number | null = null) {
	const found = await provenance(version);
	const text = flatText(found.blocks);
	const from = text.indexOf(around);
	if (from < 0) throw new Error(`“${around}” is not in the text.`);
	return found.runs
		.filter((run) => run.from < from + around.length && run.to > from)
		.map((run) => ({
			...run,
			words: text.slice(Math.max(run.from, from), Math.min(run.to, from + around.length))
		}));
}

async function sources(around: string, naming: Naming = 'agreed', version: number | null = null) {
	const found = await provenance(version);
	const runs = await told(around, version);
	return sourcesOf(at.house, at.document, found, runs, naming);
}

describe('runs', () => {
	test('V1 every character has its one run: the beginning, what is typed, what is taken in', async () => {
		await at.rewrite('every spring', 'twice a year');
		const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
		await take([wide.id]);
		const { runs, blocks } = await provenance();
		expect(runs[0]!.from).toBe(0);
		runs.forEach((run, place) => expect(run.from).toBe(runs[place - 1]?.to ?? 0));
		expect(runs.at(-1)!.to).toBe(flatText(blocks).length);
		const ways = (await told('within twenty metres of')).map(({ words, way }) => [words, way]);
		expect(ways).toEqual([
			['within ', 'begun'],
			['twenty metres', 'suggested'],
			[' of', 'begun']
		]);
		const [typed] = await told('twice a year');
		expect(typed).toMatchObject({ way: 'typed', personId: at.ids.ines, branchId: null });
	});

	test('V1 a version keeps its own runs while the text goes on', async () => {
		const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
		await take([wide.id]);
		const { number } = await freeze();
		await at.rewrite('twenty metres', 'a stone’s throw');
		expect(await told('twenty metres', number)).toMatchObject([
			{ way: 'suggested', personId: at.ids.ama, branchId: wide.branchId }
		]);
		expect(await told('a stone’s throw')).toMatchObject([{ way: 'typed' }]);
		await expect(provenance(7)).rejects.toMatchObject({ code: 'version_not_found' });
	});

	test('V1 a rebuilt text keeps who wrote, in which suggestion, and what it began with', async () => {
		const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
		await take([wide.id]);
		await at.rewrite('every spring', 'twice a year');
		const before = await freeze();
		const shape = ({ runs }: Awaited<ReturnType<typeof provenance>>) =>
			runs.map(({ at: _at, ...run }) => run);
		const was = shape(await provenance());
		await at.live.newEpoch(at.document.id);
		expect(shape(await provenance())).toEqual(was);
		expect(shape(await provenance(before.number))).toEqual(was);
	});

	test('V3 an acceptance taken back gives the words back to those whose they were', async () => {
		await at.rewrite('ten metres', 'eleven metres');
		const wide = await at.suggest('ama', ['within eleven metres', 'in sight']);
		const { id } = await take([wide.id]);
		expect((await told('trade in sight'))[1]).toMatchObject({ way: 'suggested', decisionId: id });
		const undone = await undo(id);
		const back = await told('trade within eleven metres of');
		expect(
			back.map(({ words, way, personId, restoredBy }) => [words, way, personId, restoredBy])
		).toEqual([
			['trade ', 'begun', at.ids.ines, null],
			['within ', 'begun', at.ids.ines, undone.id],
			['eleven metres', 'typed', at.ids.ines, undone.id],
			[' of', 'begun', at.ids.ines, null]
		]);
		const [, restored] = await sources('trade within eleven');
		expect(restored).toMatchObject({ way: 'begun', restored: { number: 2, reason: 'Too early.' } });
	});

	test('V3 words of a suggestion, taken away by another and put back, are the first one’s again', async () => {
		const first = await at.suggest('ama', ['ten metres', 'twenty metres']);
		const taken = await take([first.id]);
		const second = await at.suggest('jonas', ['twenty metres', 'sight']);
		await undo((await take([second.id])).id);
		expect((await told('twenty metres'))[0]).toMatchObject({
			...{ way: 'suggested', personId: at.ids.ama },
			...{ branchId: first.branchId, decisionId: taken.id }
		});
	});
});

describe('what is told of words', () => {
	test('V2 who suggested them, its thread and support, and the decision with its reason', async () => {
		await setNamed(at.house, await at.as('ama'), true);
		const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
		await take([wide.id]);
		const [source] = await sources('twenty metres');
		const page = `/documents/${at.document.slug}/suggestions/${wide.id}`;
		expect(source).toMatchObject({
			...{ words: 'twenty metres', way: 'suggested', takenDown: false, restored: null },
			writer: { name: 'ama', gone: false, capacity: { kind: 'citizen' } },
			suggestion: {
				...{ href: page, threadHref: `${page}#replies`, replies: 0, partly: false },
				tally: { support: 0, conditional: 0, against: 0 }
			},
			decision: { number: 1, reason: REASON, href: `/documents/${at.document.slug}/decisions/1` }
		});
	});

	test('A7 what was taken in part, or edited on top, credits both', async () => {
		const two = await at.suggest('ama', ['ten', 'twenty'], ['every spring', 'twice a year']);
		const { bytes } = await at.live.stateOf(at.document.id);
		const [row] = await at.house.store.db.select().from(branch).where(eq(branch.id, two.branchId));
		const [first] = visibleHunks(weave(bytes, [{ id: row!.id, update: row!.update! }]), row!.id);
		await acceptPartly(
			...(await inTeam({ contributionId: two.id, hunkKeys: [first!.key], reason: REASON }))
		);
		expect(await sources('twenty')).toMatchObject([
			{ way: 'suggested', suggestion: { partly: true } }
		]);
		const free = await at.suggest('jonas', ['two metres', 'three metres']);
		const was = (await at.words('c3')).replace('two metres', 'three metres');
		const words = was.replace('three metres', 'three full metres');
		await take([free.id], [{ block: 'c3', was, words }]);
		const found = await sources('three full metres', 'all');
		expect(found.map(({ words, way, writer }) => [words, way, writer.name])).toEqual([
			['three', 'suggested', 'jonas'],
			['full', 'edited', 'ines'],
			['metres', 'suggested', 'jonas']
		]);
		expect(found[1]).toMatchObject({ onTopOf: [{ writer: { name: 'jonas' } }], decision: {} });
	});

	test('V2 in the capacity of then, also when it was taken back since', async () => {
		const { house, ids } = at;
		const admin = await actorOf(
			house,
			(await at.make('eve', [{ kind: 'admin', scopeType: 'house', scopeId: null }])).id
		);
		const org = await createOrg(house, null, {
			name: 'Parks',
			kind: 'public_body',
			level: 'local'
		});
		await at.rewrite('trees', 'oaks');
		house.time.advance(1_000);
		await grantCapacity(house, admin, ids.ines, { kind: 'employee', orgId: org.id });
		house.time.advance(1_000);
		await at.rewrite('every spring', 'twice a year');
		house.time.advance(1_000);
		const held = (await at.as('ines')).capacities.find(({ kind }) => kind === 'employee')!;
		await withdrawCapacity(house, admin, ids.ines, held.id);
		house.time.advance(1_000);
		await at.rewrite('two metres', 'three metres');
		const capacities = await Promise.all(
			['oaks', 'twice a year', 'three metres'].map(async (words) => {
				const [source] = await sources(words);
				return [source!.writer.capacity?.kind, source!.writer.capacity?.orgName];
			})
		);
		expect(capacities).toEqual([
			['citizen', null],
			['employee', 'Parks'],
			['citizen', null]
		]);
	});

	test('V2 nothing of what is hidden since, but that it is', async () => {
		const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
		await take([wide.id]);
		await hideContribution(at.house, await at.as('mod'), { id: wide.id, reason: 'Not for here.' });
		const [source] = await sources('twenty metres');
		expect(source).toMatchObject({ suggestion: null, takenDown: true, decision: { number: 1 } });
		expect(JSON.stringify(source)).not.toContain(wide.id);
	});

	test('V2 nothing of private branches: their words are in no text', async () => {
		const { house, live, document, ids } = at;
		const own = await beginBranch(house, live, await at.as('ama'), document.id);
		await live.write(own.id, ids.ama, (body) => body.insert(0, 'A secret. '));
		const found = await provenance();
		expect(found.runs.some(({ branchId }) => branchId === own.id)).toBe(false);
		expect(flatText(found.blocks)).not.toContain('secret');
		const all = await sourcesOf(house, document, found, found.runs, 'all');
		expect(JSON.stringify(all)).not.toContain('secret');
	});

	test('V2 somebody whose account is gone is told as such, and their words stay', async () => {
		await at.house.store.db.delete(person).where(eq(person.id, at.ids.jonas));
		const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
		await take([wide.id]);
		await at.house.store.db.delete(person).where(eq(person.id, at.ids.ama));
		const [source] = await sources('twenty metres', 'all');
		expect(source!.writer).toMatchObject({ name: null, gone: true, capacity: { kind: 'citizen' } });
		const { gone, total } = await contributorsOf(at.house, await provenance(), 'en');
		expect(gone).toMatchObject({ people: 1, characters: 'twenty metres'.length });
		expect(total).toBeGreaterThan(100);
	});
});

describe('being named', () => {
	test('P15 nobody is, until they agree; taking it back holds from the next answer on', async () => {
		const ama = await at.as('ama');
		const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
		await take([wide.id]);
		const name = async () => (await sources('twenty metres'))[0]!.writer.name;
		const named = async () => {
			const found = await contributorsOf(at.house, await provenance(), 'en');
			return found.named.map((one) => one.name);
		};
		expect([await name(), await named()]).toEqual([null, []]);
		await setNamed(at.house, ama, true);
		await setNamed(at.house, ama, true);
		expect([await name(), await named()]).toEqual(['ama', ['ama']]);
		expect(await namedSince(at.house, ama)).toBe(at.house.clock());
		await setNamed(at.house, ama, false);
		expect([await name(), await named()]).toEqual([null, []]);
		const { unnamed } = await contributorsOf(at.house, await provenance(), 'en');
		expect(unnamed).toMatchObject({ people: 1, characters: 13 });
		await expect(setNamed(at.house, VISITOR, true)).rejects.toMatchObject({ code: 'signed_out' });
	});

	test('V4 shares add up to the whole text', async () => {
		await setNamed(at.house, await at.as('ama'), true);
		await at.rewrite('every spring', 'twice a year');
		await take([(await at.suggest('ama', ['ten metres', 'twenty metres'])).id]);
		await take([(await at.suggest('jonas', ['two metres', 'three metres'])).id]);
		const found = await contributorsOf(at.house, await provenance(), 'en');
		const { blocks } = await provenance();
		expect(found.total).toBe(flatText(blocks).replaceAll('\n', '').length);
		const people = [...found.named, found.unnamed!, found.begun!];
		for (const shares of [people, found.groups]) {
			expect(shares.reduce((sum, one) => sum + one.characters, 0)).toBe(found.total);
			expect(shares.reduce((sum, one) => sum + one.permille, 0)).toBe(1_000);
		}
		expect(found.unnamed).toMatchObject({ people: 2 });
	});
});

test('V5 a suggestion says how much of it stands where', async () => {
	const { house, live, document } = at;
	const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
	const where = () => whereaboutsOf(house, live, document, wide.id);
	expect(await where()).toBeNull();
	await take([wide.id]);
	expect(await where()).toEqual({ brought: 13, texts: [{ version: null, characters: 13 }] });
	const { number } = await freeze();
	await at.rewrite('twenty', 'thirty');
	expect(await where()).toEqual({
		brought: 13,
		texts: [
			{ version: null, characters: 7 },
			{ version: number, characters: 13 }
		]
	});
});
