import { beforeAll, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { clock } from './clock.ts';
import { hostile } from './hostile.ts';
import { kill } from './kill.ts';
import { restore } from './restore.ts';
import { rights } from './rights.ts';
import { snapshot } from './snapshot.ts';

beforeAll(() => {
	if (!existsSync('build/handler.js')) throw new Error('There is no build: run `npm run build`.');
});

// The short ones, at small sizes; `npm run faults` brings about all of them, at full size.
it.each([hostile, rights, clock, snapshot, restore, kill])(
	'$name: $promise',
	async (fault) => {
		const figures = await fault.run({ small: true, say: () => undefined });
		expect(Object.keys(figures).length).toBeGreaterThan(2);
	},
	300_000
);
