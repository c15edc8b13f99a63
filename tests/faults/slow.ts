import * as Y from 'yjs';
import { openBody } from '#lib/documents/text/body.ts';
import { must, pause, quantile, rounded, until, type Fault } from './fault.ts';
import { figure } from './server.ts';
import { onStage, type Stage } from './stage.ts';
import { typing, type Typist } from './typist.ts';
import type { Townsperson } from './town.ts';
import { BareClient } from './wire.ts';

/** One client reads a kilobyte a second while others paste and delete hundreds of kilobytes. */
export const slow: Fault = {
	name: 'slow',
	promise: 'client reading 1 KB/s: its buffer capped, then dropped; others’ p95 unchanged',
	async run({ small }) {
		const window = small ? 6_000 : 20_000;
		return onStage({ people: 16, typists: 10 }, async (stage) => {
			const { server, town, typists } = stage;
			const stop = typing(typists, 2);
			const refusals = new Map<string, number>();
			const heard = () => [...refusals].map(([code, times]) => `${code}=${times}`).join(' ');
			const pasting = town.editors.slice(10, 15).map((person) => paste(stage, person, refusals));
			await pause(3_000);
			const first = await p95(typists, window);
			const before = await server.figures();
			const sloth = new BareClient({ port: server.port, cookie: town.editors[15]!.cookie });
			await sloth.welcome();
			await sloth.open(town.documentId, 'write');
			const seated = await figure(server.url, 'folkmoot_connections');
			const began = performance.now();
			const stopReading = trickle(sloth);
			const beside = await p95(typists, window);
			const during = await server.figures();
			const backlogs: number[] = [];
			const isDropped = async () => {
				backlogs.push(await figure(server.url, 'folkmoot_backlog_bytes'));
				await pause(200);
				// Who does not read does not learn of the end either: the server is asked.
				return (await figure(server.url, 'folkmoot_connections')) < seated;
			};
			await until(isDropped, () => `the slow one is dropped (${heard()})`, 120_000);
			const dropped = performance.now() - began;
			stopReading();
			const without = Math.max(first, await p95(typists, window));
			pasting.forEach((end) => end());
			stop();
			await stage.settle();
			const growth = (during.rss - before.rss) / 2 ** 20;
			const most = Math.max(...backlogs);
			must(most > 2 ** 20 && most < 9 * 2 ** 20, `${rounded(most / 2 ** 20)} MB waited for it`);
			must(growth < 64, `The server grew by ${rounded(growth)} MB`);
			must(
				beside <= without * 1.5 + 30,
				`Others’ p95 went from ${rounded(without)} to ${rounded(beside)} ms`
			);
			return {
				'dropped after s': rounded(dropped / 1000),
				'read by then KB': rounded(sloth.bytesIn / 1024),
				'most waiting for it MB': rounded(most / 2 ** 20, 1),
				'memory grown MB': rounded(growth, 1),
				'others p95 without ms': rounded(without),
				'others p95 beside ms': rounded(beside)
			};
		});
	}
};

async function p95(typists: Typist[], window: number): Promise<number> {
	const since = performance.now();
	await pause(window);
	return quantile(
		typists.flatMap(({ journal }) => journal.waits(since)),
		0.95
	);
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
			body.insert(0, text);
			body.delete(0, text.length);
			await pause(220);
		}
	};
	void run();
	return () => (going = false);
}
