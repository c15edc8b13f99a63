import { createLiveEngine } from '#lib/documents/live/engine.server.ts';
import { liveRightOf } from '#lib/documents/rights.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { personByEmail } from '#lib/people/holders.server.ts';
import { isEmpty } from '#lib/people/setup.server.ts';
import { Bus } from '#lib/server/bus.ts';
import type { House } from '#lib/server/house.ts';
import { cast, signIns, type DemoSignIn } from './cast.ts';
import { inhabit } from './inhabit.server.ts';
import { stories } from './story.ts';
import { Evenings } from './news.server.ts';
import { momentsOf } from './timeline.server.ts';

const DAY = 86_400_000;
/** When the city got its portal: before anything else happens. */
const FOUNDED = 70;
/** The days on whose evenings people hear of what happened; more would only take longer. */
const EVENINGS = [60, 28, 27, 7, 6, 2];

/**
 * Fills an empty house with the city of Meravia by living its story through, in order of time, with the
 * same use-cases as everybody else (D4). An inhabited house is left alone (D5). Returns who can sign
 * in: nobody when the inhabitants are others.
 */
export async function seedDemo(house: House): Promise<DemoSignIn[]> {
	if (!(await isEmpty(house))) {
		return (await personByEmail(house.store.db, cast[0]!.email)) ? signIns : [];
	}
	const today = house.clock();
	let now = today - FOUNDED * DAY;
	// Its own clock, and a bus of its own: nobody who listens now has to hear of the past.
	const past: House = { ...house, bus: new Bus(), clock: () => now };
	const live = createLiveEngine({
		house: past,
		rightsOf: (personId, documentId) => liveRightOf(past, personId, documentId),
		actorOfCookie: async () => VISITOR,
		timing: { window: 0 }
	});
	try {
		const people = await inhabit(past);
		const lastDay = (daysLeft: number) =>
			new Date(today + (daysLeft - 1) * DAY).toISOString().slice(0, 10);
		const stage = { house: past, live, people, lastDay };
		const moments = stories.flatMap((story) => momentsOf(story, stage));
		const evenings = new Evenings(past, live, people, today);
		await evenings.begin();
		const coming = [...EVENINGS];
		for (const { at, act } of moments.sort((a, b) => b.at - a.at)) {
			while (coming.length > 0 && coming[0]! > at) {
				now = today - coming.shift()! * DAY;
				await evenings.come();
			}
			now = Math.round(today - at * DAY);
			await act();
		}
		now = today;
		await evenings.come();
		await evenings.end();
	} finally {
		now = today;
		await live.close();
	}
	return signIns;
}

export type { DemoSignIn };
