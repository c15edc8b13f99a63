/** One update that the server has not acknowledged yet. */
export interface StoredUpdate {
	/** Its message number: grows with every update this browser stores. */
	n: number;
	/** The leased client id it was typed under; 0 when it only deletes. */
	client: number;
	epoch: number;
	update: Uint8Array;
}

/** Work that the server will not take, kept for its author. */
export interface Kept {
	id: number;
	at: number;
	/** The refusal's code. */
	reason: string;
	/** What was typed, as plain text. */
	text: string;
	updates: Uint8Array[];
}

/** The text as this browser last saw it. */
export interface Base {
	epoch: number;
	state: Uint8Array;
}

/** What a client needs on its disk: one instance per person and document. */
export interface LiveStorage {
	base(): Promise<Base | undefined>;
	saveBase(base: Base | undefined): Promise<void>;
	/** Every update not acknowledged yet, in order, also those of closed tabs. */
	updates(): Promise<StoredUpdate[]>;
	/** Resolves with the number when the update would survive a crash of the page. */
	append(update: Omit<StoredUpdate, 'n'>): Promise<number>;
	forget(numbers: number[]): Promise<void>;
	addSpares(clients: number[], epoch: number): Promise<void>;
	/** Takes one lease out for good: no other page will ever get it. */
	takeSpare(epoch: number): Promise<number | undefined>;
	spares(epoch: number): Promise<number>;
	keep(kept: Omit<Kept, 'id'>): Promise<void>;
	kept(): Promise<Kept[]>;
	dropKept(id: number): Promise<void>;
	close(): void;
}

/** A storage that lasts as long as the object: for tests, bots and readers. */
export function memoryStorage(): LiveStorage {
	let base: Base | undefined;
	let updates: StoredUpdate[] = [];
	let spares: { client: number; epoch: number }[] = [];
	let kept: Kept[] = [];
	let last = 0;
	return {
		base: async () => base,
		saveBase: async (next) => void (base = next),
		updates: async () => [...updates],
		append: async (update) => {
			last += 1;
			updates.push({ ...update, n: last });
			return last;
		},
		forget: async (numbers) => {
			const gone = new Set(numbers);
			updates = updates.filter(({ n }) => !gone.has(n));
		},
		addSpares: async (clients, epoch) => {
			spares.push(...clients.map((client) => ({ client, epoch })));
		},
		takeSpare: async (epoch) => {
			const spare = spares.find((one) => one.epoch === epoch);
			spares = spares.filter((one) => one !== spare);
			return spare?.client;
		},
		spares: async (epoch) => spares.filter((one) => one.epoch === epoch).length,
		keep: async (one) => {
			last += 1;
			kept.push({ ...one, id: last });
		},
		kept: async () => [...kept],
		dropKept: async (id) => {
			kept = kept.filter((one) => one.id !== id);
		},
		close: () => undefined
	};
}
