import * as Y from 'yjs';
import type { Refusal } from '#lib/documents/messages.ts';
import { openBody } from '#lib/documents/text/body.ts';
import { mutate } from '#tests/live/updates.ts';
import type { Answer, BareClient } from './wire.ts';

/** What all attackers together have seen. */
export interface Harvest {
	/** Mutated updates that the server gave its verdict on. */
	judged: number;
	refused: number;
	/** How many of the refused lost their connection with it. */
	dropped: number;
	accepted: number;
	/** Connections that ended without a word about the update that was sent. */
	silent: number;
	reasons: Map<string, number>;
	/** From sending to the refusal, ms. */
	waits: number[];
	/** Updates that were accepted; only these may be in the log. */
	taken: Set<string>;
}

export const newHarvest = (): Harvest => ({
	judged: 0,
	refused: 0,
	dropped: 0,
	accepted: 0,
	silent: 0,
	reasons: new Map(),
	waits: [],
	taken: new Set()
});

const MOST_WAITS = 200_000;
const FEW_EDITS = 10;
const MOST_USES = 100;

/** A way to the engine: over the wire, or straight to its door. */
export type Caller = Pick<BareClient, 'isClosed' | 'closed' | 'welcome' | 'open' | 'edit' | 'end'>;

interface Target {
	call: (onEvent: (name: string, payload: never) => void) => Caller;
	random: () => number;
	/** The draft to attack now; null when there is enough. A draft does not come back once left. */
	draft: () => string | null;
}

/**
 * Sends damaged copies of honest updates, one after the other, each on top of the text as the server
 * has it; comes back after every refusal, as long as there is a draft to attack.
 */
export async function attack(target: Target, harvest: Harvest): Promise<void> {
	const { random } = target;
	let samples = new Samples(random);
	let last: string | null = null;
	let n = 0;
	for (;;) {
		const document = target.draft();
		if (document === null) return;
		if (document !== last) samples = new Samples(random);
		last = document;
		let tag = 0;
		let heard: ((code: string | null) => void) | null = null;
		const client = target.call((name, payload) => {
			if (name === 'refused') heard?.((payload as Refusal).code);
			else if (name === 'saved' && (payload as { n: number }).n === n) heard?.(null);
			else if (name === 'frame') {
				const { saved } = payload as { saved: number[] };
				const at = saved.findIndex((one, place) => place % 2 === 0 && one === tag);
				if (at >= 0 && saved[at + 1] === n) heard?.(null);
			}
		});
		const answer = (await client.welcome())
			? await client.open(document, 'write', samples.wish())
			: null;
		if (!answer || answer.refusal) {
			client.end();
			await new Promise((next) => setTimeout(next, 200 * (0.5 + random())));
			continue;
		}
		({ tag } = answer.opened);
		samples.opened(answer);
		while (target.draft() === document && !client.isClosed) {
			n += 1;
			const update = mutate(samples.one(), samples.seen, random);
			const sent = performance.now();
			const code = await Promise.race([
				new Promise<string | null>((done) => {
					heard = done;
					client.edit(document, n, update, n % 3 === 0);
				}),
				client.closed.then(() => 'silent')
			]);
			note(harvest, code, update, performance.now() - sent);
			if (code !== null) {
				if (code.startsWith('update_') && (await wasDropped(client))) harvest.dropped += 1;
				break;
			}
			// What it inserts has moved its clock: the next ones are made on what the server has now.
			samples.stale = true;
			if (random() < 0.5) break;
		}
		client.end();
	}
}

/** Whether the server ends the connection of who was refused. */
async function wasDropped({ closed }: Caller): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const kept = new Promise<false>((done) => (timer = setTimeout(() => done(false), 10_000)));
	const dropped = await Promise.race([closed.then(() => true), kept]);
	clearTimeout(timer);
	return dropped;
}

function note(harvest: Harvest, code: string | null, update: Uint8Array, wait: number): void {
	if (code === 'silent') {
		// It may have been taken before the connection went.
		harvest.taken.add(Buffer.from(update).toString('base64'));
		harvest.silent += 1;
		return;
	}
	if (code !== null && !code.startsWith('update_')) {
		harvest.reasons.set(code, (harvest.reasons.get(code) ?? 0) + 1);
		return;
	}
	harvest.judged += 1;
	if (code === null) {
		harvest.accepted += 1;
		harvest.taken.add(Buffer.from(update).toString('base64'));
		return;
	}
	harvest.refused += 1;
	harvest.reasons.set(code, (harvest.reasons.get(code) ?? 0) + 1);
	if (harvest.waits.length < MOST_WAITS) harvest.waits.push(wait);
}

/** Honest updates to damage: what this person could type just now. */
class Samples {
	readonly #random: () => number;
	readonly #doc = emptyDoc();
	#epoch = 0;
	#client = 0;
	#uses = 0;
	#state: Uint8Array = new Uint8Array();
	/** Those that fit the text as it is. */
	#fitting: Uint8Array[] = [];
	/** The last ones made, fitting or not: material to damage others with. */
	seen: Uint8Array[] = [];
	stale = true;

	constructor(random: () => number) {
		this.#random = random;
		openBody(this.#doc);
	}

	/** What to ask for: a lease at first, afterwards only what is new. */
	wish(): { leases: number; epoch: number; vector: Uint8Array } {
		const vector = Y.encodeStateVector(this.#doc);
		return { leases: this.#client === 0 ? 1 : 0, epoch: this.#epoch, vector };
	}

	opened({ opened, difference }: Answer): void {
		this.#epoch = opened.epoch;
		this.#client ||= opened.leases[0] ?? 0;
		this.#uses += 1;
		if (!this.stale && this.#uses < MOST_USES) return;
		this.stale = false;
		this.#uses = 0;
		Y.applyUpdate(this.#doc, difference, 'remote');
		this.#state = Y.encodeStateAsUpdate(this.#doc);
		this.#fitting = [];
	}

	/** One of a few that are made as they are needed, since what is accepted makes them all stale. */
	one(): Uint8Array {
		const choice = Math.floor(this.#random() * FEW_EDITS);
		return this.#fitting[choice] ?? this.#make();
	}

	/** Each is made on a copy, so that none of them builds on another. */
	#make(): Uint8Array {
		const copy = emptyDoc();
		const body = openBody(copy);
		Y.applyUpdate(copy, this.#state);
		copy.clientID = this.#client;
		const before = Y.encodeStateVector(copy);
		const kind = KINDS[Math.floor(this.#random() * KINDS.length)]!;
		copy.transact(() => kind(body, this.#random));
		const update = Y.encodeStateAsUpdate(copy, before);
		this.#fitting.push(update);
		this.seen.push(update);
		if (this.seen.length > FEW_EDITS) this.seen.shift();
		return update;
	}
}

/** Without an id of its own, which would cost more than the copy. */
const emptyDoc = () => new Y.Doc({ guid: '' });

type Edit = (body: Y.Text, random: () => number) => void;
const somewhere = (body: Y.Text, random: () => number) => Math.floor(random() * (body.length - 1));

const insert: Edit = (body, random) => body.insert(somewhere(body, random), 'a few words ');
const format: Edit = (body, random) => body.format(somewhere(body, random), 1, { strong: true });
const strike: Edit = (body, random) => {
	const at = somewhere(body, random);
	body.delete(at, Math.min(40, body.length - 1 - at));
};
const heading: Edit = (body, random) =>
	body.insert(somewhere(body, random), '\n', {
		block: { id: `b${Math.floor(random() * 1e9)}`, type: 'heading', level: 2 }
	});
const embed: Edit = (body, random) => body.insertEmbed(somewhere(body, random), { type: 'break' });
const KINDS = [insert, format, strike, heading, embed];
