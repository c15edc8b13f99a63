/**
 * Reads where the parts of a Yjs V1 update lie, without building any of them: what is stored can so be
 * sent on, cut and put together as bytes. Only for updates that passed the guard or that the house
 * itself encoded; what it does not know makes it throw, and the caller takes the long way.
 */
const GONE = 0;
const DELETED = 1;
const STRING = 4;
const EMBED = 5;
const FORMAT = 6;
const HAS_ORIGIN = 0x80;
const HAS_RIGHT = 0x40;
const HAS_KEY = 0x20;

/** Walks through an update, part by part. What a getter says is true of the part read last. */
export class Parts {
	readonly data: Uint8Array;
	at: number;
	/** Units of the part: characters, or 1. */
	length = 0;
	/** Neighbours; a client of -1 means none on that side. */
	originClient = -1;
	originClock = 0;
	rightClient = -1;
	rightClock = 0;

	constructor(data: Uint8Array, at = 0) {
		this.data = data;
		this.at = at;
	}

	/** An unsigned integer, seven bits a byte, lowest first. */
	integer(): number {
		const { data } = this;
		let next = data[this.at++]!;
		if (next < 128) return next;
		let value = next & 127;
		for (let scale = 128; scale <= 2 ** 49; scale *= 128) {
			next = data[this.at++]!;
			value += (next & 127) * scale;
			if (next < 128) return value;
		}
		throw new Error('not an update: bad integer');
	}

	/** Moves over one part. */
	next(): void {
		const info = this.data[this.at++]!;
		this.originClient = -1;
		this.rightClient = -1;
		if ((info & 31) === GONE) {
			this.length = this.integer();
			return this.#within();
		}
		if (info & HAS_ORIGIN) {
			this.originClient = this.integer();
			this.originClock = this.integer();
		}
		if (info & HAS_RIGHT) {
			this.rightClient = this.integer();
			this.rightClock = this.integer();
		}
		if (!(info & (HAS_ORIGIN | HAS_RIGHT))) {
			if (this.integer() !== 1 || info & HAS_KEY) throw new Error('not in the body');
			this.#over();
		}
		this.length = this.#content(info & 31);
		this.#within();
	}

	#content(kind: number): number {
		switch (kind) {
			case STRING:
				return this.#units();
			case FORMAT:
				this.#over();
				this.#over();
				return 1;
			case EMBED:
				this.#over();
				return 1;
			case DELETED:
				return this.integer();
		}
		throw new Error(`no part of a text: ${kind}`);
	}

	#over(): void {
		this.at = this.integer() + this.at;
	}

	/** The UTF-16 length of the string here, from its UTF-8 bytes. */
	#units(): number {
		const size = this.integer();
		const { data, at } = this;
		const end = (this.at = at + size);
		let units = size;
		for (let index = at; index < end; index += 1) {
			const byte = data[index]!;
			// Bytes that go on a character count nothing; a character of four bytes counts two.
			if (byte >= 0x80) units += byte < 0xc0 ? -1 : byte >= 0xf0 ? 1 : 0;
		}
		return units;
	}

	#within(): void {
		if (this.at > this.data.length) throw new Error('not an update: truncated');
	}
}

/** A run of one client's parts in some bytes. */
export interface Stretch {
	client: number;
	/** Clock of the first unit, and the one after the last. */
	clock: number;
	end: number;
	parts: number;
	data: Uint8Array;
	from: number;
	to: number;
}

/** Ranges that an update deletes of one client's units, as bytes. */
export interface Deletes {
	client: number;
	ranges: number;
	data: Uint8Array;
	from: number;
	to: number;
}

/** What an update consists of. Throws when it is no update of a body. */
export function layoutOf(data: Uint8Array): { stretches: Stretch[]; deletes: Deletes[] } {
	const parts = new Parts(data);
	const stretches: Stretch[] = [];
	for (let clients = parts.integer(); clients > 0; clients -= 1) {
		const count = parts.integer();
		const client = parts.integer();
		const clock = parts.integer();
		const from = parts.at;
		let end = clock;
		for (let part = 0; part < count; part += 1) {
			parts.next();
			end += parts.length;
		}
		stretches.push({ client, clock, end, parts: count, data, from, to: parts.at });
	}
	const deletes: Deletes[] = [];
	for (let clients = parts.integer(); clients > 0; clients -= 1) {
		const client = parts.integer();
		const ranges = parts.integer();
		const from = parts.at;
		for (let integers = ranges * 2; integers > 0; integers -= 1) parts.integer();
		deletes.push({ client, ranges, data, from, to: parts.at });
	}
	if (parts.at !== data.length) throw new Error('not an update: trailing bytes');
	return { stretches, deletes };
}
