/**
 * Who reads the suggestions on a text: this process when there are few on a short text, else a thread
 * that stays, so that those who type do not wait for it.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Memory, type Task } from './memory.ts';
import type { Shown } from './shown.ts';
import type { Answer, Question } from './shown-thread.server.ts';

/** Below both it takes a few milliseconds, which is less than asking the thread. */
const FEW = 25;
const SHORT = 48 * 1024;
/** A thread that has not answered by then is ended; the next question starts another. */
const PATIENCE_MS = 60_000;
const MOST_LOGS = 100;

/** What a reader knows of a document's log: the rows after `after`, up to `to`. */
interface Told {
	after: number;
	to: number;
}

/** A reader, and which part of each document's log it has been told. */
export abstract class Reader {
	readonly #told = new Map<string, Told>();

	/** The row after which a task must bring the log, which has to be known from `after` on. */
	lacks(documentId: string, after: number): number {
		const told = this.#told.get(documentId);
		return told && told.after <= after ? told.to : after;
	}

	/** Reads suggestions; `to` is the last row of the task's log. */
	async read(task: Omit<Task, 'fresh' | 'forget'>, { after, to }: Told): Promise<Shown> {
		const { documentId } = task;
		const told = this.#told.get(documentId);
		const fresh = !told || told.after > after;
		this.#told.delete(documentId);
		this.#told.set(documentId, { after: fresh ? after : told.after, to });
		const forget = this.#told.size > MOST_LOGS ? this.#told.keys().next().value : undefined;
		if (forget !== undefined) this.#told.delete(forget);
		return this.answer({ ...task, fresh, forget });
	}

	/** Nothing of what it was told is remembered. */
	protected forgot(): void {
		this.#told.clear();
	}

	protected abstract answer(task: Task): Promise<Shown>;
}

class Here extends Reader {
	readonly #memory = new Memory();

	protected async answer(task: Task): Promise<Shown> {
		return this.#memory.read(task);
	}
}

class Thread extends Reader {
	#worker: Worker | null = null;
	#last = 0;
	readonly #waiting = new Map<number, (answer: Answer) => void>();

	protected async answer(task: Task): Promise<Shown> {
		const worker = (this.#worker ??= this.#start());
		const n = (this.#last += 1);
		worker.ref();
		const timer = setTimeout(() => void worker.terminate(), PATIENCE_MS);
		const answer = await new Promise<Answer>((done) => {
			this.#waiting.set(n, done);
			worker.postMessage({ n, task } satisfies Question);
		});
		clearTimeout(timer);
		this.#waiting.delete(n);
		// A thread that nobody waits for must not keep the process alive.
		if (this.#waiting.size === 0) worker.unref();
		if ('shown' in answer) return answer.shown;
		throw new Error(`Suggestions were not read: ${answer.error}`);
	}

	#start(): Worker {
		// The thread needs nothing of what this process was told, and none of its secrets.
		const worker = new Worker(threadFile(), { env: {}, execArgv: [] });
		const ended = (error: string) => {
			if (this.#worker === worker) this.#worker = null;
			this.forgot();
			for (const [n, done] of this.#waiting) done({ n, error });
		};
		worker.on('message', (answer: Answer) => this.#waiting.get(answer.n)?.(answer));
		worker.on('error', (error) => ended(String(error)));
		worker.on('exit', (code) => ended(`the thread ended with code ${code}`));
		return worker;
	}
}

const [here, thread] = [new Here(), new Thread()];

/** Who reads so many suggestions on a text of so many bytes. */
export function readerFor(branches: number, bytes: number): Reader {
	return branches <= FEW && bytes <= SHORT ? here : thread;
}

/** The thread's source: below the working folder, as node runs it in production, or beside this file. */
function threadFile(): string {
	const beside = fileURLToPath(new URL('./shown-thread.server.ts', import.meta.url));
	const inSource = resolve('src/lib/documents/branches/shown-thread.server.ts');
	const found = [inSource, beside].find((file) => existsSync(file));
	if (!found) throw new Error(`No thread for suggestions found: expected it at ${inSource}.`);
	return found;
}
