import { randomInt } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { House } from '#lib/server/house.ts';
import { lease } from './schema.server.ts';

/** Who a lease is granted to. */
export interface Holder {
	personId: string;
	sessionId: string;
}

/**
 * The leases of one open document, in memory for the guard and in the database for good. Those of a
 * branch are unique in its document, good on the branch and nowhere else.
 */
export class Leases {
	readonly #house: House;
	readonly #documentId: string;
	readonly #owners = new Map<number, string>();
	readonly #loaded = new Map<string, Promise<void>>();
	#epoch: number;
	readonly #branchId: string | null;

	constructor(house: House, documentId: string, epoch: number, branchId: string | null = null) {
		this.#house = house;
		this.#documentId = documentId;
		this.#epoch = epoch;
		this.#branchId = branchId;
	}

	/** Whether the client id is this person's; call `load` for the person first. */
	isOf(client: number, personId: string): boolean {
		return this.#owners.get(client) === personId;
	}

	/** Reads a person's leases of this epoch, once: past ones count, also from other sessions. */
	load(personId: string): Promise<void> {
		let loading = this.#loaded.get(personId);
		if (!loading) {
			loading = this.#read(personId).catch((error: unknown) => {
				this.#loaded.delete(personId);
				throw error;
			});
			this.#loaded.set(personId, loading);
		}
		return loading;
	}

	async #read(personId: string): Promise<void> {
		const rows = await this.#house.store.db
			.select({ client: lease.client })
			.from(lease)
			.where(
				and(
					eq(lease.documentId, this.#documentId),
					eq(lease.personId, personId),
					eq(lease.epoch, this.#epoch),
					this.#branchId === null ? isNull(lease.branchId) : eq(lease.branchId, this.#branchId)
				)
			);
		for (const row of rows) this.#owners.set(row.client, personId);
	}

	/** Grants fresh client ids: random, 32 bits, never used before on this document. */
	async grant(holder: Holder, count: number): Promise<number[]> {
		const granted = await this.#house.store.transact(async (tx) => {
			const made: number[] = [];
			while (made.length < count) {
				const wanted = Array.from({ length: count - made.length }, () => ({
					documentId: this.#documentId,
					client: randomInt(1, 2 ** 32),
					epoch: this.#epoch,
					branchId: this.#branchId,
					...holder,
					grantedAt: this.#house.clock()
				}));
				const rows = await tx
					.insert(lease)
					.values(wanted)
					.onConflictDoNothing()
					.returning({ client: lease.client });
				made.push(...rows.map((row) => row.client));
			}
			return made;
		});
		for (const client of granted) this.#owners.set(client, holder.personId);
		return granted;
	}
}
