import { pino } from 'pino';
import type { Socket } from 'socket.io';
import { Desk } from '#lib/documents/live/desk.server.ts';
import { PATIENCE } from '#lib/documents/live/delivery.server.ts';
import { Frames, TIMING } from '#lib/documents/live/frames.server.ts';
import { serve } from '#lib/documents/live/live.server.ts';
import { decodePacket, encodePacket } from '#lib/documents/live/parser.ts';
import { Rooms } from '#lib/documents/live/rooms.server.ts';
import type { Guest } from '#lib/documents/live/seat.server.ts';
import { settlingOf } from '#lib/documents/live/settling.server.ts';
import { Bus } from '#lib/server/bus.ts';
import { readConfig } from '#lib/server/config.ts';
import { openStore } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import type { Caller } from './fuzz-attacker.ts';
import type { Town } from './town.ts';
import { EVENT, type Answer } from './wire.ts';

/** The live engine in this process, without what lies before its door: TCP, HTTP, WebSocket, Socket.IO. */
export interface Door {
	/** The most that this thread computed for one message, ms. */
	handler: number;
	call(person: Guest, onEvent: (name: string, payload: never) => void): Caller;
	stateOf(documentId: string): Promise<Uint8Array>;
	close(): Promise<void>;
}

/** Opens the town's database with the engine's own parts: seats, rooms, the guard, the log. */
export async function openDoor({ file }: Town): Promise<Door> {
	const store = await openStore({ file });
	const log = pino({ level: 'silent' });
	const house: House = { store, config: readConfig({}), log, bus: new Bus(), clock: Date.now };
	const rooms = new Rooms(house, 5_000, PATIENCE);
	const frames = new Frames(house, settlingOf(house, rooms), TIMING);
	const desk = new Desk(house, rooms, frames, async () => 'write');
	// One person sends here what a thousand would: how much somebody may send is tried on the wire.
	const allowance = { spend: () => undefined, moves: () => true };
	Object.assign(desk, { limits: { of: () => allowance } });
	const door: Door = {
		handler: 0,
		call: (person, onEvent) => new Call(door, desk, person, onEvent),
		stateOf: async (documentId) => (await rooms.get(documentId)).room.text.since(),
		async close() {
			await frames.flush();
			await rooms.close();
			await store.close();
		}
	};
	return door;
}

/** One socket, as far as the engine looks at it; every message goes through the parser both ways. */
class Call implements Caller {
	isClosed = false;
	readonly closed: Promise<void>;
	readonly #door: Door;
	readonly #heard: (name: string, payload: never) => void;
	readonly #listeners = new Map<string, (...data: unknown[]) => void>();
	#any: (name: string) => void = () => undefined;
	#end: () => void = () => undefined;

	constructor(door: Door, desk: Desk, data: Guest, heard: (name: string, payload: never) => void) {
		this.#door = door;
		this.#heard = heard;
		this.closed = new Promise((done) => (this.#end = done));
		const closes = () => this.end();
		const conn = {
			readyState: 'open',
			writeBuffer: [],
			transport: { name: 'door' },
			write: (message: Uint8Array) => this.#hear(message),
			close: closes,
			on: () => undefined
		};
		const socket = {
			data,
			conn,
			connected: true,
			on: (name: string, act: (...given: unknown[]) => void) => this.#listeners.set(name, act),
			onAny: (act: (name: string) => void) => (this.#any = act),
			disconnect: closes
		};
		void this.closed.then(() => Object.assign(socket, { connected: false }));
		void this.closed.then(() => (conn.readyState = 'closed'));
		serve(socket as unknown as Socket, desk);
	}

	/** Lets everything else have its turn, as the network would. */
	async welcome(): Promise<boolean> {
		await new Promise<void>((next) => setImmediate(next));
		return true;
	}

	async open(...[document, mode, wish]: Parameters<Caller['open']>) {
		const { leases = 0, epoch = 0, vector = Uint8Array.of(0) } = wish ?? {};
		const answered = new Promise<Answer>((done) => {
			const answer = (refusal: never, opened: never, difference: never) =>
				done({ refusal, opened, difference });
			this.#say('open', [{ document, mode, epoch, leases }, vector], answer);
		});
		return Promise.race([answered, this.closed.then(() => null)]);
	}

	edit(document: string, n: number, update: Uint8Array): void {
		this.#say('edit', [{ document, n }, update]);
	}

	end(): void {
		if (this.isClosed) return;
		this.isClosed = true;
		this.#end();
		this.#listeners.get('disconnect')?.();
	}

	#say(name: string, given: unknown[], ...answer: unknown[]): void {
		if (this.isClosed) return;
		const packet = encodePacket({ type: EVENT, nsp: '/', data: [name, ...given] });
		const [event, ...data] = decodePacket(packet).data as [string, ...unknown[]];
		const began = cpuNow();
		this.#any(event);
		this.#listeners.get(event)?.(...data, ...answer);
		this.#door.handler = Math.max(this.#door.handler, cpuNow() - began);
	}

	#hear(message: Uint8Array): void {
		if (this.isClosed) return;
		const [name, payload] = decodePacket(message).data as [string, never];
		this.#heard(name, payload);
	}
}

function cpuNow(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}
