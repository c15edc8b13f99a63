import * as Y from 'yjs';
import { embeddable } from '../text/change.ts';

/** Living neighbours in a text with one client's ids in a row, and one formatting. */
export interface Run {
	client: number;
	clock: number;
	length: number;
	content: string | object;
	/** Of a line-end only its `block`, of anything else all but that. */
	attributes: Record<string, unknown>;
}

/** The runs of a text, in order. Line-ends stand alone. */
export function runsOf(body: Y.Text): Run[] {
	const runs: Run[] = [];
	let now: Record<string, unknown> = {};
	for (let item = body._start; item; item = item.right) {
		if (item.deleted) continue;
		const { content } = item;
		if (content instanceof Y.ContentFormat) now = { ...now, [content.key]: content.value };
		else if (item.countable) {
			const { client } = item.id;
			let { clock } = item.id;
			for (const part of partsOf(content)) {
				const length = typeof part === 'string' ? part.length : 1;
				runs.push({ client, clock, length, content: part, attributes: attributesOf(part, now) });
				clock += length;
			}
		}
	}
	return runs;
}

function partsOf(content: Y.Item['content']): Array<string | object> {
	if (!(content instanceof Y.ContentString)) return content.getContent().map(embeddable);
	return content.str.split(/(\n)/).filter((part) => part !== '');
}

function attributesOf(content: string | object, all: Record<string, unknown>) {
	const end = content === '\n';
	const own = Object.entries(all).filter(
		([key, value]) => (key === 'block') === end && value !== null
	);
	return Object.fromEntries(own);
}

/** Finds runs by id. */
export class RunIndex {
	private readonly clients = new Map<number, Run[]>();

	constructor(runs: Run[]) {
		for (const run of runs) {
			const own = this.clients.get(run.client);
			if (own) own.push(run);
			else this.clients.set(run.client, [run]);
		}
		for (const own of this.clients.values()) own.sort((a, b) => a.clock - b.clock);
	}

	/** The run that holds an id, or undefined when nothing living has it. */
	find(client: number, clock: number): Run | undefined {
		const own = this.clients.get(client) ?? [];
		let [low, high] = [0, own.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (own[middle]!.clock + own[middle]!.length <= clock) low = middle + 1;
			else high = middle;
		}
		const run = own[low];
		return run && run.clock <= clock ? run : undefined;
	}
}
