/** The limit: every message goes to every socket as it came, nothing is read. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { announce } from './announce.ts';

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket) => {
	socket.on('message', (message) => {
		for (const client of sockets.clients) client.send(message as Buffer, { binary: true });
	});
});
server.listen(0, '127.0.0.1', () => announce(server));
