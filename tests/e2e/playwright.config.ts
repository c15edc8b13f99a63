import { defineConfig } from '@playwright/test';
import { LAUNCH_ARGS } from '../support/browser.ts';

/** Run by `tests/support/e2e.ts`, which provides the browser and the running site. */
export default defineConfig({
	testDir: '.',
	testMatch: '*.spec.ts',
	outputDir: '../../test-results/browser',
	workers: 2,
	fullyParallel: false,
	// On a shared machine a browser may miss a moment once; a second miss is a fault. Both are reported.
	retries: process.env.CI ? 1 : 0,
	forbidOnly: true,
	timeout: 120_000,
	expect: { timeout: 10_000 },
	use: {
		baseURL: process.env.FOLKMOOT_URL,
		locale: 'en-GB',
		timezoneId: 'Europe/Paris',
		viewport: { width: 1280, height: 900 },
		// An act that never becomes possible is a fault at once, not when the whole test runs out of time.
		actionTimeout: 30_000,
		// No movement: a colour in the middle of its transition has no contrast to measure.
		reducedMotion: 'reduce',
		screenshot: 'only-on-failure',
		trace: 'retain-on-failure',
		launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: LAUNCH_ARGS }
	}
});
