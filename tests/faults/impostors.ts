import type { Refusal } from '#lib/documents/messages.ts';
import { itemUpdate, varuint } from '#tests/live/updates.ts';
import { must, pause, until } from './fault.ts';
import type { Stage } from './stage.ts';
import type { Townsperson } from './town.ts';
import { BareClient, EVENT } from './wire.ts';

const onBody = [4, 1, 4, 98, 111, 100, 121];

interface Heard {
	client: BareClient;
	leases: number[];
	refusals: Refusal[];
}

/** What is not in an update: who one is, whose ids one types under, how much one claims to know. */
export const IMPOSTURES: [
	name: string,
	act: (stage: Stage, mallory: Townsperson) => Promise<void>
][] = [
	['a cursor with a name in it', (stage, mallory) => forged(stage, mallory, { name: 'Lead' })],
	['a cursor with another’s tag', (stage, mallory) => forged(stage, mallory, { tag: 1 })],
	['a cursor of another person', (stage, mallory) => forged(stage, mallory, { personId: 'x' })],
	['a presence frame', forgedPresence],
	['a cursor of who only reads', cursorOfReader],
	['an unused lease of another person', leaseOfAnother],
	['a lease of another person, replayed when they have left', leaseReplayed],
	['leases by the dozen', tooManyLeases],
	['a flood of gaps, one after the other', gapFlood],
	['an inflated state vector', inflated],
	['a state vector that claims to know what nobody wrote', ahead]
];

async function sits(
	{ server, town }: Stage,
	{ cookie }: Partial<Townsperson>,
	{ leases = 0, mode = 'write' as 'write' | 'read' } = {}
): Promise<Heard> {
	const refusals: Refusal[] = [];
	const onEvent = (name: string, payload: never) => {
		if (name === 'refused') refusals.push(payload as Refusal);
	};
	const client = new BareClient({ port: server.port, cookie, onEvent });
	must(await client.welcome(), 'Not let in');
	const answer = await client.open(town.documentId, mode, { leases });
	must(answer?.refusal === null, 'Not let into the document');
	return { client, refusals, leases: answer.opened.leases };
}

/** The others as an honest page shows them. */
const shown = ({ typists }: Stage) => typists[0]!.document.cursors();

async function cut(client: BareClient): Promise<void> {
	const late = pause(10_000).then(() => false);
	must(await Promise.race([client.closed.then(() => true), late]), 'The connection was not ended');
}

async function forged(stage: Stage, mallory: Townsperson, claim: object): Promise<void> {
	const { client } = await sits(stage, mallory);
	const data = ['cursor', { document: stage.town.documentId, ...claim }, new Uint8Array([0])];
	client.packet({ type: EVENT, nsp: '/', data });
	await cut(client);
	await onlyOwnNames(stage, mallory);
}

async function forgedPresence(stage: Stage, mallory: Townsperson): Promise<void> {
	const { client } = await sits(stage, mallory);
	const [victim] = shown(stage);
	const came = [{ ...victim, name: 'Mallory', tag: victim?.tag ?? 1 }];
	const news = {
		document: stage.town.documentId,
		came,
		moved: [],
		left: [],
		writing: 1,
		reading: 0
	};
	client.packet({ type: EVENT, nsp: '/', data: ['presence', news] });
	await cut(client);
	await onlyOwnNames(stage, mallory);
}

/** Everybody is shown under the name of their account, and those who have gone are not shown. */
async function onlyOwnNames(stage: Stage, mallory: Townsperson): Promise<void> {
	const { editors } = stage.town;
	const gone = () => shown(stage).every(({ personId }) => personId !== mallory.id);
	await until(gone, 'the impostor is gone', 10_000);
	for (const { personId, name } of shown(stage)) {
		const own = `Editor ${editors.findIndex(({ id }) => id === personId)}`;
		must(name === own, `${own} is shown as ${name}`);
	}
}

async function cursorOfReader(stage: Stage, mallory: Townsperson): Promise<void> {
	const data = ['cursor', { document: stage.town.documentId }, new Uint8Array([0])];
	const seats = [await sits(stage, mallory, { mode: 'read' }), await sits(stage, {})];
	for (const { client } of seats) client.packet({ type: EVENT, nsp: '/', data });
	await pause(400);
	const strangers = shown(stage).filter(({ personId }) => personId === mallory.id || !personId);
	must(strangers.length === 0, 'Who only reads has a cursor');
	for (const { client } of seats) client.end();
}

async function leaseOfAnother(stage: Stage, mallory: Townsperson): Promise<void> {
	const victim = await sits(stage, stage.town.editors[2]!, { leases: 1 });
	await refusedAs(stage, mallory, itemUpdate(victim.leases[0]!, 0, 1, [...onBody, 1, 97]));
	victim.client.end();
}

async function leaseReplayed(stage: Stage, mallory: Townsperson): Promise<void> {
	const victim = await sits(stage, stage.town.editors[2]!, { leases: 1 });
	const [lease] = victim.leases as [number];
	const bytes = victim.client.bytesIn;
	victim.client.edit(stage.town.documentId, 1, itemUpdate(lease, 0, 1, [...onBody, 1, 97]));
	await until(() => victim.client.bytesIn > bytes, 'the victim’s edit is taken');
	victim.client.end();
	const { store } = stage.typists[0]!.document.doc;
	await until(() => store.clients.has(lease), 'everybody has it');
	await refusedAs(stage, mallory, itemUpdate(lease, 1, 1, [0x84, ...varuint(lease), 0, 1, 98]));
	await refusedAs(stage, mallory, itemUpdate(lease, 0, 1, [...onBody, 1, 97]));
}

async function refusedAs(stage: Stage, mallory: Townsperson, update: Uint8Array): Promise<void> {
	const { client, refusals } = await sits(stage, mallory);
	client.edit(stage.town.documentId, 1, update);
	await cut(client);
	const [code] = refusals.map((refusal) => refusal.code);
	must(code === 'update_client_not_leased', `It was answered with ${code}`);
}

async function tooManyLeases({ server, town }: Stage, { cookie }: Townsperson): Promise<void> {
	const client = new BareClient({ port: server.port, cookie });
	await client.welcome();
	const answer = await client.open(town.documentId, 'write', { leases: 1_000 });
	must(answer?.refusal?.code === 'message_malformed', 'A thousand leases were not refused');
	client.end();
}

async function gapFlood(stage: Stage, mallory: Townsperson): Promise<void> {
	for (let round = 1; round <= 10; round += 1) {
		const { client, leases, refusals } = await sits(stage, mallory, { leases: 1 });
		for (let n = 1; n <= 50; n += 1) {
			const update = itemUpdate(leases[0]!, n * 1_000 * round, 1, [...onBody, 1, 97]);
			client.edit(stage.town.documentId, n, update);
		}
		await cut(client);
		must(
			refusals.length > 0 && refusals.every(({ code }) => code === 'update_clock_gap'),
			`A flood of gaps was answered with ${refusals.map(({ code }) => code).join()}`
		);
	}
}

/** As many clients as fit into the largest vector, and twice as many. */
async function inflated({ server, town }: Stage, { cookie }: Townsperson): Promise<void> {
	const entries: number[] = [];
	let clients = 0;
	for (; entries.length < 64_000; clients += 1) entries.push(...varuint(2 ** 31 + clients), 1);
	const vector = Uint8Array.from([...varuint(clients), ...entries]);
	for (const [epoch, has, code] of [
		[0, vector, undefined],
		[1, vector, 'epoch_lost'],
		[1, Uint8Array.from([...vector, ...entries]), 'message_malformed']
	] as const) {
		const client = new BareClient({ port: server.port, cookie });
		await client.welcome();
		const answer = await client.open(town.documentId, 'write', { epoch, vector: has });
		must(answer?.refusal?.code === code, `It was answered with ${answer?.refusal?.code}`);
		must((answer?.difference?.length ?? 0) < 64_000, 'The answer was inflated');
		client.end();
	}
}

async function ahead(stage: Stage, mallory: Townsperson): Promise<void> {
	const [typist] = stage.typists;
	const { clientID } = typist!.document.doc;
	const vector = Uint8Array.from([1, ...varuint(clientID), ...varuint(2 ** 31)]);
	const client = new BareClient({ port: stage.server.port, cookie: mallory.cookie });
	await client.welcome();
	const answer = await client.open(stage.town.documentId, 'write', { epoch: 1, vector });
	const code = answer?.refusal?.code;
	must(code === 'epoch_lost', `Who knows what nobody wrote was answered with ${code}`);
	client.end();
}
