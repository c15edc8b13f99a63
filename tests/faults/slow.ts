import * as Y from 'yjs';
import { openBody } from '#lib/documents/text/body.ts';
import { must, pause, quantile, rounded, until, type Fault } from './fault.ts';
import { figure } from './server.ts';
import { onStage, type Stage } from './stage.ts';
import { typing, type Typist } from './typist.ts';
import type { Townsperson } from './town.ts';
import { BareClient } from './wire.ts';

/**
 * One client reads a kilobyte a second while others paste and delete hundreds of kilobytes. How long the
 * others wait is compared between stretches with such a client and without one that take turns, so
 * that whatever else the machine does falls on both alike.
 */
export const slow: Fault = {
	name: 'slow',
	promise: 'client reading 1 KB/s: its buffer capped, then dropped; others’ p95 unchanged',
	async run({ small, count: turns = small ? 2 : 8, say }) {
		const stretch = small ? 4_000 : 10_000;
		return onStage({ people: 16, typists: 10 }, async (stage) => {
			const { server, town, typists } = stage;
			const stop = typing(typists, 4);
			const refusals = new Map<string, number>();
			const heard = () => [...refusals].map(([code, times]) => `${code}=${times}`).join(' ');
			const pasting = town.editors.slice(10, 15).map((person) => paste(stage, person, refusals));
			await pause(3_000);
			const before = await server.figures();
			const waits = { without: [] as number[], beside: [] as number[] };
			for (let turn = 0; turn < turns; turn += 1) {
				// Now the one first, now the other: what drifts must not always fall on the same.
				const order =
					turn % 2 === 0 ? (['without', 'beside'] as const) : (['beside', 'without'] as const);
				for (const kind of order) {
					const sloth = kind === 'beside' ? await seatSloth(stage) : null;
					waits[kind].push(...(await waitsIn(typists, stretch)));
					sloth?.end();
				}
				const so = (kind: 'without' | 'beside') => `${rounded(quantile(waits[kind], 0.95))} ms`;
				say(`turn ${turn + 1}: others’ p95 ${so('without')} without, ${so('beside')} beside`);
			}
			const sloth = await seatSloth(stage);
			const began = performance.now();
			const seated = await figure(server.url, 'folkmoot_connections');
			const backlogs: number[] = [];
			const isDropped = async () => {
				backlogs.push(await figure(server.url, 'folkmoot_backlog_bytes'));
				await pause(200);
				// Who does not read does not learn of the end either: the server is asked.
				return (await figure(server.url, 'folkmoot_connections')) < seated;
			};
			await until(isDropped, () => `the slow one is dropped (${heard()})`, 120_000);
			const dropped = performance.now() - began;
			const during = await server.figures();
			sloth.end();
			pasting.forEach((end) => end());
			stop();
			await stage.settle();
			const growth = (during.memory - before.memory) / 2 ** 20;
			const most = Math.max(...backlogs);
			const [without, beside] = [quantile(waits.without, 0.95), quantile(waits.beside, 0.95)];
			const figures = {
				'dropped after s': rounded(dropped / 1000),
				'read by then KB': rounded(sloth.read() / 1024),
				'most waiting for it MB': rounded(most / 2 ** 20, 1),
				'memory grown MB': rounded(growth, 1),
				'others p95 without ms': rounded(without),
				'others p95 beside ms': rounded(beside),
				'edits measured': waits.without.length + waits.beside.length
			};
			say(JSON.stringify(figures));
			must(most > 2 ** 20 && most < 9 * 2 ** 20, `${rounded(most / 2 ** 20)} MB waited for it`);
			must(growth < 64, `The server grew by ${rounded(growth)} MB`);
			must(
				beside <= without * 1.15 + 5,
				`Others’ p95 went from ${rounded(without)} to ${rounded(beside)} ms`
			);
			return figures;
		});
	}
};

async function waitsIn(typists: Typist[], stretch: number): Promise<number[]> {
	const since = performance.now();
	await pause(stretch);
	return typists.flatMap(({ journal }) => journal.waits(since));
}

/** Somebody who opens the draft and then reads hardly any of it. */
async function seatSloth({ server, town }: Stage) {
	const sloth = new BareClient({ port: server.port, cookie: town.editors[15]!.cookie });
	must(await sloth.welcome(), 'The slow one was not let in');
	await sloth.open(town.documentId, 'write');
	const stopReading = trickle(sloth);
	const end = () => {
		stopReading();
		sloth.end();
	};
	return { end, read: () => sloth.bytesIn };
}

/** Reads a kilobyte, then nothing for the rest of the second. */
function trickle({ socket }: BareClient): () => void {
	let budget = 0;
	socket.on('data', (data) => {
		budget -= data.length;
		if (budget < 0) socket.pause();
	});
	const timer = setInterval(() => {
		budget = Math.min(1_024, budget + 1_024);
		if (budget > 0) socket.resume();
	}, 1_000);
	return () => clearInterval(timer);
}

/** Pastes 100 KB and deletes them, over and over: many bytes on the wire, a small text. */
function paste(
	{ server, town }: Stage,
	{ cookie }: Townsperson,
	refusals: Map<string, number>
): () => void {
	let going = true;
	const run = async () => {
		while (going) {
			const client = new BareClient({
				port: server.port,
				cookie,
				onEvent(name, payload) {
					if (name !== 'refused') return;
					const { code } = payload as { code: string };
					refusals.set(code, (refusals.get(code) ?? 0) + 1);
				}
			});
			const answer = (await client.welcome())
				? await client.open(town.documentId, 'write', { leases: 1 })
				: null;
			if (answer?.opened) await pasteOn(client, answer.difference, answer.opened.leases[0]!);
			client.end();
			await pause(500);
		}
	};
	const pasteOn = async (client: BareClient, difference: Uint8Array, lease: number) => {
		const doc = new Y.Doc();
		const body = openBody(doc);
		Y.applyUpdate(doc, difference);
		doc.clientID = lease;
		let n = 0;
		doc.on('update', (update: Uint8Array) => client.edit(town.documentId, (n += 1), update));
		while (going && !client.isClosed) {
			const text = String.fromCharCode(97 + (n % 26)).repeat(100_000);
			// Into the same frame, both would leave only a length for the others to read.
			body.insert(0, text);
			await pause(110);
			body.delete(0, text.length);
			await pause(110);
		}
	};
	void run();
	return () => (going = false);
}
