/** 53 bits of a string, enough to see that a piece of a page changed. */
export function fingerprint(text: string): string {
	let [a, b] = [0xdeadbeef, 0x41c6ce57];
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		a = Math.imul(a ^ code, 0x9e3779b1);
		b = Math.imul(b ^ code, 0x5f356495);
	}
	return (4294967296 * (0x1fffff & (b ^ (b >>> 15))) + ((a ^ (a >>> 13)) >>> 0)).toString(36);
}
