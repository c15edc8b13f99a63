/**
 * A client of the live protocol on a bare TCP connection: thousands of them fit into one process,
 * and it may do what no library would let it: send broken frames, stop reading, stop writing.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { decodePacket, encodePacket, type Packet } from '#lib/documents/live/parser.ts';
import { PROTOCOL, type Mode, type Opened, type Refusal } from '#lib/documents/messages.ts';

export const CONNECT = 0;
export const EVENT = 2;
export const ACK = 3;
const TEXT = 1;
const BINARY = 2;

export interface WireOptions {
	port: number;
	cookie?: string;
	/** Called with every event that is not an answer. */
	onEvent?: (name: string, payload: never, binary: Uint8Array[]) => void;
}

/** What `open` was answered. */
export interface Answer {
	refusal: Refusal | null;
	opened: Opened;
	difference: Uint8Array;
}

export class BareClient {
	readonly socket: Socket;
	readonly closed: Promise<void>;
	isClosed = false;
	bytesIn = 0;
	readonly #options: WireOptions;
	#rest: Buffer = Buffer.alloc(0);
	#upgraded = false;
	#ids = 0;
	readonly #answers = new Map<number, (data: unknown[]) => void>();
	#welcomed: (() => void) | null = null;

	constructor(options: WireOptions) {
		this.#options = options;
		const { port, cookie } = options;
		this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
		this.closed = new Promise((done) => {
			this.socket.once('close', () => {
				this.isClosed = true;
				done();
			});
		});
		this.socket.on('error', () => undefined);
		this.socket.on('data', (data: Buffer) => this.#take(data));
		this.socket.write(
			`GET /live/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
				`Origin: http://127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
				`Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
				`${cookie ? `Cookie: ${cookie}\r\n` : ''}\r\n`
		);
	}

	/** Resolves true when the server has let it in, false when the connection ended before. */
	welcome(): Promise<boolean> {
		return Promise.race([
			new Promise<true>((done) => (this.#welcomed = () => done(true))),
			this.closed.then(() => false as const)
		]);
	}

	/** Opens a document; null when the connection ended instead. */
	open(
		document: string,
		mode: Mode,
		{ leases = 0, epoch = 0, vector = Uint8Array.of(0) as Uint8Array } = {}
	): Promise<Answer | null> {
		const wish = { document, mode, epoch, leases };
		const answered = this.ask('open', wish, vector).then(([refusal, opened, difference]) => {
			return { refusal, opened, difference } as Answer;
		});
		return Promise.race([answered, this.closed.then(() => null)]);
	}

	ask(name: string, ...data: unknown[]): Promise<unknown[]> {
		const id = this.#ids++;
		return new Promise((done) => {
			this.#answers.set(id, done);
			this.packet({ type: EVENT, nsp: '/', data: [name, ...data], id });
		});
	}

	/** Sends an edit in its short form, or in the long one, which has the shape of every other event. */
	edit(document: string, n: number, update: Uint8Array, long = false): void {
		const packet = { type: EVENT, nsp: '/', data: ['edit', { document, n }, update] };
		this.packet(long ? { ...packet, id: this.#ids++ } : packet);
	}

	packet(packet: Packet): void {
		this.frame(BINARY, encodePacket(packet));
	}

	/** A WebSocket frame, masked with zeros, which leaves the payload as it is. */
	frame(opcode: number, payload: Uint8Array): void {
		if (this.isClosed) return;
		const { length } = payload;
		const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
		const frame = Buffer.alloc(2 + extra + 4 + length);
		frame[0] = 0x80 | opcode;
		frame[1] = 0x80 | (extra === 0 ? length : extra === 2 ? 126 : 127);
		if (extra === 2) frame.writeUInt16BE(length, 2);
		if (extra === 8) frame.writeBigUInt64BE(BigInt(length), 2);
		frame.set(payload, 6 + extra);
		this.socket.write(frame);
	}

	end(): void {
		this.socket.destroy();
	}

	#take(data: Buffer): void {
		this.bytesIn += data.length;
		this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, data]) : data;
		if (!this.#upgraded) {
			const end = this.#rest.indexOf('\r\n\r\n');
			if (end < 0) return;
			if (!this.#rest.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) return this.end();
			this.#upgraded = true;
			this.#rest = this.#rest.subarray(end + 4);
		}
		while (this.#next());
	}

	/** Takes one frame (of a server: never masked, in our server never in pieces). */
	#next(): boolean {
		const rest = this.#rest;
		if (rest.length < 2) return false;
		const short = rest[1]! & 127;
		const head = short === 126 ? 4 : short === 127 ? 10 : 2;
		if (rest.length < head) return false;
		const length =
			short === 126
				? rest.readUInt16BE(2)
				: short === 127
					? Number(rest.readBigUInt64BE(2))
					: short;
		if (rest.length < head + length) return false;
		const payload = rest.subarray(head, head + length);
		this.#rest = rest.subarray(head + length);
		const opcode = rest[0]! & 15;
		if (opcode === TEXT) this.#control(payload.toString('latin1', 0, 1));
		else if (opcode === BINARY) this.#packet(decodePacket(payload));
		else if (opcode === 8) this.end();
		return !this.isClosed;
	}

	#control(type: string): void {
		if (type === '0') this.packet({ type: CONNECT, nsp: '/', data: { protocol: PROTOCOL } });
		else if (type === '2') this.frame(TEXT, Buffer.from('3'));
		else if (type === '1') this.end();
	}

	#packet({ type, id, data }: Packet): void {
		if (type === CONNECT) this.#welcomed?.();
		else if (type === ACK) {
			this.#answers.get(id!)?.(data as unknown[]);
			this.#answers.delete(id!);
		} else if (type === EVENT) {
			const [name, payload, ...binary] = data as [string, never, ...Uint8Array[]];
			this.#options.onEvent?.(name, payload, binary);
		} else if (type !== CONNECT) this.end();
	}
}
