/** `npm run check`: one command that runs every static check and says which one failed. */
import { spawnSync } from 'node:child_process';

const CHECKS: [name: string, command: string, args: string[]][] = [
	[
		'messages',
		'paraglide-js',
		['compile', '--project', './src/project.inlang', '--outdir', './src/lib/paraglide']
	],
	['types: sync', 'svelte-kit', ['sync']],
	[
		'types',
		'svelte-check',
		['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']
	],
	['lint', 'eslint', ['.', '--max-warnings', '0']],
	['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
	['structure', 'node', ['tests/support/structure.ts']]
];

const failed: string[] = [];
for (const [name, command, args] of CHECKS) {
	const began = performance.now();
	const { status } = spawnSync(command, args, { stdio: 'inherit', shell: false });
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
	if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
	console.error(`Failed: ${failed.join(', ')}`);
	process.exit(1);
}
