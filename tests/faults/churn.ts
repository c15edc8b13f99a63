import { openLiveDocument, type LiveDocument } from '#lib/documents/live/client.ts';
import { memoryStorage, type LiveStorage } from '#lib/documents/live/client-storage.ts';
import { remainsOf } from './checker.ts';
import { must, pause, rounded, until, type Fault } from './fault.ts';
import { figure } from './server.ts';
import { onStage, type Stage } from './stage.ts';
import type { Draft, Townsperson } from './town.ts';
import { BareClient, EVENT } from './wire.ts';

const WRITERS = 30;
const READERS = 30;
/** A part of the time with a draft of its own; long enough for the rooms of the part before to be closed. */
const PART_MINUTES = 3;
const MOST_TEXT = 4_000;
/** Nothing is timed here; it may be run beside whatever else the machine does. */
const PATIENCE_MS = 600_000;
const MB = 2 ** 20;

/**
 * People come, write, read, and go again, politely or not, for half an hour. A text and its history grow
 * with what is typed, so each part of the time has a draft of its own: any two parts are alike.
 */
export const churn: Fault = {
	name: 'churn',
	promise: '30 minutes of joins, edits and leaves: heap after collection within 10 %',
	async run({ small, count: minutes = small ? 6 : 30, say }) {
		const parts = Math.max(2, Math.ceil(minutes / PART_MINUTES));
		return onStage({ people: WRITERS, typists: 0, drafts: parts }, async (stage) => {
			const { server, town } = stage;
			const tally: Tally = { joins: 0, edits: 0, reads: 0, draft: town.drafts[0]!, going: true };
			const crowd = [
				...town.editors.map((person) => writer(stage, person, tally)),
				...Array.from({ length: READERS }, (_, index) => reader(stage, index, tally))
			];
			const ended = Promise.race(crowd);
			const heaps: number[] = [];
			const sizes: number[] = [];
			for (const [part, draft] of town.drafts.entries()) {
				tally.draft = draft;
				await Promise.race([pause((minutes / parts) * 60_000), ended]);
				must(server.alive, 'The server died');
				const { heap, rss } = await server.collect();
				heaps.push(heap / MB);
				sizes.push(rss / MB);
				const minute = rounded(((part + 1) * minutes) / parts, 1);
				const so = `${tally.joins} joins, ${tally.edits} edits, ${tally.reads} pages read`;
				say(`${minute} min: heap ${rounded(heap / MB, 1)} MB, rss ${rounded(rss / MB)} MB, ${so}`);
			}
			tally.going = false;
			await Promise.all(crowd);
			const empty = async () => (await figure(server.url, 'folkmoot_documents_open')) === 0;
			await until(empty, 'every room is closed', PATIENCE_MS);
			const rest = (await server.collect()).heap / MB;
			await server.end('SIGTERM');
			let rows = 0;
			for (const { id: documentId } of town.drafts) {
				const remains = await remainsOf({ file: town.file, documentId }, true);
				const { brokenAt, overlaps } = remains;
				must(brokenAt === null && overlaps === 0, `The log breaks at ${brokenAt}`);
				rows += remains.rows;
			}
			// Caches and compiled code have their size after the first part; what comes later is growth.
			const [first, ...later] = heaps as [number, ...number[]];
			const growth = ((Math.max(...later) - first) / first) * 100;
			const figures = {
				minutes,
				joins: tally.joins,
				edits: tally.edits,
				'pages read': tally.reads,
				rows,
				'heap MB, part by part': heaps.map((heap) => rounded(heap, 1)).join(' '),
				'rss MB': sizes.map((size) => rounded(size)).join(' '),
				'heap when all have left MB': rounded(rest, 1),
				'most grown %': rounded(growth, 1)
			};
			say(JSON.stringify(figures));
			must(growth < 10, `The heap grew by ${rounded(growth, 1)} %`);
			must(rest < first * 1.1, `${rounded(rest - first, 1)} MB stay when all have left`);
			return figures;
		});
	}
};

interface Tally {
	joins: number;
	edits: number;
	reads: number;
	/** The one that people work on now. */
	draft: Draft;
	going: boolean;
}

/** Opens the draft, types for a while, strikes out what has become too much, and leaves; again and again. */
async function writer({ server }: Stage, person: Townsperson, tally: Tally): Promise<void> {
	const headers = { origin: server.url, cookie: person.cookie };
	let storage: LiveStorage = memoryStorage();
	let draft: Draft | undefined;
	while (tally.going) {
		if (draft !== tally.draft) storage = memoryStorage();
		({ draft } = tally);
		const page = openLiveDocument({
			url: server.url,
			documentId: draft.id,
			storage,
			io: { transports: ['websocket'], extraHeaders: headers }
		});
		const is = () => `${page.state} ${page.reason ?? ''} with ${page.unsaved} unsaved`;
		const inside = () => page.writable && page.state === 'saved';
		await until(inside, () => `a writer is let in (${is()})`, PATIENCE_MS);
		tally.joins += 1;
		const leavesAt = performance.now() + 2_000 + Math.random() * 20_000;
		let at = Math.floor(Math.random() * page.body.length);
		while (tally.going && performance.now() < leavesAt) {
			at = edit(page, at, tally);
			page.setCursor({ from: at, to: at });
			await pause(500 + Math.random() * 1_500);
		}
		// Half of them go in the middle of a word: it is sent when they come again.
		if (Math.random() < 0.5) await until(inside, () => `all is saved (${is()})`, PATIENCE_MS);
		await page.close();
		await pause(Math.random() * 3_000);
	}
}

/** Types a few words on from where it typed last; returns where that is now. */
function edit({ body, doc }: LiveDocument, place: number, tally: Tally): number {
	tally.edits += 1;
	const words = 'a word or two ';
	// Never behind the last line-end, and never that one away: a body ends with it.
	const at = Math.min(place, body.length - 1);
	const surplus = Math.max(0, body.length + words.length - MOST_TEXT);
	doc.transact(() => {
		body.insert(at, words);
		if (surplus > 0) body.delete(0, surplus);
	});
	return Math.max(0, at + words.length - surplus);
}

/** Looks at the draft: by its page, or at the live text, from a connection that is cut or closed. */
async function reader({ server, town }: Stage, index: number, tally: Tally): Promise<void> {
	const { cookie } = town.editors[index % town.editors.length]!;
	while (tally.going) {
		const known = Math.random() < 0.5 ? cookie : undefined;
		const headers: Record<string, string> = known ? { cookie: known } : {};
		const { id: document, slug } = tally.draft;
		// A connection that was kept alive may end just when it is used again: the reader asks again.
		const read = async () => (await fetch(`${server.url}/documents/${slug}`, { headers })).text();
		await read().catch(read);
		tally.reads += 1;
		const client = new BareClient({ port: server.port, cookie: known });
		if (await client.welcome()) {
			await client.open(document, Math.random() < 0.5 ? 'read' : 'page');
			tally.joins += 1;
			await pause(1_000 + Math.random() * 10_000);
			const polite = { type: EVENT, nsp: '/', data: ['close', { document }] };
			if (Math.random() < 0.5) client.packet(polite);
		}
		client.end();
	}
}
