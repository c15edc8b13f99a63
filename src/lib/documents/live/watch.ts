import { isPassing, Link, type LinkOptions, type LinkOwner } from './link.ts';

/**
 * Tells a reading page that its text has moved on, or what people say about it, without loading the text
 * here; the page fetches what it shows. `changed` is told the row when it is the text that moved.
 * Returns the way to stop.
 */
export function watchDocument(
	documentId: string,
	changed: (row?: { epoch: number; seq: number }) => void,
	{ url, io }: { url?: string; io?: LinkOptions } = {}
): () => void {
	let known = 0;
	const tell = ({ epoch, seq }: { epoch: number; seq: number }) => {
		if (known > 0 && seq > known) changed({ epoch, seq });
		known = Math.max(known, seq);
	};
	const wish = { mode: 'page', epoch: 0, leases: 0 } as const;
	const open = () =>
		link.open(wish, new Uint8Array([0]), (refusal, opened) => {
			if (opened) tell(opened);
			else if (isPassing(refusal)) link.pause(2_000);
			else link.stop();
		});
	const owner: LinkOwner = {
		connected: open,
		disconnected: () => undefined,
		shutOut: () => link.stop(),
		news: { changed: tell, remarks: () => changed() }
	};
	// There are many of them, and nobody waits at the door: they may take their time to come back.
	const patient = { reconnectionDelay: 2_000, reconnectionDelayMax: 60_000, ...io };
	const link = new Link(url, documentId, owner, patient);
	link.connect();
	return () => link.stop();
}
