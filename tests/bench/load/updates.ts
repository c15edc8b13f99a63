/**
 * Yjs V1 updates as an editor's typing makes them, written by hand so that the load process spends
 * no time in Yjs: one character each, right of the character before it.
 */
const text = new TextEncoder();

function integer(into: number[], value: number): void {
	for (; value > 127; value = Math.floor(value / 128)) into.push(128 | (value & 127));
	into.push(value);
}

/**
 * The update that types one character: unit `clock` of `client`, right of its unit before, in root
 * `body`. In a text that has content already all of them go before `start`, its first unit.
 */
export function typed(
	client: number,
	clock: number,
	start?: { client: number; clock: number }
): Uint8Array {
	const bytes = [1, 1];
	integer(bytes, client);
	integer(bytes, clock);
	if (clock === 0 && !start) {
		const root = text.encode('body');
		bytes.push(4, 1, root.length, ...root);
	} else {
		bytes.push(4 | (clock > 0 ? 0x80 : 0) | (start ? 0x40 : 0));
		if (clock > 0) {
			integer(bytes, client);
			integer(bytes, clock - 1);
		}
		if (start) {
			integer(bytes, start.client);
			integer(bytes, start.clock);
		}
	}
	bytes.push(1, 97 + (clock % 26), 0);
	return Uint8Array.from(bytes);
}
