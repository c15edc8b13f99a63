import { addParty } from '#lib/challenges/parties.server.ts';
import { createDocument } from '#lib/documents/documents.server.ts';
import { createLiveEngine } from '#lib/documents/live/engine.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { liveRightOf } from '#lib/documents/rights.server.ts';
import type { Delta } from '#lib/documents/text/blocks.ts';
import { VISITOR, type Actor, type Duty } from '#lib/people/actor.ts';
import { createPerson } from '#lib/people/registration.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import type { Config } from '#lib/server/config.ts';
import { freshHouse } from '#tests/support/house.ts';
import { annotate } from './annotate.server.ts';

const SENTENCES = [
	'Every shaded stop is public.',
	'Street vendors may trade within ten metres of a shaded stop.',
	'A passage of two metres stays free for people walking.',
	'The city counts the trees every spring.'
];

/** Four numbered clauses, `c1` to `c4`. */
export const CLAUSES: Delta = SENTENCES.flatMap((sentence, at) => [
	{ insert: sentence },
	{ insert: '\n', attributes: { block: { id: `c${at + 1}`, type: 'clause', level: 1 } } }
]);

/**
 * A house with a document that four clauses long is open to remarks, on a real live engine: Ines leads
 * it, Ama and Jonas are citizens, Mod moderates the house; the cookie `person=<id>` is theirs on a socket.
 * For tests of this area and of those that build on it.
 */
export async function meeting(settings: Partial<Config> = {}, text: Delta = CLAUSES) {
	const house = await freshHouse(settings);
	const live = createLiveEngine({
		house,
		rightsOf: (personId, documentId) => liveRightOf(house, personId, documentId),
		actorOfCookie: async (cookie) => {
			const id = /person=(\w+)/.exec(cookie)?.[1];
			return id ? actorOf(house, id) : VISITOR;
		},
		timing: { window: 0 }
	});
	const make = (name: string, duties: Duty[] = []) =>
		createPerson(house, { name, email: `${name}@meravia.example`, duties });
	const everywhere = (kind: Duty['kind']): Duty => ({ kind, scopeType: 'house', scopeId: null });
	const ids = {
		ines: (await make('ines', [everywhere('innovation_lead')])).id,
		ama: (await make('ama')).id,
		jonas: (await make('jonas')).id,
		mod: (await make('mod', [everywhere('moderator')])).id
	};
	const as = (name: keyof typeof ids): Promise<Actor> => actorOf(house, ids[name]);
	const about = { summary: '', kind: 'policy', language: 'en', licence: 'CC-BY-4.0' } as const;
	const document = await createDocument(
		house,
		live,
		await as('ines'),
		{ title: 'Shade', ...about },
		text
	);
	await moveStage(house, live, await as('ines'), document.id, {
		to: 'co_drafting',
		reason: 'Open.',
		closes: ''
	});

	let keys = 0;
	const key = () => `test-key-${(keys += 1)}`;
	/** Annotates the first place where these words stand. */
	const say = async (name: keyof typeof ids, quote: string, body = 'A remark.', more = {}) => {
		house.time.advance(20_000);
		const { seq, body: now } = await live.read(document.id);
		const from = now.toString().indexOf(quote);
		const seen = { from, to: from + quote.length, quote, seq, body, key: key(), ...more };
		return annotate(house, live, await as(name), document.id, seen);
	};
	/** Changes words of the living text as Ines would. */
	const rewrite = (words: string, by: string) =>
		live.write(document.id, ids.ines, (body) => {
			const at = body.toString().indexOf(words);
			body.delete(at, words.length);
			body.insert(at, by);
		});
	return {
		house,
		live,
		document,
		ids,
		as,
		key,
		say,
		rewrite,
		make,
		async bringIn(personId: string, part: 'owner' | 'co_drafter') {
			const of = { targetType: 'document', targetId: document.id, personId, part } as const;
			await house.store.transact((tx) => addParty(tx, of, { by: null, at: house.clock() }));
		},
		async close() {
			await live.close();
			await house.close();
		}
	};
}

export type Meeting = Awaited<ReturnType<typeof meeting>>;
