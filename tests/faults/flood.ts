import * as Y from 'yjs';
import { typed } from '#tests/bench/load/updates.ts';
import { pause } from './fault.ts';
import type { Town, Townsperson } from './town.ts';
import { BareClient } from './wire.ts';

/** What a flood has heard back. */
export interface Flood {
	sent: number;
	refusals: Map<string, number>;
	begin(): void;
	stop(): void;
}

/**
 * Lets these people send honest one-letter edits as fast as the limits allow, heedless of answers.
 * They sit down first; the flood begins with `begin`.
 */
export async function flood(
	port: number,
	{ documentId }: Town,
	people: Townsperson[],
	perSecond: number
): Promise<Flood> {
	let going = true;
	let begin = () => {};
	const begun = new Promise<void>((done) => (begin = done));
	const result: Flood = { sent: 0, refusals: new Map(), begin, stop: () => (going = false) };
	const heard = (name: string, payload: never) => {
		if (name !== 'refused') return;
		const { code } = payload as { code: string };
		result.refusals.set(code, (result.refusals.get(code) ?? 0) + 1);
	};
	const crowd = people.map(async ({ cookie }) => {
		const client = new BareClient({ port, cookie, onEvent: heard });
		await client.welcome();
		const answer = await client.open(documentId, 'write', { leases: 1 });
		const text = new Y.Doc();
		Y.applyUpdate(text, answer!.difference);
		const start = text.getText('body')._start?.id;
		return { client, lease: answer!.opened.leases[0]!, start };
	});
	for (const { client, lease, start } of await Promise.all(crowd)) {
		void begun.then(async () => {
			for (let n = 1; going && !client.isClosed; n += 1) {
				client.edit(documentId, n, typed(lease, n - 1, start));
				result.sent += 1;
				if (n % 10 === 0) await pause(10_000 / perSecond);
			}
			client.end();
		});
	}
	return result;
}
