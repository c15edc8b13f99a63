import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { liveInDevelopment } from './tests/support/vite-live.ts';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './src/project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
			cookieName: 'folkmoot_language'
		}),
		sveltekit(),
		liveInDevelopment(),
		// Node would read Drizzle's package.json, all of 180 kB, anew for each of its files: half of the time
		// that a house takes to start.
		{
			name: 'drizzle-into-the-build',
			apply: 'build',
			config: () => ({ ssr: { noExternal: ['drizzle-orm'] } })
		}
	],
	test: {
		// A file of tests may open a database and a server of its own: let them be few at a time.
		maxWorkers: 2,
		setupFiles: ['./tests/support/property-seed.ts'],
		testTimeout: 30_000,
		hookTimeout: 60_000,
		projects: [
			{
				extends: true,
				test: { name: 'unit', include: ['src/**/*.test.ts'], exclude: ['src/**/*.db.test.ts'] }
			},
			{
				extends: true,
				test: {
					name: 'integration',
					include: ['src/**/*.db.test.ts', 'tests/integration/**/*.test.ts']
				}
			},
			{
				extends: true,
				test: {
					name: 'live',
					include: ['tests/{live,faults}/**/*.test.ts'],
					testTimeout: 180_000,
					retry: process.env.CI ? 1 : 0
				}
			}
		]
	}
});
