import { mendSearch } from '#lib/contributions/searchable.server.ts';
import { deleteExpiredSessions } from '#lib/people/sessions.server.ts';
import { forgetOldLimits } from '#lib/server/limits.ts';
import type { Job } from '#lib/server/jobs.ts';

const MINUTE = 60_000;

/** Everything that happens by the clock, in one list. */
export const jobs: Job[] = [
	{ name: 'delete expired sessions', every: 60 * MINUTE, run: deleteExpiredSessions },
	{ name: 'find what was said before there was a search', every: 10 * MINUTE, run: mendSearch },
	{ name: 'forget old rate limits', every: 10 * MINUTE, run: forgetOldLimits }
];
