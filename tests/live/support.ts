import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import {
	createLiveEngine,
	type EngineSettings,
	type LiveEngine
} from '#lib/documents/live/engine.server.ts';
import {
	openLiveDocument,
	type LiveDocument,
	type LiveOptions
} from '#lib/documents/live/client.ts';
import { memoryStorage } from '#lib/documents/live/client-storage.ts';
import * as parser from '#lib/documents/live/parser.ts';
import { PROTOCOL, type Right } from '#lib/documents/messages.ts';
import { VISITOR, type Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { freshHouse } from '#tests/support/house.ts';

export const ORIGIN = 'http://folkmoot.test';
export const DOCUMENT = 'shade';

/** A signed-in person whose cookie is `person=<id>; session=<id>`. */
export function actorOf(cookie: string): Actor {
	const [, id] = /person=(\w+)/.exec(cookie) ?? [];
	const [, session] = /session=(\w+)/.exec(cookie) ?? [];
	if (!id) return VISITOR;
	const person = {
		id,
		name: `${id[0]!.toUpperCase()}${id.slice(1)} Tester`,
		email: `${id}@folkmoot.test`,
		verification: 'email' as const,
		status: 'active' as const,
		createdAt: 0,
		locale: 'en'
	};
	return { person, sessionId: session ?? `session_${id}`, capacities: [], duties: [] };
}

/** A house with a live engine on a port of its own, and one document. */
export interface Stage {
	house: Awaited<ReturnType<typeof freshHouse>>;
	engine: LiveEngine;
	url: string;
	rights: Map<string, Right>;
	/** Opens the document as this person. */
	join(person: string, options?: Partial<LiveOptions>): LiveDocument;
	/** A bare socket that speaks the protocol by hand. */
	socket(person: string, options?: Parameters<typeof io>[1]): Socket;
	restart(): Promise<void>;
	close(): Promise<void>;
}

/** Everybody whose name starts with `reader` may read, all others write, unless `rights` says else. */
export async function stage(settings: Partial<EngineSettings> = {}): Promise<Stage> {
	const house = await freshHouse({ origin: ORIGIN });
	const rights = new Map<string, Right>();
	const joined: LiveDocument[] = [];
	const sockets: Socket[] = [];
	const build = () =>
		createLiveEngine({
			house,
			rightsOf: async (personId) =>
				rights.get(personId ?? '') ??
				(!personId || personId.startsWith('reader') ? 'read' : 'write'),
			actorOfCookie: async (cookie) => actorOf(cookie),
			...settings
		});
	const engine = build();
	await engine.create(DOCUMENT, SEED, 'founder');
	const server = createServer();
	engine.attach(server);
	await listen(server, 0);
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	const made: Stage & { server: Server } = {
		house,
		engine,
		url,
		rights,
		server,
		join(person, options = {}) {
			const document = openLiveDocument({
				url,
				documentId: DOCUMENT,
				storage: memoryStorage(),
				io: clientOptions(person),
				...options
			});
			joined.push(document);
			return document;
		},
		socket(person, options = {}) {
			const socket = io(url, { ...clientOptions(person), ...rawOptions, ...options });
			sockets.push(socket);
			return socket;
		},
		async restart() {
			await made.engine.close();
			made.server.closeAllConnections();
			await new Promise((done) => made.server.close(done));
			made.engine = build();
			made.server = createServer();
			made.engine.attach(made.server);
			await listen(made.server, port);
		},
		async close() {
			for (const document of joined) await document.close();
			for (const socket of sockets) socket.disconnect();
			await made.engine.close();
			made.server.closeAllConnections();
			made.server.close();
			await house.close();
		}
	};
	return made;
}

export const SEED = [
	{ insert: 'Shade by 2030' },
	{ insert: '\n', attributes: { block: { id: 'title', type: 'heading', level: 1 } } },
	{ insert: 'Every square has a tree.' },
	{ insert: '\n', attributes: { block: { id: 'first', type: 'paragraph' } } }
];

const rawOptions = {
	path: '/live',
	parser,
	forceNew: true,
	reconnection: false,
	auth: { protocol: PROTOCOL }
};

/** Headers of a page of ours, held by this person; quick to reconnect, so that tests are. */
export function clientOptions(person: string): NonNullable<LiveOptions['io']> {
	return {
		transports: ['websocket'],
		extraHeaders: { origin: ORIGIN, cookie: person ? `person=${person}` : '' },
		reconnectionDelay: 30,
		reconnectionDelayMax: 100
	};
}

function listen(server: Server, port: number): Promise<void> {
	return new Promise((done) => server.listen(port, '127.0.0.1', () => done()));
}

/** Waits until the condition holds, or what it promises does; fails with what it was after ten seconds. */
export async function until(condition: () => unknown, what: string, ms = 10_000): Promise<void> {
	const end = performance.now() + ms;
	while (!(await condition())) {
		if (performance.now() > end) throw new Error(`Waited in vain until ${what}`);
		await new Promise((next) => setTimeout(next, 5));
	}
}

/** Resolves when all of these have everything on disk. */
export async function allSaved(...documents: LiveDocument[]): Promise<void> {
	await until(
		() => documents.every(({ state }) => state === 'saved'),
		`all are saved (${documents.map(({ state, reason }) => reason ?? state).join()})`,
		30_000
	);
}

/** Resolves when all of these show the same text, and returns it. */
export async function converged(...documents: LiveDocument[]): Promise<string> {
	const text = ({ body }: LiveDocument) => JSON.stringify(body.toDelta());
	await until(() => documents.every((one) => text(one) === text(documents[0]!)), 'all texts agree');
	return documents[0]!.body.toString();
}

export type { House };
