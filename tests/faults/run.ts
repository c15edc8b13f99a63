/**
 * `npm run faults [name…] [--small] [--count=n]`: brings misfortunes upon the production server, one
 * after the other, and says of each whether its promise held. Build the pages first.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Fault, FaultOptions } from './fault.ts';
import { faults } from './all.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { small: { type: 'boolean', default: false }, count: { type: 'string' } }
});
const unknown = positionals.filter((name) => !faults.some((fault) => fault.name === name));
if (unknown.length > 0) {
	console.error(
		`No such fault: ${unknown.join(', ')}. There are: ${faults.map(({ name }) => name).join(', ')}.`
	);
	process.exit(2);
}
if (!existsSync('build/handler.js')) {
	console.error('There is no build: run `npm run build` first.');
	process.exit(2);
}
const chosen = faults.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const options: FaultOptions = {
	small: values.small,
	count: values.count === undefined ? undefined : Number(values.count),
	say: (line) => console.log(`  ${line}`)
};

const lines: string[] = [];
let failed = 0;
for (const fault of chosen) {
	console.log(`▸ ${fault.name}: ${fault.promise}`);
	const line = await tried(fault);
	console.log(line);
	lines.push(line);
}
console.log(`\n${lines.join('\n')}\n\n${chosen.length - failed} held, ${failed} did not`);
process.exit(failed > 0 ? 1 : 0);

async function tried(fault: Fault): Promise<string> {
	const began = performance.now();
	const seconds = () => `${Math.round((performance.now() - began) / 1000)} s`;
	try {
		const figures = Object.entries(await fault.run(options)).map(
			([name, value]) => `${name} ${value}`
		);
		return `✓ ${fault.name} (${seconds()}): ${figures.join(', ')}`;
	} catch (error) {
		failed += 1;
		const { stack, cause } = error as Error;
		const because = cause instanceof Error ? `\n  because: ${cause.stack}` : '';
		return `✗ ${fault.name} (${seconds()}): ${stack}${because}`;
	}
}
