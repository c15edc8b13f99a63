/**
 * Structure checks that no linter has: no import cycles among our files, no file over its length,
 * the same message keys in every language, no machine paths or registry addresses in what we ship.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const LONGEST_FILE = 250;
// A test file tells one story after another and may run longer.
const LONGEST_TEST = 400;
const problems: string[] = [];
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
	encoding: 'utf8'
})
	.split('\n')
	.filter((file) => file && existsSync(file));
const sources = tracked.filter((file) => /^(src|tests)\/.*\.(ts|svelte)$/.test(file));

checkCycles(sources);
checkLengths(sources);
checkMessages();
checkOwnWords(tracked);

if (problems.length > 0) {
	console.error(problems.join('\n'));
	process.exit(1);
}

/** Depth-first walk over the import graph (type-only imports do not run, so they do not count). */
function checkCycles(files: string[]): void {
	const known = new Set(files);
	const done = new Set<string>();
	const path: string[] = [];
	const visit = (file: string): void => {
		if (done.has(file)) return;
		const seenAt = path.indexOf(file);
		if (seenAt >= 0) {
			problems.push(`Import cycle: ${[...path.slice(seenAt), file].join(' → ')}`);
			return;
		}
		path.push(file);
		for (const next of importsOf(file)) if (known.has(next)) visit(next);
		path.pop();
		done.add(file);
	};
	files.forEach(visit);
}

function importsOf(file: string): string[] {
	const text = readFileSync(file, 'utf8');
	const pattern = /^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
	return [...text.matchAll(pattern)].flatMap(([, target = '']) => {
		if (target.startsWith('#lib/')) return [`src/lib/${target.slice(5)}`];
		if (target.startsWith('#tests/')) return [`tests/${target.slice(7)}`];
		if (target.startsWith('.')) return [normalize(join(dirname(file), target))];
		return [];
	});
}

function checkLengths(files: string[]): void {
	for (const file of files) {
		const lines = readFileSync(file, 'utf8').split('\n').length - 1;
		const most = /\.(test|spec)\.ts$/.test(file) ? LONGEST_TEST : LONGEST_FILE;
		if (lines > most) problems.push(`${file} has ${lines} lines; split it (${most}).`);
	}
}

function checkMessages(): void {
	const keysOf = (file: string): string[] =>
		Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object).filter(
			(key) => key !== '$schema'
		);
	for (const area of readdirSync('src/messages')) {
		const [en, fr] = ['en', 'fr'].map((locale) => keysOf(`src/messages/${area}/${locale}.json`));
		for (const key of en!.filter((one) => !fr!.includes(one)))
			problems.push(`${area}: no French for ${key}`);
		for (const key of fr!.filter((one) => !en!.includes(one)))
			problems.push(`${area}: no English for ${key}`);
		for (const key of en!.filter((one) => !one.startsWith(`${area}_`)))
			problems.push(`${area}: ${key} lacks its prefix`);
	}
}

function checkOwnWords(files: string[]): void {
	const forbidden = /registry\.npmjs|\/work\/main|\/home\/\w+\/|"resolved":/;
	for (const file of files) {
		if (file === 'tests/support/structure.ts' || /\.(png|woff2|ico)$/.test(file)) continue;
		if (forbidden.test(readFileSync(file, 'utf8')))
			problems.push(`${file} names a machine path or a registry.`);
	}
}
