import { connect } from 'node:net';
import { encodePacket } from '#lib/documents/live/parser.ts';
import { varuint } from '#tests/live/updates.ts';
import { must, pause, quantile, rounded, until, type Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';
import { typing } from './typist.ts';
import { BareClient, EVENT } from './wire.ts';

const MOST_GROWTH = 20 * 2 ** 20;
/** How long memory that nothing holds any more may take to be given back. */
const MOST_REST_S = 60;
const event = (...data: unknown[]) => encodePacket({ type: EVENT, nsp: '/', data });
const bytes = (...values: number[]) => Uint8Array.from(values);

type Attack = (client: BareClient, document: string) => void;

/** Messages that no honest client sends; each must end the connection that sent it. */
const MALFORMED: Attack[] = [
	(client) => client.frame(2, bytes()),
	(client) => client.frame(2, bytes(9, 0, 0, 0, 0)),
	(client) => client.frame(2, bytes(2, 0, 0, 200, 200, 200, 200, 200, 200, 200, 200)),
	(client) => client.frame(2, bytes(2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)),
	(client) => client.frame(1, Buffer.from('4["open"]')),
	(client) => client.frame(1, Buffer.from('{"__proto__":1}')),
	(client) => client.frame(1, bytes(0xff, 0xfe)),
	(client) => client.frame(3, bytes(1)),
	(client) => client.frame(2, event('__proto__', {})),
	(client) => client.frame(2, event('disconnect')),
	(client) => client.frame(2, event('edit', 'nonsense', 3)),
	(client) => client.frame(2, event('open', { document: 1 })),
	(client, document) => client.frame(2, event('edit', { document, n: -1 }, bytes(0, 0))),
	(client, document) => client.frame(2, event('edit', { document, n: 1, as: 'lead' }, bytes(0, 0))),
	(client, document) => client.frame(2, event('cursor', { document }, new Uint8Array(5_000))),
	(client) => client.frame(2, event('cursor', { document: 'x', personId: 'lead' }, bytes())),
	(client) => client.frame(2, new Uint8Array(2 * 2 ** 20)),
	// A hundred megabytes announced, and then begun.
	(client) => {
		client.socket.write(Buffer.from([0x82, 0xff, 0, 0, 0, 0, 6, 64, 0, 0, 0, 0, 0, 0]));
		client.socket.write(Buffer.alloc(2 ** 20));
	},
	// One message in endless pieces.
	(client) => {
		client.socket.write(Buffer.from([0x02, 0x80, 0, 0, 0, 0]));
		const piece = Buffer.concat([
			Buffer.from([0x00, 0xff, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0]),
			Buffer.alloc(2 ** 17)
		]);
		for (let index = 0; index < 12; index += 1) client.socket.write(piece);
	}
];

/** Broken packets, giant messages, and connections that say nothing, while people write. */
export const packets: Fault = {
	name: 'packets',
	promise:
		'malformed packets, 100 MB messages, slow-loris: never down, never 20 MB larger than honest visits make it',
	async run({ small, count = small ? 10 : 100 }) {
		return onStage({ people: 12, typists: 10 }, async (stage) => {
			const { server, typists, acked } = stage;
			const stop = typing(typists, 2);
			await malformed(stage, 3);
			await giants(stage);
			const cold = await server.collect();
			// What as many visits of honest people leave behind is no attacker's doing.
			await honest(stage, count * (MALFORMED.length + 2));
			const before = await server.collect();
			await server.figures();
			await malformed(stage, count);
			await giants(stage);
			const loris = await slowly(stage, small ? 200 : 1_000);
			const inside = await server.figures();
			const mark = acked();
			await until(() => acked() > mark + 20, 'the honest write on');
			stop();
			await stage.settle();
			await pause(1_000);
			const grown = async () => (await server.collect()).rss - before.rss;
			let growth = await grown();
			must(server.alive, 'The server died');
			// V8 gives pages back to the system at leisure: what stays is what counts.
			for (let rest = 0; growth >= MOST_GROWTH && rest < MOST_REST_S; rest += 5) {
				await pause(5_000);
				growth = await grown();
			}
			must(growth < MOST_GROWTH, `The server grew by ${rounded(growth / 2 ** 20, 1)} MB`);
			must(inside.handler < 50, `One message took ${rounded(inside.handler)} ms`);
			const waits = typists.flatMap(({ journal }) => journal.waits());
			return {
				malformed: count * MALFORMED.length,
				'silent sockets': loris.sockets,
				'all cut after s': rounded(loris.seconds),
				'longest handler ms': rounded(inside.handler, 1),
				'loop held ms': rounded(inside.held, 1),
				'memory grown by as many honest MB': rounded((before.rss - cold.rss) / 2 ** 20, 1),
				'and then MB': rounded(growth / 2 ** 20, 1),
				'honest ack p95 ms': rounded(quantile(waits, 0.95))
			};
		});
	}
};

/** So many come, open the document to write, and leave. */
async function honest({ server, town }: Stage, visits: number): Promise<void> {
	const { cookie } = town.editors[11]!;
	for (let visit = 0; visit < visits; visit += 1) {
		const client = new BareClient({ port: server.port, cookie });
		if (await client.welcome()) await client.open(town.documentId, 'write');
		client.end();
	}
}

async function malformed({ server, town }: Stage, rounds: number): Promise<void> {
	const { cookie } = town.editors[11]!;
	for (let round = 0; round < rounds; round += 1) {
		for (const attack of MALFORMED) {
			const client = new BareClient({ port: server.port, cookie });
			if (await client.welcome()) {
				// Too many in too short a time are refused; the attack is then on a socket without a seat.
				await client.open(town.documentId, 'write');
				attack(client, town.documentId);
				const cut = client.closed.then(() => true);
				const late = pause(20_000).then(() => false);
				must(await Promise.race([cut, late]), `Not cut off: ${attack.toString()}`);
			}
			client.end();
		}
		// A state vector of sixty thousand clients, and one that claims more than it holds.
		for (const vector of [inflated(9_000), bytes(255, 255, 255, 255, 15)]) {
			const client = new BareClient({ port: server.port, cookie });
			if (await client.welcome()) await client.open(town.documentId, 'write', { epoch: 1, vector });
			client.end();
		}
	}
}

function inflated(clients: number): Uint8Array {
	const out = [...varuint(clients)];
	for (let client = 1; client <= clients; client += 1)
		out.push(...varuint(client), ...varuint(2 ** 28));
	return Uint8Array.from(out.slice(0, 65_000));
}

/** A hundred megabytes by the other doors: polling, and a form. */
async function giants({ server }: Stage): Promise<void> {
	for (const path of ['/live/?EIO=4&transport=polling', '/sign-in']) {
		const socket = connect({ port: server.port, host: '127.0.0.1' });
		const over = new Promise<void>((done) => socket.once('close', () => done()));
		socket.on('error', () => undefined);
		socket.resume();
		socket.write(
			`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${server.url}\r\n` +
				'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 104857600\r\nConnection: close\r\n\r\n'
		);
		const piece = Buffer.alloc(2 ** 20, 'a');
		for (let sent = 0; sent < 100 && !socket.destroyed; sent += 1) {
			if (!socket.write(piece)) {
				await Promise.race([new Promise((next) => socket.once('drain', next)), over, pause(5_000)]);
			}
		}
		socket.destroy();
		await over;
	}
}

/** Connections that begin a request, a handshake or a frame and never end it. */
async function slowly({ server }: Stage, sockets: number) {
	const began = performance.now();
	let open = 0;
	const starts = [
		'GET / HTTP/1.1\r\nHost: x\r\nX-',
		'POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na',
		`GET /live/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${server.url}\r\n` +
			'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
	];
	for (let index = 0; index < sockets; index += 1) {
		const socket = connect({ port: server.port, host: '127.0.0.1' });
		open += 1;
		socket.on('error', () => undefined);
		socket.once('close', () => (open -= 1));
		socket.resume();
		socket.write(starts[index % starts.length]!);
		if (index % 100 === 99) await pause(20);
	}
	await until(
		() => open === 0,
		() => `the silent are cut off (${open} are not)`,
		150_000
	);
	return { sockets, seconds: (performance.now() - began) / 1000 };
}
