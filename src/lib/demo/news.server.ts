import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { listDocuments } from '#lib/documents/documents.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { follow } from '#lib/record/follow.server.ts';
import { markAllRead, readInbox } from '#lib/record/inbox.server.ts';
import { writeLetters } from '#lib/record/letters.server.ts';
import { Notifier } from '#lib/record/notifier.server.ts';
import { deliverLetters } from '#lib/record/outbox.server.ts';
import type { House } from '#lib/server/house.ts';
import { cast } from './cast.ts';
import type { Inhabitants } from './inhabit.server.ts';

const DAY = 86_400_000;
/** Who follows whatever they may read. */
const FOLLOWERS = ['amina', 'lena', 'rafael'];
/** What happened in the last days nobody has read yet. */
const UNREAD_DAYS = 4;

/** How the people of Meravia hear of each other, on some evenings of their story. */
export class Evenings {
	readonly #house: House;
	readonly #live: LiveEngine;
	readonly #people: Inhabitants;
	readonly #notifier: Notifier;
	readonly #today: number;

	constructor(house: House, live: LiveEngine, people: Inhabitants, today: number) {
		this.#house = house;
		this.#live = live;
		this.#people = people;
		this.#today = today;
		this.#notifier = new Notifier(house, live);
	}

	begin(): Promise<void> {
		return this.#notifier.start();
	}

	/** Earlier news go out as letters, which are caught, and are read but for the last; new ones are made. */
	async come(): Promise<void> {
		await writeLetters(this.#house);
		await deliverLetters(this.#house, null);
		if (this.#today - this.#house.clock() > UNREAD_DAYS * DAY) await this.#read();
		await this.#notifier.sweep();
		await this.#follow();
	}

	async #read(): Promise<void> {
		for (const { key } of cast) {
			const actor = await actorOf(this.#house, this.#people.idOf(key));
			const { newest } = await readInbox(this.#house, actor, { show: 'unread', page: 1 });
			if (newest) await markAllRead(this.#house, actor, newest);
		}
	}

	async #follow(): Promise<void> {
		for (const key of FOLLOWERS) {
			const actor = await actorOf(this.#house, this.#people.idOf(key));
			const { items } = await listDocuments(this.#house, actor);
			for (const { id } of items) {
				await follow(this.#house, this.#live, actor, { documentId: id });
			}
		}
	}

	end(): Promise<void> {
		return this.#notifier.stop();
	}
}
