import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { LiveText } from '#lib/contributions/places.server.ts';
import type { House } from '#lib/server/house.ts';
import { idFloor } from '#lib/server/ids.ts';
import { event, setting } from '#lib/server/schema.server.ts';
import { NEWS_VERBS } from './news.ts';
import { keepNews, newsFrom } from './tell.server.ts';

/** Where the reading of the record stands: the time of the last event that was looked at. */
export const CURSOR = 'record.news_cursor';
const PAGE = 200;
/** Something was announced: what was committed a moment ago, in whatever order. */
const WAKE_OVERLAP = 5_000;
/** By the clock: transactions that took long, and what another process wrote. */
const SWEEP_OVERLAP = 10 * 60_000;
/** A burst of announcements is one look. */
const PAUSE = 250;

/**
 * Reads the record and makes news of it (N4). Its place is kept in the database. Events are read in the order of their ids,
 * which are made before their transaction commits, so each look begins a little before that place;
 * what was told already is known here by its id, and after a restart by the index.
 */
export class Notifier {
	readonly #house: House;
	readonly #live: LiveText;
	readonly #told = new Set<string>();
	#cursor: number | undefined;
	#looking: Promise<number> | undefined;
	#timer: NodeJS.Timeout | undefined;
	#unhear: (() => void) | undefined;

	constructor(house: House, live: LiveText) {
		this.#house = house;
		this.#live = live;
	}

	/** Looks whenever something is announced. `since` is where a house that never looked begins (ms). */
	async start({ since }: { since?: number } = {}): Promise<void> {
		this.#cursor = (await this.#kept()) ?? since ?? this.#house.clock();
		this.#unhear = this.#house.bus.onAny(() => this.#wake());
	}

	/** Looks for what nothing announced; for the timetable. Returns how many news were made. */
	async sweep(): Promise<number> {
		while (this.#looking) await this.#looking.catch(() => 0);
		return this.#look(SWEEP_OVERLAP);
	}

	async stop(): Promise<void> {
		this.#unhear?.();
		clearTimeout(this.#timer);
		await this.#looking?.catch(() => 0);
	}

	#wake(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			// One that runs may have passed the place already: look once more after it.
			if (this.#looking) return this.#wake();
			this.#look(WAKE_OVERLAP).catch((error: unknown) => {
				this.#house.log.error({ err: error }, 'news were not made; the next look tries again');
			});
		}, PAUSE).unref();
	}

	#look(overlap: number): Promise<number> {
		const looking = this.#read(overlap).finally(() => (this.#looking = undefined));
		this.#looking = looking;
		return looking;
	}

	async #read(overlap: number): Promise<number> {
		const now = this.#house.clock();
		this.#cursor ??= (await this.#kept()) ?? now;
		// A clock may have been set back: what is written then is before the place, but not before now.
		let after = idFloor(Math.max(0, Math.min(this.#cursor, now) - overlap));
		this.#forget(idFloor(Math.max(0, now - 2 * SWEEP_OVERLAP)));
		let made = 0;
		for (;;) {
			const rows = await this.#house.store.db
				.select()
				.from(event)
				.where(and(gt(event.id, after), inArray(event.verb, NEWS_VERBS)))
				.orderBy(asc(event.id))
				.limit(PAGE);
			made += await this.#tell(rows.filter(({ id }) => !this.#told.has(id)));
			if (rows.length < PAGE) break;
			after = rows.at(-1)!.id;
			await this.#keep(Math.min(now, rows.at(-1)!.at));
		}
		await this.#keep(now);
		return made;
	}

	/** One event that cannot be told must not silence the others; it is tried again while it is near. */
	async #tell(rows: Array<typeof event.$inferSelect>): Promise<number> {
		const news: Awaited<ReturnType<typeof newsFrom>> = [];
		const told: string[] = [];
		for (const row of rows) {
			try {
				news.push(...(await newsFrom(this.#house, this.#live, row)));
				told.push(row.id);
			} catch (error) {
				this.#house.log.error({ err: error, event: row.id, verb: row.verb }, 'event was not told');
			}
		}
		const made = await keepNews(this.#house, news);
		for (const id of told) this.#told.add(id);
		return made;
	}

	#forget(floor: string): void {
		for (const id of this.#told) if (id < floor) this.#told.delete(id);
	}

	async #kept(): Promise<number | undefined> {
		const { db } = this.#house.store;
		const [row] = await db.select().from(setting).where(eq(setting.key, CURSOR));
		const at = (row?.value as { at?: unknown } | undefined)?.at;
		return typeof at === 'number' ? at : undefined;
	}

	async #keep(at: number): Promise<void> {
		// Seconds are enough: what is looked at twice is told once.
		if (this.#cursor !== undefined && Math.abs(at - this.#cursor) < 1_000) return;
		this.#cursor = at;
		const values = { value: { at }, changedAt: this.#house.clock(), changedBy: null };
		await this.#house.store.transact(async (tx) => {
			await tx
				.insert(setting)
				.values({ key: CURSOR, ...values })
				.onConflictDoUpdate({ target: setting.key, set: values });
		});
	}
}
