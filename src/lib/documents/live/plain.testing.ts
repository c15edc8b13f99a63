/** The plain way to open a stored text, for measurements: what a server without ours would do. */
import * as Y from 'yjs';

/** Builds a Y.Doc from updates; with `answer`, encodes what somebody is sent who has nothing. */
export function openPlainly(updates: Uint8Array[], answer: boolean): Uint8Array | undefined {
	const doc = new Y.Doc();
	doc.transact(() => {
		for (const update of updates) Y.applyUpdate(doc, update);
	});
	return answer ? Y.encodeStateAsUpdate(doc) : undefined;
}
