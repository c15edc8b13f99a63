import * as Y from 'yjs';
import { openLiveDocument, type LiveDocument } from '#lib/documents/live/client.ts';
import { memoryStorage, type LiveStorage } from '#lib/documents/live/client-storage.ts';
import { until } from './fault.ts';
import { Journal } from './journal.ts';
import type { Town, Townsperson } from './town.ts';

/** A word as typists write it: the typist's own letter, a number, an end. */
export const WORD = /([\u4e00-\u9fff])([0-9a-z]+);/g;
/** Typists strike their own words out again when they have this many, so that the text stays small. */
const MOST_WORDS = 8;

/** The product's own client in the hands of somebody who writes down everything they do. */
export class Typist {
	readonly person: Townsperson;
	readonly letter: string;
	readonly document: LiveDocument;
	readonly storage: LiveStorage;
	readonly journal = new Journal();
	/** When it was last let in. */
	openedAt = 0;
	#standing: { word: string; acked: () => boolean }[] = [];
	#typed = 0;
	#wasOpen = false;

	constructor(url: string, town: Town, index: number) {
		this.person = town.editors[index]!;
		this.letter = String.fromCharCode(0x4e00 + index);
		this.storage = this.#recording(memoryStorage());
		this.document = openLiveDocument({
			url,
			documentId: town.documentId,
			storage: this.storage,
			io: {
				transports: ['websocket'],
				extraHeaders: { origin: url, cookie: this.person.cookie }
			}
		});
		this.document.on('change', () => {
			const open = this.open;
			if (open && !this.#wasOpen) this.openedAt = performance.now();
			this.#wasOpen = open;
		});
	}

	/** Whether the server has let it in. */
	get open(): boolean {
		return ['saving', 'saved'].includes(this.document.state);
	}

	get saved(): boolean {
		return this.document.state === 'saved';
	}

	/** Types a word somewhere, or strikes one of its own out. */
	act(random: () => number = Math.random): void {
		const oldest = this.#standing[0];
		if (oldest && this.#standing.length >= MOST_WORDS && oldest.acked()) this.#strike();
		else this.#type(random);
	}

	#type(random: () => number): void {
		const { body, doc } = this.document;
		this.#typed += 1;
		const word = `${this.letter}${this.#typed.toString(36)};`;
		const text = body.toString();
		const at = text.indexOf(';', Math.floor(random() * text.length)) + 1;
		const clock = Y.getState(doc.store, doc.clientID);
		this.journal.invoke({ kind: 'insert', word, client: doc.clientID, clock });
		body.insert(at, word);
		const act = this.journal.acts.at(-1)!;
		this.#standing.push({ word, acked: () => act.state === 'ok' });
	}

	#strike(): void {
		const { body, doc } = this.document;
		const { word } = this.#standing.shift()!;
		const at = body.toString().indexOf(word);
		if (at < 0) throw new Error(`${word} has left the text of who typed it`);
		let first: { client: number; clock: number } | undefined;
		const look = (update: Uint8Array) => {
			for (const [client, ranges] of Y.decodeUpdate(update).ds.clients) {
				first ??= { client, clock: ranges[0]!.clock };
			}
			this.journal.invoke({ kind: 'delete', word, ...first! });
		};
		doc.once('update', look);
		body.delete(at, word.length);
	}

	#recording(inner: LiveStorage): LiveStorage {
		return {
			...inner,
			append: async (row) => {
				const n = await inner.append(row);
				this.journal.stored(n, row.update);
				return n;
			},
			forget: async (numbers) => {
				const state = this.document.reason === null ? 'ok' : 'aside';
				for (const n of numbers) this.journal.settled(n, state);
				await inner.forget(numbers);
			}
		};
	}
}

/** So many typists in one town, all of them let in. */
export async function seatTypists(url: string, town: Town, count: number): Promise<Typist[]> {
	const typists: Typist[] = [];
	for (let index = 0; index < count; index += 1) {
		typists.push(new Typist(url, town, index));
		if (index % 20 === 19) await new Promise((next) => setTimeout(next, 50));
	}
	const inside = () => typists.every(({ document, open }) => document.writable && open);
	await until(inside, 'every typist is let in', 120_000);
	return typists;
}

/** Resolves when all are let in again, by themselves; fails, saying how the others are. */
export function everybodyBack(typists: Typist[]): Promise<void> {
	const others = () =>
		typists
			.filter(({ open }) => !open)
			.map(({ document }) => `${document.state} ${document.reason ?? ''}`.trim());
	const what = () => `everybody is back (${others().join(', ')})`;
	return until(() => typists.every(({ open }) => open), what, 120_000);
}

/** Lets them all type, each so many times a second, until the returned function is called. */
export function typing(typists: Typist[], perSecond: number): () => void {
	const stops = typists.map((typist) => {
		let timer = setTimeout(next, Math.random() * (1000 / perSecond));
		function next(): void {
			if (typist.document.writable) typist.act();
			timer = setTimeout(next, (0.5 + Math.random()) * (1000 / perSecond));
		}
		return () => clearTimeout(timer);
	});
	return () => stops.forEach((stop) => stop());
}
