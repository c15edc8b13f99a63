import type { Refusal } from '#lib/documents/messages.ts';
import { itemUpdate, varuint } from '#tests/live/updates.ts';
import { must, rounded, until, type Fault } from './fault.ts';
import { IMPOSTURES } from './impostors.ts';
import { onStage, type Stage } from './stage.ts';
import type { Townsperson } from './town.ts';
import { BareClient } from './wire.ts';

const onBody = [4, 1, 4, 98, 111, 100, 121];
const letter = [...onBody, 1, 97];
const between = (left: [number, number], right: [number, number]) => [
	0xc4,
	...left.flatMap(varuint),
	...right.flatMap(varuint),
	1,
	97
];
/** A thousand pieces that each leave a gap before them: Yjs itself would keep them all pending. */
const gaps = Array.from({ length: 1_000 }, (_, at) => [...varuint(1), ...varuint(at * 10 + 7)]);

interface Scene {
	own: number;
	victim: number;
	/** The victim's last update, as everybody saw it. */
	seen: Uint8Array;
}

/** What a hostile client may send for an update, and the code it is refused with. */
const HOSTILE: [name: string, code: string, make: (scene: Scene) => Uint8Array][] = [
	[
		'another’s lease',
		'update_client_not_leased',
		({ victim }) => itemUpdate(victim, 9_000, 1, [10, 1])
	],
	[
		'another’s next edit',
		'update_client_not_leased',
		({ victim }) => itemUpdate(victim, 0, 1, letter)
	],
	['another’s edit again', 'update_client_not_leased', ({ seen }) => seen],
	['a clock gap', 'update_clock_gap', ({ own }) => itemUpdate(own, 40, 1, letter)],
	['a clock near the end', 'update_clock_gap', ({ own }) => itemUpdate(own, 2 ** 52, 1, letter)],
	['a skip', 'update_kind', ({ own }) => itemUpdate(own, 0, 1, [10, 5])],
	['huge garbage', 'update_kind', ({ own }) => itemUpdate(own, 0, 1, [0, ...varuint(2 ** 45)])],
	[
		'an unknown origin',
		'update_unknown_origin',
		({ own }) => itemUpdate(own, 0, 1, [0x84, ...varuint(999), 7, 1, 97])
	],
	[
		'another root',
		'update_parent',
		({ own }) => itemUpdate(own, 0, 1, [4, 1, 4, 101, 118, 105, 108, 1, 97])
	],
	[
		'a delete of nothing',
		'update_unknown_delete',
		() => Uint8Array.from([0, 1, ...varuint(999), 1, 0, 9])
	],
	[
		'the same neighbour on both sides',
		'update_crossed',
		({ victim, own }) => itemUpdate(own, 0, 1, between([victim, 0], [victim, 0]))
	],
	['too many parts', 'update_too_many_parts', ({ own }) => itemUpdate(own, 0, 6_000, [])],
	['a flood of gaps', 'update_', () => Uint8Array.from([...varuint(1_000), ...gaps.flat(), 0])],
	['300 KB', 'update_too_large', () => new Uint8Array(300_000)],
	['nonsense', 'update_many_clients', () => Uint8Array.from([200, 1, 2, 3])]
];

/** Every kind of hostile update known, from somebody who may write. */
export const hostile: Fault = {
	name: 'hostile',
	promise: 'corrupt or hostile update: refused ≤ 50 ms, sender dropped, bytes unchanged',
	async run({ count = 5 }) {
		return onStage({ people: 4, typists: 2 }, async (stage) => {
			const { town, server, typists } = stage;
			typists[0]!.act(() => 0.5);
			await stage.settle();
			const mallory = town.editors[3]!;
			const scene = await setScene(stage, town.editors[2]!, mallory);
			const before = await stateOf(stage);
			await server.figures();
			const waits: number[] = [];
			for (let round = 0; round < count; round += 1) {
				for (const [name, code, make] of HOSTILE) {
					const { code: heard, waited } = await tried(stage, mallory, make(scene));
					must(heard?.startsWith(code) === true, `${name} was answered with ${heard}`);
					waits.push(waited);
				}
				must((await stateOf(stage)).equals(before), 'The document has changed');
			}
			for (const [name, act] of IMPOSTURES) {
				await act(stage, mallory).catch((error: unknown) => {
					throw new Error(`${name}: ${(error as Error).message}`);
				});
			}
			const inside = await server.figures();
			typists[1]!.act(() => 0.1);
			await stage.settle();
			must(inside.handler < 50, `One refusal took ${rounded(inside.handler)} ms`);
			return {
				kinds: HOSTILE.length,
				sent: waits.length,
				impostures: IMPOSTURES.length,
				'longest handler ms': rounded(inside.handler, 1),
				'longest wait for the refusal ms': rounded(Math.max(...waits), 1),
				'loop held ms': rounded(inside.held, 1)
			};
		});
	}
};

async function setScene(
	{ server, town }: Stage,
	victim: Townsperson,
	own: Townsperson
): Promise<Scene> {
	const honest = new BareClient({ port: server.port, cookie: victim.cookie });
	const thief = new BareClient({ port: server.port, cookie: own.cookie });
	await Promise.all([honest.welcome(), thief.welcome()]);
	const theirs = (await honest.open(town.documentId, 'write', { leases: 1 }))!.opened.leases[0]!;
	const mine = (await thief.open(town.documentId, 'write', { leases: 1 }))!.opened.leases[0]!;
	const seen = itemUpdate(theirs, 0, 1, letter);
	honest.edit(town.documentId, 1, seen);
	const bytes = thief.bytesIn;
	await until(() => thief.bytesIn > bytes, 'the victim’s edit is seen');
	honest.end();
	thief.end();
	return { own: mine, victim: theirs, seen };
}

async function tried({ server, town }: Stage, { cookie }: Townsperson, update: Uint8Array) {
	let code: string | undefined;
	let waited = 0;
	let sent = 0;
	const client = new BareClient({
		port: server.port,
		cookie,
		onEvent(name, payload) {
			if (name !== 'refused') return;
			({ code } = payload as Refusal);
			waited = performance.now() - sent;
		}
	});
	await client.welcome();
	await client.open(town.documentId, 'write');
	sent = performance.now();
	client.edit(town.documentId, 1, update);
	await client.closed;
	return { code, waited };
}

async function stateOf({ server, town }: Stage): Promise<Buffer> {
	const answer = await fetch(`${server.url}/documents/${town.slug}/state`);
	return Buffer.from(await answer.arrayBuffer());
}
