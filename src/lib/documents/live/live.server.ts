import type { Server, Socket } from 'socket.io';
import * as v from 'valibot';
import * as Y from 'yjs';
import { Forbidden, HouseError, Invalid, socketError, TooMany } from '#lib/errors.ts';
import { openInlet } from '#lib/server/live/inlet.ts';
import { Wire } from '#lib/server/live/wire.ts';
import { fromClient, PROTOCOL, type FromClient, type Opened } from '../messages.ts';
import type { Desk } from './desk.server.ts';
import type { Allowance } from './limits.server.ts';
import { message, type Guest, type Seat } from './seat.server.ts';
import { readShortEdit, SHORT_EDIT, type ShortEdit } from './short.ts';

const MOST_DOCUMENTS = 8;
const LARGEST_VECTOR = 64 * 1024;
const LARGEST_CURSOR = 160;
/** A client whose major is older than ours speaks another protocol. */
const MAJOR = Number(PROTOCOL.split('.')[0]);

type Answer = (error: unknown, opened?: Opened, difference?: Uint8Array) => void;

/** Lets sockets in: by cookie, and only with a protocol we still speak. */
export function admit(io: Server, guestOf: (cookie: string) => Promise<Guest>): void {
	io.use((socket, next) => {
		const spoken = Number.parseInt(String(socket.handshake.auth.protocol), 10);
		if (spoken !== MAJOR)
			return next(refusal(new Invalid('protocol_too_old', { speak: PROTOCOL })));
		guestOf(socket.handshake.headers.cookie ?? '').then(
			(guest) => {
				socket.data = guest;
				next();
			},
			(error: unknown) => next(refusal(error))
		);
	});
}

/** Serves one admitted socket: checks what it sends and hands it to the desk. */
export function serve(socket: Socket, desk: Desk): void {
	const guest = socket.data as Guest;
	const wire = new Wire(socket);
	const seats = new Map<string, Seat>();
	const opening = new Set<string>();
	const allowance = desk.limits.of(guest.personId);

	socket.on('open', async (payload: unknown, vector: unknown, answer: unknown) => {
		if (typeof answer !== 'function') return wire.cut();
		const reply = answer as Answer;
		let document: string | undefined;
		try {
			const wish = read('open', payload);
			const has = binary(vector, LARGEST_VECTOR);
			if (seats.size + opening.size >= MOST_DOCUMENTS) throw new TooMany('too_many_documents');
			if (opening.has(wish.document)) throw new TooMany('opening', { seconds: 1 });
			document = wish.document;
			opening.add(document);
			allowance.spend(10, has.length);
			const before = seats.get(document);
			if (before) desk.rise(before);
			const { seat, leases } = await desk.sit({ guest, wire, wish });
			if (!socket.connected) return desk.rise(seat);
			seats.set(document, seat);
			const { opened, difference } = desk.welcome(seat, wish, has, leases);
			reply(null, opened, difference);
			desk.seated(seat);
		} catch (error) {
			desk.unexpected(error);
			reply(socketError(error));
		} finally {
			if (document !== undefined) opening.delete(document);
		}
	});

	const edit = (document: string | undefined, n: number, update: unknown) => {
		const seat = document === undefined ? undefined : seats.get(document);
		if (!seat || !(update instanceof Uint8Array)) return wire.cut();
		try {
			allowance.spend(1, update.length);
			desk.edit(seat, n, update);
		} catch (error) {
			desk.unexpected(error, update);
			seat.refuse(n, socketError(error));
			// Whatever follows would build on what was just refused. A hostile sender is dropped with it.
			if (!(error instanceof Forbidden)) socket.disconnect(true);
		}
	};
	socket.on('edit', (payload: unknown, update: unknown) => {
		const wish = attempt('edit', payload);
		edit(wish?.document, wish?.n ?? 0, update);
	});
	openInlet(socket, SHORT_EDIT, (bytes) => {
		const wish = attemptShort(bytes);
		edit(wish?.document, wish?.n ?? 0, wish?.update);
	});

	socket.on('cursor', (payload: unknown, cursor: unknown) => {
		const wish = attempt('cursor', payload);
		if (!wish || !(cursor instanceof Uint8Array) || cursor.length > LARGEST_CURSOR) {
			return wire.cut();
		}
		const seat = seats.get(wish.document);
		if (seat?.writes && allowance.moves()) desk.move(seat, cursor);
	});

	// What we do not know costs its sender the connection: nothing else would count it.
	socket.onAny((name: string) => {
		if (!Object.hasOwn(fromClient, name)) wire.cut();
	});

	socket.on('close', (payload: unknown) => {
		const wish = attempt('close', payload);
		if (!wish || !spends(allowance)) return wire.cut();
		const seat = seats.get(wish.document);
		if (!seat) return;
		seats.delete(seat.documentId);
		desk.rise(seat);
	});

	socket.on('disconnect', () => {
		for (const seat of seats.values()) desk.rise(seat);
	});
}

/** Says goodbye to everybody; the delay to come back is spread so that they do not come at once. */
export function sayGoodbye(io: Server): void {
	for (const socket of io.sockets.sockets.values()) {
		const retryIn = 500 + Math.floor(Math.random() * 4_500);
		new Wire(socket).send(message('bye', { retryIn }));
	}
}

function read<Name extends keyof typeof fromClient>(name: Name, payload: unknown) {
	const result = v.safeParse(fromClient[name], payload);
	if (!result.success) throw new Invalid('message_malformed', { event: name });
	return result.output as FromClient[Name];
}

function spends(allowance: Allowance): boolean {
	try {
		allowance.spend(1, 0);
		return true;
	} catch {
		return false;
	}
}

function attempt<Name extends keyof typeof fromClient>(name: Name, payload: unknown) {
	const result = v.safeParse(fromClient[name], payload);
	return result.success ? (result.output as FromClient[Name]) : undefined;
}

function attemptShort(bytes: Uint8Array): ShortEdit | undefined {
	try {
		const wish = readShortEdit(bytes);
		return wish.n > 0 ? wish : undefined;
	} catch {
		return undefined;
	}
}

function binary(value: unknown, largest: number): Uint8Array {
	if (!(value instanceof Uint8Array) || value.length > largest) {
		throw new Invalid('message_malformed', { event: 'open' });
	}
	try {
		Y.decodeStateVector(value);
	} catch {
		throw new Invalid('message_malformed', { event: 'open' });
	}
	return value;
}

function refusal(error: unknown): Error {
	const told = new Error(error instanceof HouseError ? error.code : 'unexpected');
	return Object.assign(told, { data: socketError(error) });
}
