import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { openBody, seedBody } from '#lib/documents/text/body.ts';
import { guardedDoc, itemUpdate, seededRandom, updateOf, varuint } from '#tests/live/updates.ts';
import { checkUpdate, type Known } from './guard.ts';
import { Reach } from './reach.ts';

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
