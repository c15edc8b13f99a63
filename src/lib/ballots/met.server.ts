import { aliasedTable, sql } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { rating } from './schema.server.ts';

/** The suggestion that a condition waits for, and the one that speaks for it since they were merged. */
export const waited = aliasedTable(contribution, 'waited');
export const waitedInto = aliasedTable(contribution, 'waited_into');

/** 1 while a condition is not met (B5). No parameters: it is grouped by. */
export const unmet = sql<number>`case
	when ${rating.condition} is null and ${rating.conditionId} is null then 0
	when ${waited.outcome} = 'accepted' or ${waitedInto.outcome} = 'accepted' then 0
	else 1 end`;
