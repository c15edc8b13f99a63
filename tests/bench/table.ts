/** The figures of all runs as a Markdown table: medians, with the range of the runs in brackets. */
import type { Contender, Figures } from './measure.ts';

export interface Result {
	row: string;
	server: string;
	keeps: Contender['keeps'];
	/** Those that came to an end, of so many asked for. */
	runs: Figures[];
	asked: number;
}

const BUSY = 0.7;
const ELSEWHERE = 0.15;

export function table(results: Result[]): string {
	const head = [
		'row',
		'server',
		'CPU %',
		'delivery p50 ms',
		'p95',
		'p99',
		'ack p99 ms',
		'µs CPU / frame',
		'frames/s',
		'kB/s',
		'loop p99 ms',
		'memory MB',
		'kB / connection',
		'undelivered',
		'acked lost',
		'kept',
		'load CPU %'
	];
	const lines = results.map(({ row, server, keeps, runs, asked }) => [
		row,
		runs.length < asked ? `${server} (${runs.length} of ${asked} runs finished)` : server,
		range(runs, (run) => run.cpu, 0),
		range(runs, (run) => run.delivery[0] ?? NaN, 1),
		range(runs, (run) => run.delivery[1] ?? NaN, 1),
		range(runs, (run) => run.delivery[2] ?? NaN, 1),
		range(runs, (run) => run.acks[2] ?? NaN, 1),
		range(runs, (run) => run.cpuPerFrame, 1),
		range(runs, (run) => run.frames / run.seconds, 0),
		range(runs, (run) => run.bytes / run.seconds / 1000, 0),
		range(runs, (run) => run.loop[1] ?? NaN, 1),
		range(runs, (run) => run.memory, 0),
		range(runs, (run) => run.perConnection, 0),
		runs.length > 0 ? String(Math.max(...runs.map((run) => run.undelivered))) : '–',
		lost(runs),
		keeps,
		`${range(runs, (run) => 100 * run.loadCpu, 0)}${runs.some((run) => run.loadCpu > BUSY) ? ' **invalid**' : ''}${runs.some((run) => run.elsewhere > ELSEWHERE) ? ' disturbed' : ''}`
	]);
	return [head, head.map((_, i) => (i < 2 ? '---' : '--:')), ...lines]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

/** The most that any run lost, and how many it was told are safe; a dash where nothing is acknowledged. */
function lost(runs: Figures[]): string {
	if (runs.length === 0) return '–';
	const acked = runs.map((run) => run.acked.reduce((sum, [, clock]) => sum + clock, 0));
	const most = Math.max(...runs.map((run) => run.ackedLost));
	return Math.max(...acked) > 0 ? `${most} of ${Math.min(...acked)}` : '–';
}

function range(runs: Figures[], of: (run: Figures) => number, digits: number): string {
	const values = runs.map(of).sort((a, b) => a - b);
	const median = values[Math.floor(values.length / 2)] ?? NaN;
	if (Number.isNaN(median)) return '–';
	const [low, high] = [values[0]!, values.at(-1)!].map((value) => value.toFixed(digits));
	return values.length === 1
		? median.toFixed(digits)
		: `${median.toFixed(digits)} (${low}–${high})`;
}
