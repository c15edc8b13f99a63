/** A place in some bytes. */
export interface Cursor {
	data: Uint8Array;
	at: number;
}

/** Reads an unsigned integer, seven bits a byte, lowest first; throws past the end or past 2^35. */
export function readInteger(cursor: Cursor): number {
	let value = 0;
	for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
		const next = cursor.data[cursor.at++];
		if (next === undefined) throw new Error('truncated integer');
		value += (next & 127) * scale;
		if (next < 128) return value;
	}
	throw new Error('integer too long');
}

/** The next bytes, not copied; throws past the end. */
export function take(cursor: Cursor, length: number): Uint8Array {
	const end = cursor.at + length;
	if (end > cursor.data.length) throw new Error('truncated packet');
	const piece = cursor.data.subarray(cursor.at, end);
	cursor.at = end;
	return piece;
}

/** Gathers bytes into one array. */
export class ByteWriter {
	#data = new Uint8Array(256);
	#at = 0;

	byte(value: number): void {
		this.#room(1);
		this.#data[this.#at++] = value;
	}

	integer(value: number): void {
		this.#room(8);
		let rest = value;
		for (; rest > 127; rest = Math.floor(rest / 128)) this.#data[this.#at++] = (rest % 128) | 128;
		this.#data[this.#at++] = rest;
	}

	/** Bytes with their length before them. */
	bytes(piece: Uint8Array): void {
		this.integer(piece.length);
		this.raw(piece);
	}

	raw(piece: Uint8Array): void {
		this.#room(piece.length);
		this.#data.set(piece, this.#at);
		this.#at += piece.length;
	}

	finish(): Uint8Array {
		return this.#data.subarray(0, this.#at);
	}

	#room(size: number): void {
		if (this.#at + size <= this.#data.length) return;
		const larger = new Uint8Array(Math.max(this.#data.length * 2, this.#at + size));
		larger.set(this.#data.subarray(0, this.#at));
		this.#data = larger;
	}
}
