import { asc } from 'drizzle-orm';
import * as Y from 'yjs';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { openBody } from '#lib/documents/text/body.ts';
import { openStore } from '#lib/server/db/store.ts';
import { seededRandom } from '#tests/live/updates.ts';
import { remainsOf } from './checker.ts';
import { must, pause, quantile, rounded, type Fault } from './fault.ts';
import { attack, newHarvest, type Harvest } from './fuzz-attacker.ts';
import { HouseServer } from './server.ts';
import { buildTown, type Draft, type Town } from './town.ts';

/** So many attack so many drafts at a time, a few of them each; a crowd would mostly watch itself come and go. */
const ATTACKERS = 50;
const AT_A_TIME = 10;
/** A draft is left for a new one after this many: what is accepted makes a text, and its copies, larger. */
const PER_DRAFT = 2_500;
const MOST_GROWTH = 20 * 1024 * 1024;

/**
 * A million damaged updates from fifty people who come back after every refusal. Every update travels the
 * whole way: a connection, a handshake, a seat, the guard, the log.
 */
export const fuzz: Fault = {
	name: 'fuzz',
	promise:
		'1,000,000 mutated updates: refused, sender dropped, bytes unchanged, no call over 50 ms',
	async run({ small, count = small ? 100_000 : 1_000_000, say }) {
		const drafts = AT_A_TIME * Math.ceil(count / (AT_A_TIME * PER_DRAFT) + 1);
		const teamOf = (draft: number, editor: number) => draft % AT_A_TIME === editor % AT_A_TIME;
		const town = await buildTown(ATTACKERS, { drafts, teamOf });
		const server = await HouseServer.start(town);
		const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
		const patience = performance.now() + Number(process.env.FAULTS_MINUTES ?? 60) * 60_000;
		const harvest = newHarvest();
		try {
			say(`seed ${seed}, ${drafts} drafts`);
			const draftOf = (editor: number) => {
				const enough = harvest.judged >= goal || performance.now() > patience;
				if (enough || !server.alive) return null;
				const shift = Math.floor(harvest.judged / (AT_A_TIME * PER_DRAFT));
				return town.drafts[shift * AT_A_TIME + (editor % AT_A_TIME)]!.id;
			};
			const all = () =>
				Promise.all(
					town.editors.map((person, index) => {
						const random = seededRandom(seed + index + harvest.judged);
						const draft = () => draftOf(index);
						return attack({ port: server.port, person, random, draft }, harvest);
					})
				);
			// Caches, compiled code and rooms have their size after this; what comes later is growth.
			let goal = Math.min(5_000, count / 4);
			await all();
			const before = await settledMemory(server);
			goal = count;
			const began = performance.now();
			const [ownCpu, itsCpu, ofBefore] = [process.cpuUsage(), server.cpuMs(), harvest.judged];
			const telling = setInterval(() => {
				const rate = harvest.judged / ((performance.now() - began) / 1000);
				say(`${harvest.judged} judged, ${harvest.refused} refused, ${Math.round(rate)}/s`);
			}, 30_000);
			await all().finally(() => clearInterval(telling));
			must(server.alive, 'The server died');
			must(harvest.judged >= count, `Only ${harvest.judged} were judged in the time given`);
			const { user, system } = process.cpuUsage(ownCpu);
			const each = (ms: number) => rounded(ms / (harvest.judged - ofBefore), 2);
			const cpu = { attackers: (user + system) / 1_000, server: server.cpuMs() - itsCpu };
			const inside = await server.figures();
			const after = await settledMemory(server);
			const growth = after.rss - before.rss;
			const states = new Map<string, string>();
			for (const draft of town.drafts) states.set(draft.id, await stateOf(server, draft));
			await server.end('SIGKILL');
			const rows = await onlyTaken(town, harvest);
			const figures = {
				judged: harvest.judged,
				refused: harvest.refused,
				accepted: harvest.accepted,
				reasons: harvest.reasons.size,
				rows,
				'CPU ms each, server': each(cpu.server),
				'CPU ms each, attackers': each(cpu.attackers),
				'refusal p50 ms': rounded(quantile(harvest.waits, 0.5), 1),
				'refusal p99 ms': rounded(quantile(harvest.waits, 0.99), 1),
				'longest handler ms': rounded(inside.handler, 1),
				'loop held ms': rounded(inside.held, 1),
				'memory grown MB': rounded(growth / 2 ** 20, 1),
				'heap grown MB': rounded((after.heap - before.heap) / 2 ** 20, 1),
				per: [...harvest.reasons].map(([code, times]) => `${code}=${times}`).join(' ')
			};
			say(JSON.stringify(figures));
			for (const [documentId, state] of states) {
				const { text } = await remainsOf({ file: town.file, documentId }, false);
				must(text === state, 'The text served is not the text stored');
			}
			must(growth < MOST_GROWTH, `The server grew by ${rounded(growth / 2 ** 20, 1)} MB`);
			must(inside.handler < 50, `One message took ${rounded(inside.handler)} ms`);
			return figures;
		} finally {
			await server.end('SIGKILL');
			await town.remove();
		}
	}
};

/** Memory when all have left and the garbage is gone. */
async function settledMemory(server: HouseServer) {
	await pause(500);
	let least = await server.collect();
	for (let round = 0; round < 4; round += 1) {
		await pause(250);
		const now = await server.collect();
		if (now.rss < least.rss) least = now;
	}
	await server.figures();
	return least;
}

/** The text as the server itself serves it. */
async function stateOf(server: HouseServer, { slug }: Draft): Promise<string> {
	const answer = await fetch(`${server.url}/documents/${slug}/state`);
	const doc = new Y.Doc();
	const body = openBody(doc);
	Y.applyUpdate(doc, new Uint8Array(await answer.arrayBuffer()));
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
