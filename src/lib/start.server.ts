/**
 * The composition root: what a running Folkmoot is made of. Lists each area's live handlers and
 * timed jobs; nothing else in the project knows all the areas.
 */
import { createLiveEngine, type LiveEngine } from '#lib/documents/live/engine.server.ts';
import { PublicFront } from '#lib/documents/public-front.server.ts';
import { PublicPages } from '#lib/documents/public-pages.server.ts';
import { liveRightOf } from '#lib/documents/rights.server.ts';
import { actorOfCookie } from '#lib/people/session.server.ts';
import { announceSetup } from '#lib/people/setup.server.ts';
import { seedDemo, type DemoSignIn } from '#lib/demo/seed.server.ts';
import { Bus } from '#lib/server/bus.ts';
import { readConfig } from '#lib/server/config.ts';
import { openStore } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { startJobs } from '#lib/server/jobs.ts';
import { createLog } from '#lib/server/log.ts';
import { metrics } from '#lib/server/metrics.ts';
import { setRunningHouse } from '#lib/server/running.ts';
import { jobs } from './timetable.server.ts';

/** A started house: what pages need (`house`, `live`), and how to end it. */
export interface Started {
	readonly house: House;
	readonly live: LiveEngine;
	/** What visitors are sent, and the way past the pages to it. */
	readonly pages: PublicPages;
	readonly front: PublicFront;
	close(): Promise<void>;
}

/** Starts everything once, from the environment. Throws, naming what is wrong, before anything is served. */
export async function startHouse(env: Record<string, string | undefined>): Promise<Started> {
	const config = readConfig(env);
	const options = { file: config.databaseFile, url: config.databaseUrl };
	const store = metrics.timed(await openStore(options));
	const log = createLog(config.logLevel, metrics.alarm);
	const house: House = { store, config, log, bus: new Bus(), clock: Date.now };
	const live = createLiveEngine({
		house,
		rightsOf: (personId, documentId) => liveRightOf(house, personId, documentId),
		actorOfCookie: (cookie) => actorOfCookie(house, cookie),
		meter: metrics.meter
	});
	metrics.watch({ live: live.figures, store });
	const pages = new PublicPages(house, live);
	const front = new PublicFront(pages);
	const signIns: DemoSignIn[] = config.demo ? await seedDemo(house) : [];
	const stopJobs = startJobs(house, jobs);

	async function close(): Promise<void> {
		stopJobs();
		await live.close();
		metrics.clear();
		await store.close();
		setRunningHouse(undefined);
	}

	setRunningHouse({
		house,
		attach: (server) => live.attach(server),
		answer: (req, res) => front.answer(req, res),
		listening(address) {
			log.info({ address }, 'listening');
			void announceSetup(house, address);
			if (signIns.length > 0) printSignIns(address, signIns);
		},
		close
	});
	return { house, live, pages, front, close };
}

function printSignIns(address: string, signIns: DemoSignIn[]): void {
	const lines = signIns.map((one) => `  ${one.email.padEnd(34)} ${one.password}   ${one.who}`);
	console.log(`\nFolkmoot is open at ${address}\n\nSign in as:\n${lines.join('\n')}\n`);
}
