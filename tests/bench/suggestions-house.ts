/** Makes the house that suggestions are measured on: a long text, a crowd's suggestions and its ratings. */
import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import * as Y from 'yjs';
import { VALUES } from '../../src/lib/ballots/ratings.ts';
import { rating } from '../../src/lib/ballots/schema.server.ts';
import { passageHash } from '../../src/lib/ballots/thing.server.ts';
import { contribution } from '../../src/lib/contributions/schema.server.ts';
import { crowd } from '../../src/lib/documents/branches/crowd.testing.ts';
import { branch } from '../../src/lib/documents/branches/schema.server.ts';
import { createLiveEngine } from '../../src/lib/documents/live/engine.server.ts';
import { openBody } from '../../src/lib/documents/text/body.ts';
import type { Delta } from '../../src/lib/documents/text/blocks.ts';
import { VISITOR } from '../../src/lib/people/actor.ts';
import { Bus } from '../../src/lib/server/bus.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { openStore } from '../../src/lib/server/db/store.ts';
import type { House } from '../../src/lib/server/house.ts';
import { fillDraftHouse } from '../support/draft-house.ts';

const PEOPLE = 200;
const EACH = 50;
const CITIZEN = { kind: 'citizen', orgId: null, orgName: null } as const;
/** Rows that one statement writes. */
const AT_ONCE = 500;

/** A database with a text of 10,000 words, 1,000 open suggestions on it and 10,000 ratings. */
export async function suggestionsHouse() {
	const file = join(await mkdtemp(join(tmpdir(), 'folkmoot-suggestions-')), 'bench.sqlite');
	const words = new Y.Doc();
	const body = openBody(words);
	Y.applyUpdate(words, crowd().fork);
	const filled = await fillDraftHouse({ file }, 1, body.toDelta() as Delta, PEOPLE);

	const store = await openStore({ file });
	const log = pino({ level: 'silent' });
	const house: House = { store, config: readConfig({}), log, bus: new Bus(), clock: Date.now };
	const live = createLiveEngine({
		house,
		rightsOf: async () => 'write',
		actorOfCookie: async () => VISITOR
	});
	const { documentId } = filled;
	const main = await live.read(documentId);
	const now = Date.now();
	// The crowd's branches stand on a text of their own making: here they are made anew on this one.
	const { branches } = crowd({ state: Buffer.from((await live.stateOf(documentId)).bytes) });
	const hashes = new Map(main.blocks.map((block) => [`clause:${block.id}`, passageHash(block)]));
	const suggestions = branches.map(({ update }, index) => {
		const at = now - 1_000_000 + index;
		const id = `suggestion${index}`;
		const contentHash = createHash('sha256').update(update).digest('hex');
		hashes.set(`suggestion:${id}`, contentHash);
		const common = { createdAt: at, changedAt: at };
		const personId = filled.citizens[index % PEOPLE]!.id;
		return {
			said: {
				...({
					...common,
					id,
					personId,
					documentId,
					kind: 'suggestion',
					capacity: CITIZEN
				} as const),
				...({ targetType: 'document', targetId: documentId, termsVersion: 'bench' } as const),
				...({ body: 'Because it reads better.', wholeBlock: true, status: 'published' } as const),
				idempotencyKey: `key-${index}`
			},
			branch: {
				...{ ...common, id: `branch${index}`, documentId, epoch: main.epoch, baseSeq: main.seq },
				...{ createdBy: personId, contributionId: id, publishedAt: at },
				...{ update: Buffer.from(update), contentHash }
			}
		};
	});
	const things = [...hashes];
	const ratings = filled.citizens.flatMap(({ id: personId }, person) =>
		Array.from({ length: EACH }, (_, which) => {
			// A prime step leads each person to other things, and everybody to each thing once.
			const [key, textHash] = things[(person * EACH + which * 7) % things.length]!;
			const [targetType, targetId] = key.split(':') as ['clause' | 'suggestion', string];
			return {
				...{ id: `rating${person}x${which}`, documentId, targetType, targetId, personId },
				...{ criterion: 'support', value: VALUES[(person + which) % VALUES.length]! },
				...{ capacity: CITIZEN, capacityKind: 'citizen', textHash, seq: main.seq },
				...{ createdAt: now, changedAt: now }
			};
		})
	);
	await store.transact(async (tx) => {
		for (let at = 0; at < suggestions.length; at += AT_ONCE) {
			const some = suggestions.slice(at, at + AT_ONCE);
			await tx.insert(contribution).values(some.map(({ said }) => said));
			await tx.insert(branch).values(some.map((one) => one.branch));
		}
		for (let at = 0; at < ratings.length; at += AT_ONCE) {
			await tx.insert(rating).values(ratings.slice(at, at + AT_ONCE));
		}
	});
	await live.close();
	await store.close();
	return { file, ...filled, ratings: ratings.length, suggestions: suggestions.length };
}
