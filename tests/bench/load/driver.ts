/** One connection of the load, whatever protocol is below it. */
export interface Connection {
	/** Sends one update of this editor. `number` counts its updates from 0. */
	send(update: Uint8Array, number: number): void;
	/** Client id this editor must write under (a server may lease it). */
	readonly client: number;
	/** The first unit of the text, where it has content. */
	readonly start?: { client: number; clock: number };
	close(): void;
}

/** What a driver tells the load about arriving messages. */
export interface Sink {
	/** Every frame, with its size. */
	frame(bytes: number): void;
	/** Each update in a frame or in the first answer; called for probing connections only. */
	update(update: Uint8Array): void;
	/** The server says that the editor's updates up to and including this number are stored (or taken). */
	ack(upTo: number): void;
}

export interface Settings {
	port: number;
	/** 0, 1, 2 …: which of the connections this is. */
	index: number;
	probe: boolean;
	/** Readers never send. */
	reader: boolean;
	sink: Sink;
	/** What the server's own set-up handed over (accounts, document). */
	handover?: unknown;
}

/** Connects and resolves when the connection may send. */
export type Driver = (settings: Settings) => Promise<Connection>;
