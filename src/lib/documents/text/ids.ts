const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** A fresh block id: 10 letters, 50 random bits, enough to be unique within one document. */
export function newBlockId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(10));
	return Array.from(bytes, (byte) => LETTERS[byte & 31]).join('');
}
