import { io } from 'socket.io-client';
import * as parser from './live/parser.ts';
import { PROTOCOL, type FromServer } from './messages.ts';

interface Watching {
	/** The text has moved on. */
	onchanged: () => void;
	/** The connection is there, so there is no need to ask by oneself. */
	onconnected: () => void;
	/** It went away; it comes back by itself. */
	ondisconnected: () => void;
}

/**
 * Tells a page when the text it shows has moved on: it sits in the readers' room and sends nothing.
 * Returns the way to stop.
 */
export function watchDocument(documentId: string, watching: Watching): () => void {
	const socket = io({
		path: '/live',
		parser,
		transports: ['websocket', 'polling'],
		tryAllTransports: true,
		auth: { protocol: PROTOCOL },
		reconnectionDelay: 1_000,
		reconnectionDelayMax: 30_000,
		randomizationFactor: 0.7
	});
	let retry: ReturnType<typeof setTimeout> | undefined;
	const again = (wait: number) => {
		clearTimeout(retry);
		retry = setTimeout(() => socket.connect(), wait * (1 + Math.random()));
	};
	socket.on('connect', () => {
		const wish = { document: documentId, mode: 'page', epoch: 0, leases: 0 };
		socket.emit('open', wish, new Uint8Array(), (refusal: unknown) => {
			if (refusal) return socket.disconnect();
			watching.onconnected();
			// What was missed meanwhile is asked for once.
			watching.onchanged();
		});
	});
	socket.on('changed', ({ document }: FromServer['changed']) => {
		if (document === documentId) watching.onchanged();
	});
	socket.on('bye', ({ retryIn }: FromServer['bye']) => {
		socket.disconnect();
		again(retryIn);
	});
	socket.on('disconnect', (reason) => {
		watching.ondisconnected();
		if (reason === 'io server disconnect') again(2_000);
	});
	return () => {
		clearTimeout(retry);
		socket.disconnect();
	};
}
