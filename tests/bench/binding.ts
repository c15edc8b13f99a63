/**
 * What one keystroke costs in texts of growing size, through the binding alone, ours and
 * y-prosemirror's. Run with `npm run bench -- binding`; `--json` prints one line for a machine.
 */
import { execFileSync } from 'node:child_process';
import { measure } from '../../src/lib/documents/editor/keystroke.testing.ts';
import type { Cost } from '../../src/lib/documents/editor/timed.testing.ts';

const SIZES = [5_000, 50_000, 500_000];

const self = new URL(import.meta.url).pathname;
const peer = new URL('peers/y-prosemirror.ts', import.meta.url).pathname;
const [, , flag, words, edits] = process.argv;
if (flag === '--one') {
	console.log(JSON.stringify(measure(Number(words), Number(edits))));
	process.exit(0);
}

const results = SIZES.flatMap((words) => [
	{ who: 'ours', words, edits: 0, ...inProcess(self, '--one', words, 0) },
	{ who: 'ours', words, edits: 10_000, ...inProcess(self, '--one', words, 10_000) },
	{ who: 'y-prosemirror', words, edits: 0, ...inProcess(peer, words) }
]);
if (process.argv.includes('--json')) console.log(JSON.stringify(results));
else {
	const cell = ({ median, p99 }: Cost) => `${median} (p99 ${p99})`;
	console.log('| one keystroke | words | edits before | local µs | remote µs |');
	console.log('| --- | --: | --: | --: | --: |');
	for (const { who, words, edits, local, remote } of results) {
		console.log(`| ${who} | ${words} | ${edits} | ${cell(local)} | ${cell(remote)} |`);
	}
}

/** Each in a process of its own: none has been warmed up by another, and the peer brings its own Yjs. */
function inProcess(file: string, ...args: (string | number)[]): { local: Cost; remote: Cost } {
	const out = execFileSync(process.execPath, [file, ...args.map(String)], { encoding: 'utf8' });
	return JSON.parse(out) as { local: Cost; remote: Cost };
}
