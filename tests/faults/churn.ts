import { openLiveDocument, type LiveDocument } from '#lib/documents/live/client.ts';
import { memoryStorage, type LiveStorage } from '#lib/documents/live/client-storage.ts';
import { remainsOf } from './checker.ts';
import { must, pause, rounded, until, type Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';
import type { Townsperson } from './town.ts';
import { BareClient, EVENT } from './wire.ts';

const WRITERS = 30;
const READERS = 30;
const MOST_TEXT = 4_000;

/** People come, write, read, and go again, politely or not, for half an hour. */
export const churn: Fault = {
	name: 'churn',
	promise: '30 minutes of joins, edits and leaves: heap after collection within 10 %',
	async run({ small, count: minutes = small ? 2 : 30, say }) {
		return onStage({ people: WRITERS, typists: 0 }, async (stage) => {
			const { server, town } = stage;
			const tally: Tally = { joins: 0, edits: 0, reads: 0, going: true };
			const crowd = [
				...town.editors.map((person) => writer(stage, person, tally)),
				...Array.from({ length: READERS }, (_, index) => reader(stage, index, tally))
			];
			const period = (minutes / 10) * 60_000;
			const heaps: number[] = [];
			let rss = 0;
			for (let part = 1; part <= 10; part += 1) {
				await pause(period);
				const now = await server.collect();
				heaps.push(now.heap / 2 ** 20);
				({ rss } = now);
				say(
					`${rounded((part * minutes) / 10, 1)} min: heap ${rounded(now.heap / 2 ** 20, 1)} MB, ` +
						`rss ${rounded(rss / 2 ** 20)} MB, ${tally.joins} joins, ${tally.edits} edits`
				);
			}
			tally.going = false;
			await Promise.all(crowd);
			const left = await server.collect();
			await server.end('SIGTERM');
			const { rows, brokenAt, overlaps } = await remainsOf(town, true);
			must(brokenAt === null && overlaps === 0, `The log breaks at ${brokenAt}`);
			// Caches, compiled code and rooms have their size after the first part; what comes later is growth.
			const [first, ...later] = heaps as [number, ...number[]];
			const most = Math.max(...later);
			const growth = ((most - first) / first) * 100;
			const figures = {
				minutes,
				joins: tally.joins,
				edits: tally.edits,
				'pages read': tally.reads,
				rows,
				'heap MB, in tenths': heaps.map((heap) => rounded(heap, 1)).join(' '),
				'heap when all have left MB': rounded(left.heap / 2 ** 20, 1),
				'rss MB': rounded(rss / 2 ** 20),
				'most grown %': rounded(growth, 1)
			};
			say(JSON.stringify(figures));
			must(growth < 10, `The heap grew by ${rounded(growth, 1)} %`);
			return figures;
		});
	}
};

interface Tally {
	joins: number;
	edits: number;
	reads: number;
	going: boolean;
}

/** Opens the draft, types for a while, strikes out what has become too much, and leaves; again and again. */
async function writer({ server, town }: Stage, person: Townsperson, tally: Tally): Promise<void> {
	const headers = { origin: server.url, cookie: person.cookie };
	const storage: LiveStorage = memoryStorage();
	while (tally.going) {
		const page = openLiveDocument({
			url: server.url,
			documentId: town.documentId,
			storage,
			io: { transports: ['websocket'], extraHeaders: headers }
		});
		await until(() => page.writable && page.state === 'saved', 'a writer is let in', 120_000);
		tally.joins += 1;
		const leavesAt = performance.now() + 2_000 + Math.random() * 20_000;
		while (tally.going && performance.now() < leavesAt) {
			edit(page, tally);
			page.setCursor({ from: 0, to: Math.floor(Math.random() * page.body.length) });
			await pause(500 + Math.random() * 1_500);
		}
		// Half of them go in the middle of a word: it is sent when they come again.
		if (Math.random() < 0.5) await until(() => page.state === 'saved', 'all is saved', 120_000);
		await page.close();
		await pause(Math.random() * 3_000);
	}
}

function edit({ body, doc }: LiveDocument, tally: Tally): void {
	tally.edits += 1;
	doc.transact(() => {
		// Never behind the last line-end, and never that one away: a body ends with it.
		const at = Math.floor(Math.random() * (body.length - 1));
		body.insert(at, 'a word or two ');
		if (body.length > MOST_TEXT) body.delete(0, body.length - MOST_TEXT);
	});
}

/** Looks at the draft: by its page, or at the live text, from a connection that is cut or closed. */
async function reader({ server, town }: Stage, index: number, tally: Tally): Promise<void> {
	const { cookie } = town.editors[index % town.editors.length]!;
	while (tally.going) {
		const known = Math.random() < 0.5 ? cookie : undefined;
		const headers: Record<string, string> = known ? { cookie: known } : {};
		const answer = await fetch(`${server.url}/documents/${town.slug}`, { headers });
		await answer.text();
		tally.reads += 1;
		const client = new BareClient({ port: server.port, cookie: known });
		if (await client.welcome()) {
			await client.open(town.documentId, Math.random() < 0.5 ? 'read' : 'page');
			tally.joins += 1;
			await pause(1_000 + Math.random() * 10_000);
			const polite = { type: EVENT, nsp: '/', data: ['close', { document: town.documentId }] };
			if (Math.random() < 0.5) client.packet(polite);
		}
		client.end();
	}
}
