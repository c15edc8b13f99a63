/** The thread that reads one file; started by `worker-queue.server.ts`, ends with its answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { HouseError, type ErrorParams } from '#lib/errors.ts';
import { beginning, type Beginning } from './beginning.ts';

/** What comes back: classes do not survive the way between threads, so a refusal goes as its parts. */
export type Answer = { read: Beginning } | { refused: { code: string; params: ErrorParams } };

async function read(bytes: Uint8Array): Promise<Answer> {
	try {
		return { read: await beginning(bytes) };
	} catch (error) {
		if (!(error instanceof HouseError)) throw error;
		return { refused: { code: error.code, params: error.params } };
	}
}

const answer = await read(workerData as Uint8Array);
// Handed over, not copied.
const updates = 'read' in answer ? answer.read.text.updates : [];
parentPort?.postMessage(
	answer,
	updates.map(({ update }) => update.buffer)
);
