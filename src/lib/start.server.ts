/**
 * The composition root: what a running Folkmoot is made of. Lists each area's live handlers and
 * timed jobs; nothing else in the project knows all the areas.
 */
import { createLiveEngine, type LiveEngine } from '#lib/documents/live/engine.server.ts';
import { KeptPages } from '#lib/documents/kept-pages.server.ts';
import { OwnFront } from '#lib/documents/own-front.server.ts';
import { OwnPage } from '#lib/documents/own-page.server.ts';
import { PublicFront } from '#lib/documents/public-front.server.ts';
import { PublicPage } from '#lib/documents/public-page.server.ts';
import { liveRightOf } from '#lib/documents/rights.server.ts';
import { actorOfCookie } from '#lib/people/session.server.ts';
import { announceSetup } from '#lib/people/setup.server.ts';
import { seedDemo, type DemoSignIn } from '#lib/demo/seed.server.ts';
import { Notifier } from '#lib/record/notifier.server.ts';
import { Bus } from '#lib/server/bus.ts';
import { readConfig } from '#lib/server/config.ts';
import { openStore } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { startJobs } from '#lib/server/jobs.ts';
import { createLog } from '#lib/server/log.ts';
import { smtpCarrier } from '#lib/server/mail.ts';
import { metrics } from '#lib/server/metrics.ts';
import { setRunningHouse } from '#lib/server/running.ts';
import { readerState } from './reader-state.server.ts';
import { timetable } from './timetable.server.ts';

/** A started house: what pages need (`house`, `live`), and how to end it. */
export interface Started {
	readonly house: House;
	readonly live: LiveEngine;
	/** Reading pages as visitors and as people are sent them, and the ways past the pages. */
	readonly pages: { visitors: KeptPages<PublicPage>; people: KeptPages<OwnPage> };
	readonly front: { visitors: PublicFront; people: OwnFront };
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
	const pages = {
		visitors: new KeptPages(house, live, PublicPage.of),
		// People see what they did themselves at once, whoever heard of it.
		people: new KeptPages(house, live, OwnPage.of, { checkMs: 0 })
	};
	const front = {
		visitors: new PublicFront(pages.visitors),
		people: new OwnFront(pages.people, (reading) => readerState(house, reading))
	};
	const signIns: DemoSignIn[] = config.demo ? await seedDemo(house) : [];
	const notifier = new Notifier(house, live);
	await notifier.start();
	const carrier = smtpCarrier(config);
	const stopJobs = startJobs(house, timetable({ live, notifier, carrier }));

	async function close(): Promise<void> {
		stopJobs();
		await notifier.stop();
		carrier?.close();
		await live.close();
		metrics.clear();
		await store.close();
		setRunningHouse(undefined);
	}

	setRunningHouse({
		house,
		attach: (server) => live.attach(server),
		answer: async (req, res) =>
			(await front.visitors.answer(req, res)) || (await front.people.answer(req, res)),
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
