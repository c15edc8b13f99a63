/** `npm run db:generate`: one migration for each database from the same schemas. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

for (const DATABASE_URL of [undefined, 'postgres://unused']) {
	const env = { ...process.env, DATABASE_URL: DATABASE_URL ?? '' };
	const { status } = spawnSync('drizzle-kit', ['generate', '--name', 'migration'], {
		stdio: 'inherit',
		env
	});
	if (status !== 0) process.exit(status ?? 1);
}

// drizzle-kit pins foreign keys to the schema "public"; the connection's search path decides instead.
for (const file of readdirSync('drizzle/postgres').filter((name) => name.endsWith('.sql'))) {
	const path = `drizzle/postgres/${file}`;
	writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"public".', ''));
}
