/** The thread that reads suggestions together; started by `readers.server.ts`. */
import { parentPort } from 'node:worker_threads';
import { Memory, type Task } from './memory.ts';
import type { Shown } from './shown.ts';

export type Question = { n: number; task: Task };
export type Answer = { n: number } & ({ shown: Shown } | { error: string });

const memory = new Memory();

parentPort?.on('message', ({ n, task }: Question) => {
	let answer: Answer;
	try {
		answer = { n, shown: memory.read(task) };
	} catch (error) {
		answer = { n, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
	}
	parentPort!.postMessage(answer);
});
