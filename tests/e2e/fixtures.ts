/**
 * What every browser test builds on: pages of visitors and of the cast, watched for what must never
 * happen (a script error, a violation of the content policy). Import `test` and `expect` from here.
 */
import {
	test as base,
	expect,
	type Browser,
	type BrowserContext,
	type BrowserContextOptions,
	type Page
} from '@playwright/test';
import { cast, signIns } from '../../src/lib/demo/cast.ts';

export { expect };

/** A member of the demo's cast by key, or somebody without an account. */
export type Role = 'visitor' | (string & {});
export type OpenAs = (role: Role, options?: BrowserContextOptions) => Promise<Page>;

interface Fixtures {
	/** What went wrong on any watched page; a test ends with it empty. */
	faults: string[];
	/** A page of its own, in a context of its own, signed in as one of the cast. */
	openAs: OpenAs;
}

interface WorkerFixtures {
	/** Cookies of the cast; each signs in once per worker. */
	sessions: Map<Role, Awaited<ReturnType<BrowserContext['storageState']>>>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
	// Playwright reads the names a fixture asks for from this pattern, even when it asks for none.
	sessions: [
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			await use(new Map());
		},
		{ scope: 'worker' }
	],

	// eslint-disable-next-line no-empty-pattern
	faults: async ({}, use) => {
		const faults: string[] = [];
		await use(faults);
		expect(faults, 'script errors and violations of the content policy').toEqual([]);
	},

	context: async ({ context, faults, javaScriptEnabled }, use) => {
		await watch(context, faults, javaScriptEnabled);
		await use(context);
	},

	openAs: async ({ browser, sessions, faults }, use) => {
		const opened: BrowserContext[] = [];
		await use(async (role, options = {}) => {
			const storageState = role === 'visitor' ? undefined : await session(browser, sessions, role);
			const context = await browser.newContext({ storageState, ...options });
			opened.push(context);
			await watch(context, faults, options.javaScriptEnabled ?? true);
			return context.newPage();
		});
		await Promise.all(opened.map((context) => context.close()));
	}
});

async function session(browser: Browser, sessions: WorkerFixtures['sessions'], role: Role) {
	const known = sessions.get(role);
	if (known) return known;
	const context = await browser.newContext();
	await signIn(await context.newPage(), role);
	const state = await context.storageState();
	sessions.set(role, state);
	await context.close();
	return state;
}

/** Signs in through the form, as a person would. `role` is a key of the cast. */
export async function signIn(page: Page, role: Role): Promise<void> {
	const email = cast.find((member) => member.key === role)?.email;
	const known = signIns.find((one) => one.email === email);
	if (!known) throw new Error(`The demo has no sign-in for “${role}”.`);
	await page.goto('/sign-in');
	const form = page.locator('form:has(input[type=password])');
	await form.locator('input[name=email]').fill(known.email);
	await form.locator('input[name=password]').fill(known.password);
	await form.locator('button').last().click();
	await expect(page).not.toHaveURL(/\/sign-in/);
}

async function watch(context: BrowserContext, faults: string[], scripted: boolean): Promise<void> {
	if (scripted) context.on('page', awaitScript);
	context.on('weberror', (error) => faults.push(`script error: ${error.error().message}`));
	await context.exposeBinding('folkmootViolation', ({ page }, what: string) => {
		faults.push(`content policy on ${page.url()}: ${what}`);
	});
	await context.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) => {
			const report = (window as unknown as { folkmootViolation: (what: string) => void })
				.folkmootViolation;
			report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
		});
	});
}

/**
 * Going to a page of ours ends when its script is there: a browser is faster at the keys than any person,
 * and what it presses before is nobody's fault. Where there is no script, or one that waits until somebody
 * takes part, it ends as ever. `waitUntil` asks for something else, and gets that.
 */
function awaitScript(page: Page): void {
	const goto = page.goto.bind(page);
	page.goto = async (address, options) => {
		const response = await goto(address, options);
		if (options?.waitUntil) return response;
		// What SvelteKit adds to a page once it is mounted.
		const comes = await page.locator('body:not(:has([data-reader])) script').count();
		if (comes > 0) await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
		return response;
	};
}
