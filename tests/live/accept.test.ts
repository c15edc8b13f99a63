import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { mergeBranches } from '#lib/documents/branches/accept.ts';
import { acceptedRows } from '#lib/documents/branches/accepted.server.ts';
import { branchUpdate, openBranch } from '#lib/documents/branches/branch.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import type { AcceptedRow, Standing } from '#lib/documents/live/acceptance.server.ts';
import { createLiveEngine } from '#lib/documents/live/engine.server.ts';
import { brokenAt } from '#lib/documents/live/chain.server.ts';
import { Leases } from '#lib/documents/live/leases.server.ts';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { openBody } from '#lib/documents/text/body.ts';
import { Conflict } from '#lib/errors.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { appendEvent } from '#lib/server/events.ts';
import { event } from '#lib/server/schema.server.ts';
import { allSaved, converged, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
beforeEach(async () => void (here = await stage()));
afterEach(() => here.close());

const WORDS = Array.from({ length: 20 }, (_, index) => `word${index}`);

/** Puts a paragraph of twenty words into the text, to be suggested on. */
async function paragraph() {
	await here.engine.write(DOCUMENT, 'founder', (body) => body.insert(0, `${WORDS.join(' ')} `));
}

/** Twenty people suggest: each one another word; of fifteen on, each the word that fourteen has as well. */
async function suggested(count = 20) {
	const { bytes, epoch } = await here.engine.stateOf(DOCUMENT);
	const all = [];
	for (let index = 0; index < count; index += 1) {
		const id = `branch${index}`;
		const personId = `suggester${index}`;
		const leases = new Leases(here.house, DOCUMENT, epoch, id);
		const [client] = await leases.grant({ personId, sessionId: 's' }, 1);
		const fork = openBranch(bytes);
		fork.doc.clientID = client!;
		const word = WORDS[Math.min(index, 14)]!;
		const at = fork.body.toString().indexOf(`${word} `);
		fork.doc.transact(() => {
			fork.body.delete(at, word.length);
			fork.body.insert(at, `SUGGESTED${index}`);
		});
		await here.house.store.db.insert(branch).values({
			id,
			documentId: DOCUMENT,
			epoch,
			baseSeq: 1,
			createdBy: personId,
			createdAt: 0,
			changedAt: 0
		});
		all.push({ id, update: branchUpdate(fork) });
	}
	return all;
}

const said = (tx: Parameters<typeof appendEvent>[0], verb: string) =>
	appendEvent(tx, { at: 1, personId: 'team', verb, targetType: 'decision', targetId: 'd' });

async function accept(
	branches: Array<{ id: string; update: Uint8Array }>,
	record = (tx: Parameters<typeof appendEvent>[0]): Promise<unknown> => said(tx, 'decision.made'),
	decisionId = 'decision'
) {
	return here.engine.accept(DOCUMENT, async (main: Standing) => {
		const merge = mergeBranches(main.state, branches);
		const rows = await acceptedRows(here.house.store.db, DOCUMENT, merge);
		return {
			decisionId,
			acceptedBy: 'team',
			rows,
			record: async (tx) => void (await record(tx))
		};
	});
}

const verbs = async () =>
	(await here.house.store.db.select().from(event)).map(({ verb }) => verb).sort();
const rowsOf = () =>
	here.house.store.db
		.select()
		.from(documentUpdate)
		.where(eq(documentUpdate.documentId, DOCUMENT))
		.orderBy(asc(documentUpdate.seq));

it('L9: fifteen of twenty are accepted in one act while two keep typing in that paragraph', async () => {
	await paragraph();
	const all = await suggested();
	const [ada, ben] = [here.join('ada'), here.join('ben')];
	await until(() => ada.writable && ben.writable, 'both may write');
	let typed = 0;
	const typing = setInterval(() => {
		typed += 1;
		ada.body.insert(ada.body.toString().indexOf('word15') + 6, 'å');
		ben.body.insert(ben.body.toString().indexOf('word17'), 'ß');
	}, 3);
	await until(() => typed > 20, 'both are at it');
	const rows = await accept(all.slice(0, 15));
	await until(() => typed > 60, 'both go on');
	clearInterval(typing);
	await allSaved(ada, ben);
	const text = await converged(ada, ben);

	expect(rows.to - rows.from + 1).toBe(15);
	for (const index of WORDS.keys()) {
		expect(text.includes(`SUGGESTED${index} `)).toBe(index < 15);
		expect(text.includes(`${WORDS[index]} `) || index > 14).toBe(index > 14);
	}
	expect(text.split('å').length - 1).toBe(typed);
	expect(text.split('ß').length - 1).toBe(typed);
	expect(text).toContain(`word15${'å'.repeat(typed)} word16 ${'ß'.repeat(typed)}word17`);

	const from = text.indexOf('SUGGESTED3 ');
	const authors = await here.engine.authorsOf(DOCUMENT, from, from + 10);
	expect(authors.map(({ personId }) => personId)).toEqual(['suggester3']);
	const log = await rowsOf();
	expect(brokenAt(log)).toBeNull();
	const accepted = log.filter(({ decisionId }) => decisionId === 'decision');
	expect(accepted.map(({ seq }) => seq)).toEqual(
		Array.from({ length: 15 }, (_, index) => rows.from + index)
	);
	expect(accepted[4]).toMatchObject({
		personId: 'suggester4',
		branchId: 'branch4',
		acceptedBy: 'team'
	});
	expect(await verbs()).toEqual(['decision.made']);
	await here.restart();
	expect((await here.engine.read(DOCUMENT)).body.toString()).toBe(text);
});

it('L10: when the record fails nothing is written, and those who type do not notice', async () => {
	await paragraph();
	const all = await suggested(2);
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const before = (await here.engine.read(DOCUMENT)).body.toString();
	const failing = accept(all, async (tx) => {
		await said(tx, 'decision.made');
		ada.body.insert(0, 'meanwhile ');
		await new Promise((next) => setTimeout(next, 60));
		throw new Conflict('already_answered', { count: 1 });
	});
	await expect(failing).rejects.toMatchObject({ code: 'already_answered' });
	await allSaved(ada);
	expect(ada.state).toBe('saved');
	expect((await here.engine.read(DOCUMENT)).body.toString()).toBe(`meanwhile ${before}`);
	expect(await verbs()).toEqual([]);
	expect(brokenAt(await rowsOf())).toBeNull();
	await accept(all);
	expect((await here.engine.read(DOCUMENT)).body.toString()).toContain('SUGGESTED1');
});

it('L11: of two that accept at once the second sees what the first did', async () => {
	await paragraph();
	const all = await suggested(16);
	let taken = false;
	const once = async (tx: Parameters<typeof appendEvent>[0]) => {
		if (taken) throw new Conflict('already_answered', { count: 1 });
		taken = true;
		await said(tx, 'decision.made');
	};
	const both = await Promise.allSettled([
		accept([all[14]!], once, 'first'),
		accept([all[15]!], once, 'second')
	]);
	expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
	const text = (await here.engine.read(DOCUMENT)).body.toString();
	expect(text).toContain('SUGGESTED14');
	expect(text).not.toContain('SUGGESTED15');
	expect(await verbs()).toEqual(['decision.made']);
});

it('L12: words that do not stand on this text are refused before anything is written', async () => {
	await paragraph();
	const foreign = new Y.Doc();
	foreign.clientID = 77;
	openBody(foreign).insert(0, 'nowhere');
	const first = Y.encodeStateAsUpdate(foreign);
	openBody(foreign).insert(7, ' near');
	const later = Y.diffUpdate(Y.encodeStateAsUpdate(foreign), Y.encodeStateVectorFromUpdate(first));
	const row: AcceptedRow = {
		personId: 'x',
		branchId: 'x',
		client: 77,
		clockFrom: 7,
		clockLen: 5,
		update: later
	};
	const { seq } = await here.engine.read(DOCUMENT);
	await expect(
		here.engine.accept(DOCUMENT, () => ({
			decisionId: 'd',
			acceptedBy: 'team',
			rows: [row],
			record: async () => undefined
		}))
	).rejects.toMatchObject({ code: 'branch_out_of_place' });
	expect((await here.engine.read(DOCUMENT)).seq).toBe(seq);
});

it('L13: an acceptance taken back restores the text, keeps what others wrote since, and is in the log', async () => {
	await paragraph();
	const before = (await here.engine.read(DOCUMENT)).body.toString();
	const all = await suggested(3);
	const rows = await accept(all);
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	ada.body.insert(ada.body.toString().indexOf('word9'), 'since ');
	await allSaved(ada);
	await expect(
		here.engine.revert(DOCUMENT, {
			...rows,
			personId: 'team',
			decisionId: 'undo',
			record: () => Promise.reject(new Conflict('already_undone'))
		})
	).rejects.toMatchObject({ code: 'already_undone' });
	expect((await here.engine.read(DOCUMENT)).body.toString()).toContain('SUGGESTED1');
	await here.engine.revert(DOCUMENT, {
		...rows,
		personId: 'team',
		decisionId: 'undo',
		record: async (tx) => void (await said(tx, 'decision.undone'))
	});
	const text = (await here.engine.read(DOCUMENT)).body.toString();
	expect(text).toBe(before.replace('word9', 'since word9'));
	await until(() => ada.body.toString() === text, 'ada sees it');
	const log = await rowsOf();
	expect(brokenAt(log)).toBeNull();
	expect(log.at(-1)).toMatchObject({ decisionId: 'undo', acceptedBy: 'team', branchId: null });
	expect(await verbs()).toEqual(['decision.made', 'decision.undone']);
});

it('the text as it stood is read from the log, also behind a snapshot', async () => {
	const states: string[] = [];
	for (let turn = 0; turn < 6; turn += 1) {
		await here.engine.write(DOCUMENT, 'founder', (body) => body.insert(0, `${turn} `));
		states.push((await here.engine.read(DOCUMENT)).body.toString());
		if (turn === 3) await here.restart();
	}
	const { seq } = await here.engine.read(DOCUMENT);
	for (const [turn, text] of states.entries()) {
		const doc = new Y.Doc();
		const body = openBody(doc);
		Y.applyUpdate(doc, await here.engine.stateAt(DOCUMENT, seq - 5 + turn));
		expect(body.toString()).toBe(text);
	}
	await expect(here.engine.stateAt(DOCUMENT, seq + 1)).rejects.toMatchObject({
		code: 'state_not_found'
	});
});

it.each(['before', 'after'] as const)(
	'L14: killed %s the commit, an acceptance is there with its record or not at all',
	async (moment) => {
		await paragraph();
		const all = await suggested(2);
		const { store } = here.house;
		const transact = store.transact.bind(store);
		let reached = false;
		const hang = () => {
			reached = true;
			return new Promise<never>(() => undefined);
		};
		// The process stops here for good: what it held in memory is never heard of again.
		const stopped = Object.assign(Object.create(store) as typeof store, {
			transact: async <T>(work: Parameters<typeof store.transact<T>>[0]): Promise<T> => {
				if (moment === 'before') return hang();
				await transact(work);
				return hang();
			}
		});
		const dying = createLiveEngine({
			house: { ...here.house, store: stopped },
			rightsOf: async () => 'write',
			actorOfCookie: async () => VISITOR
		});
		await dying.read(DOCUMENT);
		void dying.accept(DOCUMENT, async ({ state }) => ({
			decisionId: 'decision',
			acceptedBy: 'team',
			rows: await acceptedRows(store.db, DOCUMENT, mergeBranches(state, all)),
			record: async (tx) => void (await said(tx, 'decision.made'))
		}));
		await until(() => reached, 'it has come so far');

		await here.restart();
		const text = (await here.engine.read(DOCUMENT)).body.toString();
		const accepted = (await rowsOf()).filter(({ decisionId }) => decisionId === 'decision');
		const done = moment === 'after';
		expect(text.includes('SUGGESTED0') && text.includes('SUGGESTED1')).toBe(done);
		expect(accepted).toHaveLength(done ? 2 : 0);
		expect(await verbs()).toEqual(done ? ['decision.made'] : []);
		expect(brokenAt(await rowsOf())).toBeNull();
		if (!done) await accept(all);
		expect((await here.engine.read(DOCUMENT)).body.toString()).toContain('SUGGESTED1');
	}
);
