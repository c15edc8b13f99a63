import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { openBody, seedBody } from '#lib/documents/text/body.ts';
import { guardedDoc, itemUpdate, seededRandom, updateOf, varuint } from '#tests/live/updates.ts';
import { checkUpdate, type Known } from './guard.ts';
import { Reach } from './reach.ts';
import { RefusedUpdate } from './refusal.ts';

const SEED = [{ insert: 'Every square has a tree.' }];

/** The server's side of a text: what is committed, and what waits for the disk. */
class Desk {
	readonly doc = guardedDoc((body) => seedBody(body, SEED));
	readonly log: Uint8Array[] = [Y.encodeStateAsUpdate(this.doc)];
	readonly #reach = new Reach(this);
	readonly #clocks = new Map<number, number>();
	#queue: Uint8Array[] = [];
	readonly #known: Known = {
		clockOf: (client) => this.#clocks.get(client) ?? Y.getState(this.doc.store, client),
		isLeased: () => true,
		reach: this.#reach
	};

	receive(update: Uint8Array): void {
		const { client, clockFrom, clockLen } = checkUpdate(update, this.#known);
		const end = clockFrom + clockLen;
		if (end > this.#known.clockOf(client)) {
			this.#clocks.set(client, end);
			this.#reach.queue();
		}
		this.#queue.push(update);
	}

	commit(): void {
		for (const update of this.#queue) Y.applyUpdate(this.doc, update);
		this.log.push(...this.#queue);
		this.#queue = [];
		this.#reach.clear();
		this.#clocks.clear();
	}
}

/** Somebody who types, learns of the others now and then, and sends in parts or at once. */
class Peer {
	readonly doc = new Y.Doc({ guid: '' });
	readonly body = openBody(this.doc);
	#unsent: Uint8Array[] = [];
	#heard = 0;

	constructor(client: number) {
		this.doc.clientID = client;
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'log') this.#unsent.push(update);
		});
	}

	edit(random: () => number): void {
		const { body } = this;
		// Mostly at a few places, where others type as well.
		const at = Math.min(body.length - 1, Math.floor(random() * 4) * 6);
		const choice = random();
		if (choice < 0.55) body.insert(at, 'ab'.slice(0, 1 + Math.floor(random() * 2)));
		else if (choice < 0.75) body.delete(at, Math.min(2, body.length - 1 - at));
		else if (choice < 0.9) body.format(at, Math.min(3, body.length - 1 - at), { strong: true });
		else body.insert(at, '\n', { block: { id: `b${Math.floor(random() * 1e6)}`, type: 'quote' } });
	}

	hear(log: Uint8Array[]): void {
		while (this.#heard < log.length) Y.applyUpdate(this.doc, log[this.#heard++]!, 'log');
	}

	send(desk: Desk, atOnce: boolean): void {
		const updates = this.#unsent;
		this.#unsent = [];
		if (updates.length === 0) return;
		if (atOnce) desk.receive(Y.mergeUpdates(updates));
		else for (const update of updates) desk.receive(update);
	}
}

it.each([1, 2, 3, 4, 5, 6])('D7: whatever is typed beside others is let in (run %i)', (seed) => {
	const random = seededRandom(seed * 7_919);
	const desk = new Desk();
	const peers = Array.from({ length: 4 }, (_, index) => new Peer(100 + index));
	for (const peer of peers) peer.hear(desk.log);
	for (let step = 0; step < 1_500; step += 1) {
		const peer = peers[Math.floor(random() * peers.length)]!;
		const choice = random();
		if (choice < 0.6) peer.edit(random);
		else if (choice < 0.75) peer.hear(desk.log);
		else if (choice < 0.92) peer.send(desk, random() < 0.5);
		else desk.commit();
	}
	for (const peer of peers) peer.send(desk, true);
	desk.commit();
	for (const peer of peers) peer.hear(desk.log);
	const text = openBody(desk.doc).toString();
	expect(peers.map(({ body }) => body.toString())).toEqual(peers.map(() => text));
});

/** Somebody with the right to write who names any two neighbours, in front, behind or of their own. */
class Forger extends Peer {
	readonly #client: number;
	#clock = 0;

	constructor(client: number) {
		super(client + 1);
		this.#client = client;
	}

	/** Sends a few made-up items; returns how many the guard let in. */
	forge(desk: Desk, random: () => number): number {
		const count = 1 + Math.floor(random() * 3);
		const parts: number[] = [];
		let clock = this.#clock;
		for (let part = 0; part < count; part += 1) {
			const length = 1 + Math.floor(random() * 2);
			parts.push(...between(...this.#pair(random, clock), length));
			clock += length;
		}
		try {
			desk.receive(itemUpdate(this.#client, this.#clock, count, parts));
		} catch (error) {
			if (error instanceof RefusedUpdate) return 0;
			throw error;
		}
		this.#clock = clock;
		return count;
	}

	/** Two units of the text as this page last heard it, mostly a few apart, or now and then its own. */
	#pair(random: () => number, clock: number): [[number, number], [number, number]] {
		const units: [number, number][] = [];
		for (let item = this.body._start; item; item = item.right as Y.Item | null)
			for (let unit = 0; unit < item.length; unit += 1)
				units.push([item.id.client, item.id.clock + unit]);
		const at = Math.floor(random() * random() * Math.min(units.length - 1, 30));
		const apart = 1 + Math.floor(random() * random() * 5);
		const own = (): [number, number] => [this.#client, Math.floor(random() * clock)];
		const left = clock > 0 && random() < 0.25 ? own() : units[at]!;
		const right =
			clock > 0 && random() < 0.25 ? own() : units[Math.min(at + apart, units.length - 1)]!;
		return [left, right];
	}
}

/** The text as somebody has it who received the log's rows in another order. */
function heardOtherwise(log: Uint8Array[], random: () => number): string {
	const rows = [...log];
	for (let at = rows.length - 1; at > 0; at -= 1) {
		const other = Math.floor(random() * (at + 1));
		[rows[at], rows[other]] = [rows[other]!, rows[at]!];
	}
	const doc = new Y.Doc();
	const body = openBody(doc);
	for (const row of rows) Y.applyUpdate(doc, row);
	return body.toString();
}

const FORGED = 150;

it('D8: whatever a writer makes up, everybody reads the same text in the end', () => {
	let accepted = 0;
	const parted: number[] = [];
	for (let seed = 1; seed <= FORGED; seed += 1) {
		const random = seededRandom(seed * 104_729);
		const desk = new Desk();
		const peers = [100, 300].map((client) => new Peer(client));
		const forger = new Forger(seed % 2 ? 200 : 50);
		for (const peer of [...peers, forger]) peer.hear(desk.log);
		for (let step = 0; step < 60; step += 1) {
			const peer = peers[Math.floor(random() * peers.length)]!;
			const choice = random();
			if (choice < 0.3) peer.edit(random);
			else if (choice < 0.4) peer.hear(desk.log);
			else if (choice < 0.5) peer.send(desk, random() < 0.5);
			else if (choice < 0.6) desk.commit();
			else if (choice < 0.7) forger.hear(desk.log);
			else accepted += forger.forge(desk, random);
		}
		for (const peer of peers) peer.send(desk, true);
		desk.commit();
		for (const peer of peers) peer.hear(desk.log);
		const texts = new Set([
			openBody(desk.doc).toString(),
			...peers.map(({ body }) => body.toString()),
			...Array.from({ length: 4 }, () => heardOtherwise(desk.log, random))
		]);
		if (texts.size > 1) parted.push(seed);
	}
	expect(accepted).toBeGreaterThan(FORGED);
	expect(parted).toEqual([]);
});

const between = (left: [number, number], right: [number, number], length = 1) => [
	0xc4,
	...left.flatMap(varuint),
	...right.flatMap(varuint),
	length,
	...Array<number>(length).fill(97)
];

it.each<[string, number, number[]]>([
	['the same one twice', 1, between([1, 4], [1, 4])],
	['the wrong way round', 1, between([1, 9], [1, 4])],
	['the wrong way round, in other items', 1, between([1, 20], [50, 0])],
	['the same one of its own, twice', 2, [...between([1, 4], [1, 5]), ...between([77, 0], [77, 0])]],
	[
		'its own the wrong way round',
		3,
		[...between([1, 4], [1, 5]), ...between([1, 10], [1, 11]), ...between([77, 1], [77, 0])]
	],
	['its own text inside out', 2, [...between([1, 4], [1, 5], 4), ...between([77, 2], [77, 0])]]
])('D8: neighbours that are %s are refused: the texts would part', (_, count, parts) => {
	const doc = guardedDoc((body) => seedBody(body, SEED));
	Y.applyUpdate(
		doc,
		updateOf(doc, 50, (body) => body.insert(6, 'b'))
	);
	const known = {
		clockOf: (client: number) => Y.getState(doc.store, client),
		isLeased: () => true,
		reach: new Reach({ doc })
	};
	const check = () => checkUpdate(itemUpdate(77, 0, count, parts), known);
	expect(check).toThrow(expect.objectContaining({ code: 'update_crossed' }) as Error);
});
