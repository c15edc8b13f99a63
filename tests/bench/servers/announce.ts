import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Tells the bench, on one line of standard output, where a server under test listens. */
export function announce(server: Server): void {
	console.log(`ready ${(server.address() as AddressInfo).port}`);
}
