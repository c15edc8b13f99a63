import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dialect } from './columns.ts';

/** Where the migrations of this dialect are: beside the sources, or below the working folder of a build. */
export function migrationsFolder(): string {
	const here = fileURLToPath(new URL('.', import.meta.url));
	const candidates = [resolve('drizzle', dialect), resolve(here, '../../../../drizzle', dialect)];
	const found = candidates.find((folder) => existsSync(join(folder, 'meta/_journal.json')));
	if (!found) throw new Error(`No migrations found: expected them in ${candidates[0]}.`);
	return found;
}

/**
 * Stops the start when the database was migrated by newer code than this: running on would write
 * rows that the newer code cannot trust. `appliedAt` is the newest applied migration's time (ms).
 */
export function refuseNewer(appliedAt: number | null): void {
	if (appliedAt === null) return;
	const journal = JSON.parse(
		readFileSync(join(migrationsFolder(), 'meta/_journal.json'), 'utf8')
	) as { entries: { when: number }[] };
	const newest = Math.max(...journal.entries.map((entry) => entry.when));
	if (appliedAt <= newest) return;
	throw new Error(
		`The database is newer than this version of Folkmoot (migrated ${new Date(appliedAt).toISOString()}, ` +
			`this version knows ${new Date(newest).toISOString()}). Start the newer version, or restore an older backup.`
	);
}
