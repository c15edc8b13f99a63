import type { Server as HttpServer } from 'node:http';
import type * as Y from 'yjs';
import { Conflict, TooMany } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { openSockets, serveSockets } from '#lib/server/live/sockets.ts';
import type { Meter } from '#lib/server/metrics.ts';
import type { Here } from '../messages.ts';
import type { Delta } from '../text/blocks.ts';
import { Acceptances, type Acceptance, type Standing, type Undoing } from './acceptance.server.ts';
import { authorsOf, type Authored } from './authors.server.ts';
import { PATIENCE, type Patience } from './delivery.server.ts';
import { Desk, type RightsOf } from './desk.server.ts';
import { createText } from './create.server.ts';
import { beginEpoch } from './epochs.server.ts';
import { Frames, TIMING, type Timing } from './frames.server.ts';
import { admit, sayGoodbye, serve } from './live.server.ts';
import { Decoder, Encoder } from './parser.ts';
import { hereOf } from './presence.server.ts';
import type { Reading } from './readings.server.ts';
import type { Room } from './room.server.ts';
import { LARGEST_UPDATE } from './refusal.ts';
import { Rooms } from './rooms.server.ts';
import type { Seed } from './seed.ts';
import { settlingOf } from './settling.server.ts';
import { Writer } from './writer.server.ts';

/** An update and what stands beside it; an attacker has no use for more. */
const LARGEST_MESSAGE = LARGEST_UPDATE + 64 * 1024;

/** What the engine needs of the house, and what tests may set. */
export interface EngineSettings {
	house: House;
	/** Decides what somebody may do with a document now; asked again whenever the bus announces it. */
	rightsOf: RightsOf;
	/** Who holds this cookie. */
	actorOfCookie: (cookie: string) => Promise<Actor>;
	timing?: Partial<Timing>;
	patience?: Partial<Patience>;
	/** How long an unused document stays open, ms. */
	idleMs?: number;
	allowedOrigins?: string[];
	/** Told what is committed and how long it took. */
	meter?: Meter;
}

export type { Reading } from './readings.server.ts';

/** Who is in a document now. */
export interface Present {
	writing: Omit<Here, 'tag'>[];
	reading: number;
}

export type LiveEngine = ReturnType<typeof createLiveEngine>;

/** The live engine of one process; README.md tells what it promises. */
export function createLiveEngine(settings: EngineSettings) {
	const { house, rightsOf, actorOfCookie } = settings;
	const patience = { ...PATIENCE, ...settings.patience };
	const rooms = new Rooms(house, settings.idleMs ?? 60_000, patience);
	const frames = new Frames(house, settlingOf(house, rooms, settings.meter), {
		...TIMING,
		...settings.timing
	});
	const desk = new Desk(house, rooms, frames, rightsOf);
	const writer = new Writer(rooms, frames);
	const acceptances = new Acceptances(rooms, frames, writer);
	const states = new WeakMap<Room, { etag: string; epoch: number; seq: number; bytes: Buffer }>();
	const io = openSockets({
		parser: { Encoder, Decoder },
		origin: house.config.origin,
		allowedOrigins: settings.allowedOrigins,
		path: '/live',
		largestMessage: LARGEST_MESSAGE
	});
	let closing = false;
	admit(io, async (cookie) => {
		if (closing) throw new TooMany('closing', { seconds: 5 });
		const { person, sessionId } = await actorOfCookie(cookie);
		return { personId: person?.id ?? null, sessionId, name: person?.name ?? '' };
	});
	io.on('connection', (socket) => serve(socket, desk));

	const disconnect = (field: 'sessionId' | 'personId', value: string) => {
		for (const socket of io.sockets.sockets.values()) {
			if ((socket.data as Record<string, unknown>)[field] === value) socket.disconnect(true);
		}
	};
	const decideAgain = (documentId: string | undefined, people: string[] | null) => {
		for (const { room } of rooms.all()) {
			const about = [room.documentId, room.base?.documentId];
			if (documentId && !about.includes(documentId)) continue;
			desk.decideAgain(room, people).catch((error: unknown) => {
				house.log.error({ err: error, documentId: room.documentId }, 'rights were not decided');
			});
		}
	};
	const listening = [
		house.bus.on('rights', ({ personId, documentId }) => decideAgain(documentId, [personId])),
		house.bus.on('document', ({ documentId }) => decideAgain(documentId, null)),
		house.bus.on('contribution', ({ documentId }) => rooms.peek(documentId)?.delivery.remarked()),
		house.bus.on('sessionEnded', ({ sessionId }) => disconnect('sessionId', sessionId)),
		house.bus.on('personEnded', ({ personId }) => disconnect('personId', personId))
	];

	return {
		/** Serves sockets on this HTTP server, at /live. */
		attach(server: HttpServer): void {
			serveSockets(io, server);
		},

		/** Starts a document with this text. Conflict `document_exists`. */
		create: (documentId: string, text: Delta | Seed, personId: string): Promise<void> =>
			createText(house, documentId, text, personId),

		/** The committed text and its blocks. NotFound `document_not_found`. */
		async read(documentId: string): Promise<Reading> {
			return (await rooms.get(documentId)).readings.now();
		},

		/** The committed state for a first download, with an ETag. */
		async stateOf(documentId: string) {
			const { room } = await rooms.get(documentId);
			const { text, epoch, seq } = room;
			let state = states.get(room);
			// A branch moves on with its main text, not with its own rows alone.
			if (state?.seq !== seq || room.base) {
				const { buffer, byteOffset, byteLength } = text.since();
				const bytes = Buffer.from(buffer, byteOffset, byteLength);
				state = { etag: `"${documentId}.${epoch}.${seq}"`, epoch, seq, bytes };
				states.set(room, state);
			}
			return state;
		},

		/** Changes the text for a person, through the same log; resolves when it is on disk. */
		write: (documentId: string, personId: string, change: (body: Y.Text) => void) =>
			writer.write(documentId, personId, change),

		/** Takes words of branches into the text, in one transaction with its record (`Acceptances`). */
		accept: (documentId: string, work: (main: Standing) => Acceptance | Promise<Acceptance>) =>
			acceptances.accept(documentId, work),

		/** Writes something about a text as it stands at one row (`Acceptances`). */
		at: <Result>(documentId: string, work: (tx: Db, seq: number) => Promise<Result>) =>
			acceptances.at(documentId, work),

		/** Takes an acceptance back, forward, in one transaction with its record (`Acceptances`). */
		revert: (documentId: string, undoing: Undoing) => acceptances.revert(documentId, undoing),

		/** The text as it stood after a row of the log (`Acceptances`). */
		stateAt: (documentId: string, seq: number) => acceptances.stateAt(documentId, seq),

		/** Brings a branch up to date with its main text. Conflict `branch_outdated` after a new epoch. */
		async catchUp(branchId: string): Promise<void> {
			await rooms.catchUp(await rooms.get(branchId));
		},

		/** Who wrote each character of a range of the flat text. */
		async authorsOf(documentId: string, from: number, to: number): Promise<Authored[]> {
			const { room } = await rooms.get(documentId);
			await room.text.build();
			return authorsOf(house.store.db, room, from, to);
		},

		/** Who is in a document now; nobody when it is not open. */
		presence(documentId: string): Present {
			const opened = rooms.peek(documentId);
			if (!opened) return { writing: [], reading: 0 };
			const people = new Map<string, Omit<Here, 'tag'>>();
			for (const seat of opened.delivery.writers) {
				const { personId, name, initials, colour } = hereOf(seat);
				people.set(personId, { personId, name, initials, colour });
			}
			return { writing: [...people.values()], reading: opened.delivery.reading };
		},

		/** Rebuilds a document without its history; every client starts anew. Returns the new epoch. */
		async newEpoch(documentId: string): Promise<number> {
			const { room } = await rooms.get(documentId);
			await room.text.build();
			await frames.flush();
			if (room.failed || room.waiting > 0) throw new Conflict('document_busy');
			room.failed = true;
			try {
				const epoch = await beginEpoch(house, room);
				for (const { room: branch } of rooms.branchesOf(documentId)) {
					for (const seat of branch.seats) seat.tell('epoch', { epoch });
					rooms.discard(branch.documentId);
				}
				for (const seat of room.seats) seat.tell('epoch', { epoch });
				return epoch;
			} catch (error) {
				for (const seat of room.seats) seat.wire.close();
				throw error;
			} finally {
				rooms.discard(documentId);
			}
		},

		/** Figures for the metrics. */
		figures: () => ({
			connections: io.sockets.sockets.size,
			documents: rooms.all().length,
			waiting: rooms.all().reduce((sum, { room }) => sum + room.waiting, 0),
			backlog: Math.max(0, ...rooms.all().map(({ delivery }) => delivery.backlog)),
			refused: Object.fromEntries(desk.refused)
		}),

		/** Says goodbye, puts on disk and acknowledges what has arrived, stores snapshots, closes. */
		async close(): Promise<void> {
			closing = true;
			for (const stop of listening) stop();
			sayGoodbye(io);
			await frames.flush();
			io.disconnectSockets(true);
			await frames.flush();
			await rooms.close();
			io.engine?.close();
		}
	};
}
