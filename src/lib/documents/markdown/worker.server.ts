/** The thread that reads one Markdown file; started by `worker-queue.server.ts`, ends with its answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { HouseError, type ErrorParams } from '#lib/errors.ts';
import { importMarkdown, type Imported } from './import.ts';

/** What comes back: classes do not survive the way between threads, so a refusal goes as its parts. */
export type Answer = { imported: Imported } | { refused: { code: string; params: ErrorParams } };

function read(bytes: Uint8Array): Answer {
	try {
		return { imported: importMarkdown(bytes) };
	} catch (error) {
		if (!(error instanceof HouseError)) throw error;
		return { refused: { code: error.code, params: error.params } };
	}
}

parentPort?.postMessage(read(workerData as Uint8Array));
