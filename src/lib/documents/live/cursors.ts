import * as Y from 'yjs';
import type { FromServer, Here } from '../messages.ts';

/** Somebody else in the document; `from`–`to` is their selection in the flat text, if it shows. */
export interface Cursor extends Here {
	selection: { from: number; to: number } | null;
}

/** A selection as bytes that mean the same words after any edit: length of the first, first, second. */
export function encodeCursor(body: Y.Text, from: number, to: number): Uint8Array {
	const bytes = [from, to].map((index) =>
		Y.encodeRelativePosition(
			Y.createRelativePositionFromTypeIndex(body, Math.min(index, body.length))
		)
	);
	return Uint8Array.from([bytes[0]!.length, ...bytes[0]!, ...bytes[1]!]);
}

/** Where that selection is now; null when it is empty or was written by something broken. */
export function decodeCursor(body: Y.Text, bytes: Uint8Array): { from: number; to: number } | null {
	try {
		const size = bytes[0] ?? 0;
		if (size === 0) return null;
		const ends = [bytes.subarray(1, 1 + size), bytes.subarray(1 + size)].map((end) =>
			Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(end), body.doc!)
		);
		const [from, to] = ends;
		if (!from || !to || from.type !== body || to.type !== body) return null;
		return { from: from.index, to: to.index };
	} catch {
		return null;
	}
}

/** Who is here, kept up to date from the server's presence frames. */
export class Company {
	readonly #people = new Map<number, { here: Here; bytes: Uint8Array }>();
	writing = 0;
	reading = 0;

	take(news: FromServer['presence'], cursors: Uint8Array[]): void {
		this.writing = news.writing;
		this.reading = news.reading;
		for (const tag of news.left) this.#people.delete(tag);
		for (const here of news.came) {
			const bytes = this.#people.get(here.tag)?.bytes ?? new Uint8Array();
			this.#people.set(here.tag, { here, bytes });
		}
		news.moved.forEach((tag, index) => {
			const person = this.#people.get(tag);
			const bytes = cursors[index];
			if (person && bytes) person.bytes = bytes;
		});
	}

	/** The others, with their selections as they lie in the text now. */
	cursors(body: Y.Text, ownTag: number): Cursor[] {
		return [...this.#people.values()]
			.filter(({ here }) => here.tag !== ownTag)
			.map(({ here, bytes }) => ({ ...here, selection: decodeCursor(body, bytes) }));
	}

	clear(): void {
		this.#people.clear();
	}
}
