/**
 * Answers put together from parts that were compressed before: a gzip stream may consist of pieces that
 * know nothing of each other, so what many answers share is compressed once and what is somebody's own
 * goes in between as it is. What is secret never meets, in one compression, what somebody else wrote.
 */
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, inflateRawSync } from 'node:zlib';

const deflate = promisify(deflateRaw);
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty last block. */
const LAST = Buffer.from([3, 0]);
/** More than this does not fit a block that is not compressed. */
const MOST_STORED = 0xffff;

/** A part of an answer, compressed by itself. */
export class Slice {
	readonly packed: Buffer;
	readonly length: number;
	readonly crc: number;
	/** What this part's length does to the checksum of whatever stands before it. */
	readonly shift: number;

	private constructor(bytes: Buffer, packed: Buffer) {
		this.packed = packed;
		this.length = bytes.length;
		this.crc = crc32(bytes);
		this.shift = powerOfX(bytes.length);
	}

	static async of(text: string): Promise<Slice> {
		const bytes = Buffer.from(text);
		// Flushed, not finished: it ends on a whole byte and something may follow.
		const options = { level: 6, finishFlush: constants.Z_SYNC_FLUSH };
		return new Slice(bytes, await deflate(bytes, options));
	}

	/** A short text as it is. */
	static stored(text: string): Slice {
		const bytes = Buffer.from(text).subarray(0, MOST_STORED);
		const head = Buffer.alloc(5);
		head.writeUInt16LE(bytes.length, 1);
		head.writeUInt16LE(bytes.length ^ 0xffff, 3);
		return new Slice(bytes, Buffer.concat([head, bytes]));
	}

	/** For those who take nothing compressed. */
	plain(): Buffer {
		return inflateRawSync(this.packed, { finishFlush: constants.Z_SYNC_FLUSH });
	}
}

/** The parts as one gzip stream. */
export function gzipOf(slices: Slice[]): Buffer {
	let [crc, length] = [0, 0];
	for (const slice of slices) {
		crc = (multiply(slice.shift, crc) ^ slice.crc) >>> 0;
		length += slice.length;
	}
	const end = Buffer.alloc(8);
	end.writeUInt32LE(crc, 0);
	end.writeUInt32LE(length >>> 0, 4);
	return Buffer.concat([HEADER, ...slices.map(({ packed }) => packed), LAST, end]);
}

/** The polynomial of CRC-32, its lowest power in the highest bit. */
const POLYNOMIAL = 0xedb88320;

/** Two polynomials multiplied, modulo that of the checksum. */
function multiply(a: number, b: number): number {
	let product = 0;
	for (let bit = 0x80000000; bit !== 0 && a !== 0; bit >>>= 1) {
		if (a & bit) {
			product ^= b;
			a ^= bit;
		}
		b = b & 1 ? (b >>> 1) ^ POLYNOMIAL : b >>> 1;
	}
	return product >>> 0;
}

/** x to the power of the bits in so many bytes: moving a checksum past them is multiplying by it. */
function powerOfX(bytes: number): number {
	let [power, square] = [0x80000000, 0x00800000];
	for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
		if (rest % 2 === 1) power = multiply(square, power);
		square = multiply(square, square);
	}
	return power;
}
