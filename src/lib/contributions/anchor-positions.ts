import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';

/**
 * A position that moves with the text, as base64. The start holds on to the first character of the
 * anchor and the end to the last one, so neither grows when somebody types at its edge.
 */
export function positionOf(body: Y.Text, index: number, edge: 'start' | 'end'): string {
	const position = Y.createRelativePositionFromTypeIndex(body, index, edge === 'start' ? 0 : -1);
	return toBase64(Y.encodeRelativePosition(position));
}

interface Run {
	clock: number;
	length: number;
	index: number;
	gone: boolean;
	redone: Y.ID | null;
}

/**
 * Where every piece of a body's history stands now. Yjs walks the text for each position it
 * resolves; thousands of anchors resolve on one walk here.
 */
export class PositionIndex {
	private readonly runs = new Map<number, Run[]>();

	constructor(body: Y.Text) {
		let index = 0;
		for (let item = body._start; item !== null; item = item.right) {
			const gone = item.deleted || !item.countable;
			const { client, clock } = item.id;
			const run = { clock, length: item.length, index, gone, redone: item.redone };
			const own = this.runs.get(client);
			if (own) own.push(run);
			else this.runs.set(client, [run]);
			if (!gone) index += item.length;
		}
		for (const own of this.runs.values()) own.sort((a, b) => a.clock - b.clock);
	}

	/** The flat index a position stands at, or null when this text never had it. */
	resolve(encoded: string): number | null {
		const position = decoded(encoded);
		if (!position?.item) return null;
		const after = position.assoc < 0 ? 1 : 0;
		let { client, clock } = position.item;
		for (let hops = 0; hops < 100; hops++) {
			const run = this.runAt(client, clock);
			if (!run) return null;
			if (run.redone) {
				[client, clock] = [run.redone.client, run.redone.clock + clock - run.clock];
				continue;
			}
			return run.gone ? run.index : run.index + clock - run.clock + after;
		}
		return null;
	}

	private runAt(client: number, clock: number): Run | undefined {
		const own = this.runs.get(client) ?? [];
		let [low, high] = [0, own.length - 1];
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (own[middle]!.clock <= clock) low = middle;
			else high = middle - 1;
		}
		const run = own[low];
		return run && clock >= run.clock && clock < run.clock + run.length ? run : undefined;
	}
}

function decoded(encoded: string): Y.RelativePosition | null {
	if (encoded === '') return null;
	try {
		return Y.decodeRelativePosition(fromBase64(encoded));
	} catch {
		return null;
	}
}
