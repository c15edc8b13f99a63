import * as Y from 'yjs';

/** The letters that updates put into a text and do not take away themselves; line-ends are letters too. */
export function insertedBy(updates: readonly Uint8Array[]): string {
	const all = updates.map((update) => Y.decodeUpdate(update));
	const gone = new Map<number, Array<{ clock: number; len: number }>>();
	for (const { ds } of all) {
		for (const [client, ranges] of ds.clients) {
			gone.set(client, [...(gone.get(client) ?? []), ...ranges]);
		}
	}
	let letters = '';
	for (const struct of all.flatMap(({ structs }) => structs)) {
		if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
		const { client, clock } = struct.id;
		const ranges = gone.get(client) ?? [];
		const { str } = struct.content;
		for (let at = 0; at < str.length; at++) {
			const id = clock + at;
			if (!ranges.some((one) => one.clock <= id && id < one.clock + one.len)) letters += str[at];
		}
	}
	return letters;
}
