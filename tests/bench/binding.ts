/**
 * What one keystroke costs in texts of growing size, through the binding alone. Run with
 * `node tests/bench/binding.ts`; `--json` prints one line for a machine.
 */
import { type Cost, measure } from '../../src/lib/documents/editor/keystroke.testing.ts';

const SIZES = [5_000, 50_000, 500_000];

const results = SIZES.flatMap((words) =>
	[0, 10_000].map((edits) => ({ words, edits, ...measure(words, edits) }))
);
if (process.argv.includes('--json')) console.log(JSON.stringify(results));
else {
	const cell = ({ median, p99 }: Cost) => `${median} / ${p99}`.padEnd(14);
	console.log('one keystroke, microseconds: median / 99th percentile');
	for (const { words, edits, local, remote } of results) {
		const size = `${words.toLocaleString('en')} words, ${edits.toLocaleString('en')} edits`;
		console.log(`${size.padEnd(32)} local ${cell(local)} remote ${cell(remote)}`);
	}
}
