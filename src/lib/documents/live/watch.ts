import { io } from 'socket.io-client';
import { PROTOCOL, type FromServer } from '../messages.ts';
import type { LinkOptions } from './link.ts';
import * as parser from './parser.ts';

/**
 * Tells a reading page that its text has moved on, or what people say about it, without loading the text
 * here; the page fetches what it shows. `changed` is told the row when it is the text that moved.
 * Returns the way to stop.
 */
export function watchDocument(
	documentId: string,
	changed: (row?: { epoch: number; seq: number }) => void,
	{ url, io: more }: { url?: string; io?: LinkOptions } = {}
): () => void {
	const options = {
		path: '/live',
		parser,
		transports: ['websocket', 'polling'],
		tryAllTransports: true,
		auth: { protocol: PROTOCOL },
		reconnectionDelay: 2_000,
		reconnectionDelayMax: 60_000,
		...more
	};
	const socket = url === undefined ? io(options) : io(url, options);
	let known = 0;
	const tell = ({ epoch, seq }: { epoch: number; seq: number }) => {
		if (known > 0 && seq > known) changed({ epoch, seq });
		known = Math.max(known, seq);
	};
	socket.on('connect', () => {
		const wish = { document: documentId, mode: 'page', epoch: 0, leases: 0 };
		socket.emit(
			'open',
			wish,
			new Uint8Array([0]),
			(refusal: unknown, opened?: FromServer['changed']) => {
				if (opened) tell(opened);
				else if (refusal) socket.disconnect();
			}
		);
	});
	socket.on('changed', tell);
	socket.on('remarks', () => changed());
	socket.on('bye', ({ retryIn }: FromServer['bye']) => {
		socket.disconnect();
		setTimeout(() => socket.connect(), retryIn);
	});
	return () => socket.disconnect();
}
