import type { Following } from './clauses.ts';

/**
 * Which clauses of one text the reader follows. It is asked for once, when something first shows it, and
 * shared by all that does: whoever scrolls through a long text asks nothing more.
 */
export class Follows {
	readonly slug: string;
	readonly #viewer: () => string | null;
	#clauses = $state.raw<ReadonlySet<string>>();
	/** For whom it was asked: another person's page has another answer. */
	#askedFor: string | null = null;

	/** `viewer`: the id of who reads; null: nobody is signed in. */
	constructor(slug: string, viewer: () => string | null) {
		this.slug = slug;
		this.#viewer = viewer;
	}

	/** Whether the reader follows this clause; null: nobody is signed in; undefined: it is not known. */
	of(blockId: string): boolean | null | undefined {
		if (this.#viewer() === null) return null;
		return this.#clauses?.has(blockId);
	}

	/** Asks, unless somebody did before. Offline nothing is known; it is asked again when next shown. */
	async ask(): Promise<void> {
		const viewer = this.#viewer();
		if (viewer === null || viewer === this.#askedFor) return;
		this.#askedFor = viewer;
		this.#clauses = undefined;
		try {
			const response = await fetch(`/documents/${this.slug}/follow/own`);
			if (!response.ok) throw new Error(String(response.status));
			const { clauses } = (await response.json()) as Following;
			if (this.#askedFor === viewer) this.#clauses = new Set(clauses);
		} catch {
			if (this.#askedFor === viewer) this.#askedFor = null;
		}
	}

	/** The reader began or stopped to follow a clause, and the server said so. */
	took(blockId: string, follows: boolean): void {
		const clauses = new Set(this.#clauses);
		if (follows) clauses.add(blockId);
		else clauses.delete(blockId);
		this.#clauses = clauses;
	}
}
