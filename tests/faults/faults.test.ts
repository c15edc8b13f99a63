import { beforeAll, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { dialect } from '#lib/server/db/columns.ts';
import { clock } from './clock.ts';
import { fuzz } from './fuzz.ts';
import { hostile } from './hostile.ts';
import { kill } from './kill.ts';
import { restore } from './restore.ts';
import { rights } from './rights.ts';
import { snapshot } from './snapshot.ts';

beforeAll(() => {
	if (!existsSync('build/handler.js')) throw new Error('There is no build: run `npm run build`.');
});

// The short ones, at small sizes; `npm run faults` brings about all of them, at full size. They reach into
// the database's own file, so they are SQLite's; on PostgreSQL the live tests kill and restart as well.
it.skipIf(dialect === 'postgres').each([hostile, rights, clock, snapshot, restore, kill, fuzz])(
	'$name: $promise',
	async (fault) => {
		const figures = await fault.run({ small: true, say: () => undefined });
		expect(Object.keys(figures).length).toBeGreaterThan(2);
	},
	600_000
);
