import { asc } from 'drizzle-orm';
import * as Y from 'yjs';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { openBody } from '#lib/documents/text/body.ts';
import { openStore } from '#lib/server/db/store.ts';
import { seededRandom } from '#tests/live/updates.ts';
import { remainsOf } from './checker.ts';
import { must, pause, quantile, rounded, type Fault, type Figures } from './fault.ts';
import { attack, newHarvest, type Harvest } from './fuzz-attacker.ts';
import { openDoor } from './fuzz-door.ts';
import { HouseServer } from './server.ts';
import { buildTown, type Town, type Townsperson } from './town.ts';
import { BareClient } from './wire.ts';

/** So many attack so many drafts at a time, a few of them each; a crowd would mostly watch itself come and go. */
const ATTACKERS = 50;
const AT_A_TIME = 10;
/** A draft is left for a new one after this many: what is accepted makes a text, and its copies, larger. */
const PER_DRAFT = 2_500;
const MOST_GROWTH = 20 * 1024 * 1024;

/**
 * A million damaged updates from fifty people who come back after every refusal. One in ten travels the
 * whole way to the production server: a connection, a handshake, a seat, the guard, the log. What is
 * inside an update means nothing before the seat, and the way there is most of the cost: the others
 * are handed to the same engine at its door.
 */
export const fuzz: Fault = {
	name: 'fuzz',
	promise:
		'1,000,000 mutated updates: refused, sender dropped, bytes unchanged, no call over 50 ms',
	async run({ small, count = small ? 20_000 : 1_000_000, say }) {
		const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
		say(`seed ${seed}`);
		const wire = await onTheWire(Math.ceil(count / 10), seed, say);
		say(JSON.stringify(wire));
		const door = await atTheDoor(count - Math.ceil(count / 10), seed + 1, say);
		say(JSON.stringify(door));
		const figures: Figures = { judged: Number(wire.judged) + Number(door.judged) };
		for (const [name, value] of Object.entries(wire)) figures[`wire ${name}`] = value;
		for (const [name, value] of Object.entries(door)) figures[`door ${name}`] = value;
		return figures;
	}
};

type Call = Parameters<typeof attack>[0]['call'];

/** A town with drafts enough, and attacks on them until so many updates have been judged. */
async function siege(count: number, seed: number, say: (line: string) => void) {
	const drafts = AT_A_TIME * Math.ceil(count / (AT_A_TIME * PER_DRAFT) + 1);
	const teamOf = (draft: number, editor: number) => draft % AT_A_TIME === editor % AT_A_TIME;
	const town = await buildTown(ATTACKERS, { drafts, teamOf });
	const patience = performance.now() + Number(process.env.FAULTS_MINUTES ?? 60) * 60_000;
	const harvest = newHarvest();
	async function until(goal: number, callOf: (person: Townsperson) => Call): Promise<void> {
		const [began, before] = [performance.now(), harvest.judged];
		const draftOf = (editor: number) => {
			if (harvest.judged >= goal || performance.now() > patience) return null;
			const shift = Math.floor(harvest.judged / (AT_A_TIME * PER_DRAFT));
			return town.drafts[shift * AT_A_TIME + (editor % AT_A_TIME)]!.id;
		};
		const telling = setInterval(() => {
			const rate = (harvest.judged - before) / ((performance.now() - began) / 1000);
			say(`${harvest.judged} judged, ${harvest.refused} refused, ${Math.round(rate)}/s`);
		}, 30_000);
		const attacks = town.editors.map((person, index) => {
			const random = seededRandom(seed + index + harvest.judged);
			return attack({ call: callOf(person), random, draft: () => draftOf(index) }, harvest);
		});
		await Promise.all(attacks).finally(() => clearInterval(telling));
		must(harvest.judged >= goal, `Only ${harvest.judged} were judged in the time given`);
	}
	return { town, harvest, until };
}

async function onTheWire(count: number, seed: number, say: (line: string) => void) {
	const { town, harvest, until } = await siege(count, seed, say);
	const server = await HouseServer.start(town);
	try {
		const { port } = server;
		const callOf =
			({ cookie }: Townsperson): Call =>
			(onEvent) =>
				new BareClient({ port, cookie, onEvent });
		// Caches, compiled code and rooms have their size after this; what comes later is growth.
		await until(Math.min(5_000, count / 4), callOf);
		const before = await settledMemory(server);
		const began = { at: performance.now(), cpu: server.cpuMs(), judged: harvest.judged };
		await until(count, callOf);
		must(server.alive, 'The server died');
		const each = (ms: number) => rounded(ms / (harvest.judged - began.judged), 2);
		const [took, cpu] = [performance.now() - began.at, server.cpuMs() - began.cpu];
		const inside = await server.figures();
		const after = await settledMemory(server);
		const growth = after.memory - before.memory;
		const states = new Map<string, string>();
		for (const { id, slug } of town.drafts) {
			const answer = await fetch(`${server.url}/documents/${slug}/state`);
			states.set(id, textOf(new Uint8Array(await answer.arrayBuffer())));
		}
		await server.end('SIGKILL');
		const figures = {
			...(await verdict(town, harvest, states)),
			'server CPU ms each': each(cpu),
			'ms each': each(took),
			'refusal p50 ms': rounded(quantile(harvest.waits, 0.5), 1),
			'refusal p99 ms': rounded(quantile(harvest.waits, 0.99), 1),
			'longest handler ms': rounded(inside.handler, 1),
			'memory grown MB': rounded(growth / 2 ** 20, 1),
			'rss grown MB': rounded((after.rss - before.rss) / 2 ** 20, 1)
		};
		must(growth < MOST_GROWTH, `The server grew by ${rounded(growth / 2 ** 20, 1)} MB`);
		must(inside.handler < 50, `One message took ${rounded(inside.handler)} ms`);
		return figures;
	} finally {
		await server.end('SIGKILL');
		await town.remove();
	}
}

async function atTheDoor(count: number, seed: number, say: (line: string) => void) {
	const { town, harvest, until } = await siege(count, seed, say);
	const door = await openDoor(town);
	try {
		const callOf =
			({ id }: Townsperson): Call =>
			(onEvent) =>
				door.call({ personId: id, sessionId: 'door', name: 'Mallory' }, onEvent);
		await until(Math.min(5_000, count / 4), callOf);
		door.handler = 0;
		const began = { at: performance.now(), cpu: process.cpuUsage(), judged: harvest.judged };
		await until(count, callOf);
		const took = performance.now() - began.at;
		const { user, system } = process.cpuUsage(began.cpu);
		const each = (ms: number) => rounded(ms / (harvest.judged - began.judged), 2);
		const states = new Map<string, string>();
		for (const { id } of town.drafts) states.set(id, textOf(await door.stateOf(id)));
		const { handler } = door;
		await door.close();
		must(handler < 50, `One message took ${rounded(handler)} ms`);
		return {
			...(await verdict(town, harvest, states)),
			'CPU ms each': each((user + system) / 1_000),
			'ms each': each(took),
			'longest handler ms': rounded(handler, 1)
		};
	} finally {
		await town.remove();
	}
}

/** Nothing but what was acknowledged is in the log, the text served is the one stored, and nobody who was refused stayed. */
async function verdict(town: Town, harvest: Harvest, states: Map<string, string>) {
	const rows = await onlyTaken(town, harvest);
	for (const [documentId, state] of states) {
		const { text } = await remainsOf({ file: town.file, documentId }, false);
		must(text === state, 'The text served is not the text stored');
	}
	const stayed = harvest.refused - harvest.dropped;
	must(stayed === 0, `${stayed} stayed after a refusal`);
	const { judged, refused, accepted, reasons } = harvest;
	const per = [...reasons].map(([code, times]) => `${code}=${times}`).join(' ');
	return { judged, refused, accepted, reasons: reasons.size, rows, per };
}

/** Memory when all have left and the garbage is gone. */
async function settledMemory(server: HouseServer) {
	await pause(500);
	let least = await server.collect();
	for (let round = 0; round < 4; round += 1) {
		await pause(250);
		const now = await server.collect();
		if (now.memory < least.memory) least = now;
	}
	await server.figures();
	return least;
}

function textOf(state: Uint8Array): string {
	const doc = new Y.Doc();
	const body = openBody(doc);
	Y.applyUpdate(doc, state);
	return body.toString();
}

/** The log holds nothing but what was acknowledged; returns its length. */
async function onlyTaken({ file }: Town, { taken }: Harvest): Promise<number> {
	const store = await openStore({ file });
	try {
		const rows = await store.db
			.select({ update: documentUpdate.update, session: documentUpdate.sessionId })
			.from(documentUpdate)
			.orderBy(asc(documentUpdate.documentId), asc(documentUpdate.seq));
		const strange = rows.filter(
			({ update, session }) => session !== 'server' && !taken.has(update.toString('base64'))
		);
		must(strange.length === 0, `${strange.length} refused updates are in the log`);
		return rows.length;
	} finally {
		await store.close();
	}
}
