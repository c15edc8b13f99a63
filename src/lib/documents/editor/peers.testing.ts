/** Several editors without a DOM on one document, with a network that only delivers when told. */
import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'prosemirror-state';
import * as Y from 'yjs';
import { type Delta, readBlocks } from '../text/blocks.ts';
import { bodyDelta, openBody, seedBody } from '../text/body.ts';
import { Binding } from './binding.ts';
import { blocksOf } from './convert.ts';
import { Undo } from './undo.ts';

const NETWORK = 'network';

/** One person's editor. */
export class Peer {
	readonly text: Y.Text;
	readonly binding: Binding;
	readonly undo: Undo;
	readonly repairs: string[] = [];
	/** Updates made here that the network has not had yet, and how far it has delivered. */
	readonly outbox: Uint8Array[] = [];
	delivered = 0;

	constructor(client: number, seed: Uint8Array) {
		const doc = new Y.Doc();
		doc.clientID = client;
		this.text = openBody(doc);
		Y.applyUpdate(doc, seed, NETWORK);
		doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== NETWORK) this.outbox.push(update);
		});
		this.binding = new Binding({
			text: this.text,
			onrepair: (reason, error) => this.repairs.push(`${reason} ${String(error)}`)
		});
		this.undo = new Undo(this.binding);
	}

	get state() {
		return this.binding.state;
	}

	run(command: Command): boolean {
		return command(this.state, (tr) => this.binding.dispatch(tr));
	}

	/** Throws unless the editor shows exactly what the text says, without having been repaired. */
	check(): void {
		this.state.doc.check();
		const [shown, said] = [blocksOf(this.state.doc), readBlocks(this.text)];
		if (!isDeepStrictEqual(shown, said)) {
			throw new Error(`shown ${JSON.stringify(shown)}\n said ${JSON.stringify(said)}`);
		}
		if (this.repairs.length > 0) throw new Error(`repaired: ${this.repairs.join()}`);
	}
}

export class Room {
	readonly peers: Peer[];
	private readonly log: Array<{ from: Peer; update: Uint8Array }> = [];

	constructor(count: number, seed: Delta) {
		const first = new Y.Doc();
		first.clientID = 1000;
		seedBody(openBody(first), seed);
		const update = Y.encodeStateAsUpdate(first);
		this.peers = Array.from({ length: count }, (_, i) => new Peer(i + 1, update));
	}

	/** Sends what a peer has made and gives it what the others have sent. */
	sync(peer: Peer, merged = false): void {
		for (const update of peer.outbox.splice(0)) this.log.push({ from: peer, update });
		const fresh = this.log.slice(peer.delivered).filter(({ from }) => from !== peer);
		peer.delivered = this.log.length;
		const doc = peer.text.doc!;
		const apply = () => fresh.forEach(({ update }) => Y.applyUpdate(doc, update, NETWORK));
		if (merged) doc.transact(apply, NETWORK);
		else apply();
	}

	syncAll(): void {
		for (const peer of [...this.peers, ...this.peers]) this.sync(peer);
	}

	/** Throws unless all peers have the same content. */
	checkConverged(): void {
		this.syncAll();
		const [first, ...others] = this.peers;
		for (const peer of this.peers) peer.check();
		for (const other of others) {
			if (!isDeepStrictEqual(merge(bodyDelta(first!.text)), merge(bodyDelta(other.text)))) {
				throw new Error('peers differ');
			}
		}
	}
}

/** A delta whose operations do not depend on how the text is cut into items. */
function merge(delta: Delta): Delta {
	const merged: Delta = [];
	for (const op of delta) {
		const last = merged.at(-1);
		const joins = typeof op.insert === 'string' && typeof last?.insert === 'string';
		if (joins && isDeepStrictEqual(last!.attributes, op.attributes)) {
			last!.insert = (last!.insert as string) + op.insert;
		} else merged.push({ ...op });
	}
	return merged;
}
