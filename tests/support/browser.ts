/** Where the browser for tests and screenshots is, or how to get one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

/** Without a sandbox (containers), without a GPU, and without talking to anyone but our own server. */
export const LAUNCH_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** The one without a window first: each page of a whole browser draws a window's frame that nobody sees. */
const NAMES = [
	'chromium-headless-shell',
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable'
];
const PLACES = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
];

/**
 * The path of a browser that starts: CHROMIUM_PATH, one of the system, Playwright's own, or else one
 * installed now. Says what it does; throws with advice when nothing helped.
 */
export function findBrowser(): string {
	const named = process.env.CHROMIUM_PATH;
	if (named) {
		if (starts(named)) return named;
		throw new Error(`CHROMIUM_PATH=${named} is not a browser that starts.`);
	}
	return present() ?? install();
}

function present(): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...onPath, ...PLACES, chromium.executablePath()].find(starts);
}

function starts(path: string): boolean {
	if (!path || !existsSync(path)) return false;
	try {
		return /\d+\.\d+/.test(version(path));
	} catch {
		return false;
	}
}

function version(path: string): string {
	const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
	return execFileSync(path, ['--version', '--no-sandbox'], { encoding: 'utf8', stdio });
}

function install(): string {
	const root = process.getuid?.() === 0;
	console.log('▸ No browser here: installing the one Playwright brings (once, about 150 MB)…');
	const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
	const withLibraries = root && process.platform === 'linux' ? ['--with-deps'] : [];
	run(process.execPath, [cli, 'install', ...withLibraries, 'chromium']);
	const own = present();
	if (own) return own;

	if (root && existsSync('/usr/bin/apt-get')) {
		console.log('▸ That did not work: installing Chromium with apt-get…');
		run('apt-get', ['update']);
		// Older systems have no package of the first name.
		for (const name of ['chromium-headless-shell', 'chromium']) {
			run('apt-get', ['install', '-y', '--no-install-recommends', name]);
			const system = present();
			if (system) return system;
		}
	}
	throw new Error('No browser could be installed. Install Chromium and set CHROMIUM_PATH to it.');
}

function run(command: string, args: string[]): void {
	spawnSync(command, args, { stdio: 'inherit' });
}
