/** `npm run demo`: builds, then serves the fictional city of Meravia from a database of its own. */
import { spawn, spawnSync } from 'node:child_process';

const say = (line: string) => console.log(`▸ ${line}`);
say('Building the pages (about a minute)…');
const build = spawnSync('vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);

say('Preparing the demonstration…');
const server = spawn(process.execPath, ['src/start.ts'], {
	stdio: 'inherit',
	env: {
		LOG_LEVEL: 'warn',
		DATABASE_FILE: 'data/demo.sqlite',
		...process.env,
		FOLKMOOT_DEMO: '1'
	}
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
