import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new identifier: 20 characters of lowercase base32, the first nine from the time in milliseconds
 * (so rows sort by age and indexes stay dense), the other eleven random (55 bits).
 */
export function newId(now = Date.now()): string {
	let random = '';
	for (const byte of randomBytes(11)) random += ALPHABET[byte & 31];
	return timePart(now) + random;
}

/** Sorts before every identifier made in this millisecond or later, and after all made before it. */
export function idFloor(time: number): string {
	return timePart(time);
}

function timePart(now: number): string {
	let time = '';
	for (let rest = now, place = 0; place < 9; place += 1) {
		time = ALPHABET[rest % 32] + time;
		rest = Math.floor(rest / 32);
	}
	return time;
}

/** A secret for one use (cookie, mailed link): 160 random bits as 32 characters of lowercase base32. */
export function newSecret(): string {
	let secret = '';
	for (const byte of randomBytes(32)) secret += ALPHABET[byte & 31];
	return secret;
}
