import * as Y from 'yjs';

/** The words that updates insert, in the order they were typed: what their author reads when they are set aside. */
export function typedText(updates: Uint8Array[]): string {
	return updates
		.flatMap((update) => Y.decodeUpdate(update).structs)
		.map((struct) =>
			struct instanceof Y.Item && struct.content instanceof Y.ContentString
				? struct.content.str
				: ''
		)
		.join('');
}
