import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { YSocketIO } from 'y-socket.io/dist/server';
import { announce } from './announce.ts';

const server = createServer();
const io = new Server(server, { perMessageDeflate: false, transports: ['websocket'] });
new YSocketIO(io).initialize();
server.listen(0, '127.0.0.1', () => announce(server));
