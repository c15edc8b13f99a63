import { mendSearch } from '#lib/contributions/searchable.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { deleteExpiredSessions } from '#lib/people/sessions.server.ts';
import { askAboutChanges } from '#lib/record/asking.server.ts';
import { forgetOldNews } from '#lib/record/forgetting.server.ts';
import { writeLetters } from '#lib/record/letters.server.ts';
import type { Notifier } from '#lib/record/notifier.server.ts';
import { deliverLetters } from '#lib/record/outbox.server.ts';
import { forgetOldLimits } from '#lib/server/limits.ts';
import type { Job } from '#lib/server/jobs.ts';
import type { Carrier } from '#lib/server/mail.ts';

const SECOND = 1_000;
const MINUTE = 60_000;

/** What some jobs need besides the house. */
export interface Tools {
	live: LiveEngine;
	notifier: Notifier;
	/** The way to the mail server; null: letters are caught. */
	carrier: Carrier | null;
}

/** Everything that happens by the clock, in one list. */
export const timetable = ({ live, notifier, carrier }: Tools): Job[] => [
	{ name: 'delete expired sessions', every: 60 * MINUTE, run: deleteExpiredSessions },
	{ name: 'find what was said before there was a search', every: 10 * MINUTE, run: mendSearch },
	{ name: 'forget old rate limits', every: 10 * MINUTE, run: forgetOldLimits },
	{ name: 'tell news', every: 30 * SECOND, run: () => notifier.sweep() },
	{
		name: 'ask about changed clauses',
		every: 5 * MINUTE,
		run: (house) => askAboutChanges(house, live)
	},
	{ name: 'write letters', every: 30 * SECOND, run: writeLetters },
	{ name: 'deliver letters', every: 20 * SECOND, run: (house) => deliverLetters(house, carrier) },
	{ name: 'forget old news', every: 360 * MINUTE, run: forgetOldNews }
];
