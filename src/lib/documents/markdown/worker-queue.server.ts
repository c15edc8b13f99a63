/**
 * Reads Markdown without holding up everybody else: a file of some megabytes takes seconds of pure
 * computing, which happens in a thread of its own with limits on time and memory.
 */
import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Invalid, TooMany } from '#lib/errors.ts';
import { beginning, type Beginning } from './beginning.ts';
import { IMPORT_LIMIT } from './import.ts';
import { sourceText } from './source.ts';
import type { Answer } from './worker.server.ts';

export interface WorkerLimits {
	/** Files of fewer bytes are read at once: starting a thread would take longer. */
	inline: number;
	atOnce: number;
	waiting: number;
	milliseconds: number;
	megabytes: number;
}

const LIMITS: WorkerLimits = {
	inline: 200_000,
	atOnce: 2,
	waiting: 8,
	milliseconds: 60_000,
	megabytes: 768
};

const SPACE = 32;

/** One line of files to read, some at once and the others in turn. */
export class WorkerQueue {
	private readonly limits: WorkerLimits;
	private running = 0;
	private readonly line: (() => void)[] = [];

	constructor(limits: Partial<WorkerLimits> = {}) {
		this.limits = { ...LIMITS, ...limits };
	}

	/**
	 * Reads a Markdown file as `importMarkdown` does, with its refusals, as the beginning of a text.
	 * @throws Invalid `import_too_heavy` over the time or memory of one file; TooMany `imports_waiting`
	 * when the line is full.
	 */
	async read(bytes: Uint8Array): Promise<Beginning> {
		if (bytes.byteLength < this.limits.inline) return beginning(bytes);
		// What is refused at a glance needs no thread and no place in the line.
		glance(bytes);
		await this.turn();
		try {
			return await readAside(bytes, this.limits);
		} finally {
			// Whoever is next takes over this place, so that nobody slips in between.
			const next = this.line.shift();
			if (next) next();
			else this.running -= 1;
		}
	}

	private async turn(): Promise<void> {
		if (this.running < this.limits.atOnce) {
			this.running += 1;
			return;
		}
		if (this.line.length >= this.limits.waiting) throw new TooMany('imports_waiting');
		await new Promise<void>((go) => this.line.push(go));
	}
}

/** The cheap part of `sourceText`, which the thread calls for good. */
function glance(bytes: Uint8Array): void {
	if (bytes.byteLength >= IMPORT_LIMIT || bytes.includes(0) || !isUtf8(bytes)) {
		sourceText(bytes, IMPORT_LIMIT);
	}
	if (!bytes.some((byte) => byte > SPACE)) throw new Invalid('import_empty');
}

async function readAside(bytes: Uint8Array, limits: WorkerLimits): Promise<Beginning> {
	const worker = new Worker(threadFile(), {
		workerData: bytes,
		resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
		// The thread needs nothing of what this process was told, and none of its secrets.
		env: {},
		execArgv: []
	});
	const clock = AbortSignal.timeout(limits.milliseconds);
	try {
		const answer = await answerOf(worker, clock);
		if ('read' in answer) return answer.read;
		throw new Invalid(answer.refused.code, answer.refused.params);
	} finally {
		await worker.terminate();
	}
}

function answerOf(worker: Worker, clock: AbortSignal): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const tooHeavy = () => reject(new Invalid('import_too_heavy'));
		clock.addEventListener('abort', tooHeavy);
		worker.once('message', resolve);
		worker.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooHeavy();
			else reject(error);
		});
		worker.once('exit', (code) => reject(new Error(`The import thread ended with code ${code}.`)));
	});
}

/** The thread's source: below the working folder, as node runs it in production, or beside this file. */
function threadFile(): string {
	const beside = fileURLToPath(new URL('./worker.server.ts', import.meta.url));
	const candidates = [resolve('src/lib/documents/markdown/worker.server.ts'), beside];
	const found = candidates.find((file) => existsSync(file));
	if (!found) throw new Error(`No import thread found: expected it at ${candidates[0]}.`);
	return found;
}
