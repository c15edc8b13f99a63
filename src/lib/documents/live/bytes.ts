import { RefusedUpdate } from './refusal.ts';

/** Reads lib0's encoding with every bound checked; throws `RefusedUpdate` instead of reading on. */
export class Bytes {
	readonly data: Uint8Array;
	at = 0;

	constructor(data: Uint8Array) {
		this.data = data;
	}

	get done(): boolean {
		return this.at === this.data.length;
	}

	byte(): number {
		if (this.at >= this.data.length) throw new RefusedUpdate('update_truncated');
		return this.data[this.at++]!;
	}

	/**
	 * An unsigned integer, seven bits a byte, up to 2^53-1. A longer form than needed (`80 00`) is
	 * refused too: no honest encoder writes one.
	 */
	integer(): number {
		const data = this.data;
		let value = 0;
		let scale = 1;
		for (let size = 1; size <= 8; size += 1) {
			if (this.at >= data.length) throw new RefusedUpdate('update_truncated');
			const next = data[this.at++]!;
			value += (next & 127) * scale;
			if (next < 128) {
				if ((next === 0 && size > 1) || value > Number.MAX_SAFE_INTEGER) break;
				return value;
			}
			scale *= 128;
		}
		throw new RefusedUpdate('update_bad_integer');
	}

	/** The next `length` bytes, without copying them. */
	take(length: number): Uint8Array {
		const end = this.at + length;
		if (end > this.data.length) throw new RefusedUpdate('update_truncated');
		const slice = this.data.subarray(this.at, end);
		this.at = end;
		return slice;
	}
}
