import type { Answer } from '#lib/decisions/kinds.ts';
import type { DaysAgo } from '../changes/edit.ts';

/** A decision of who leads the text: one reason for one remark or several. */
export interface Answered {
	at: DaysAgo;
	/** Whose remarks, and on which block. */
	to: Array<[author: string, on: string]>;
	outcome: Answer;
	reason: string;
	/** The version in which it can be seen. */
	version?: number;
}

/** What the team has answered so far; everything else still waits for them. */
export const answers: Answered[] = [
	{
		at: 16.5,
		to: [['marta', 'c2-4']],
		outcome: 'accepted',
		reason:
			'Five minutes now means 300 metres, not 400. You measured it, the street counts agree, and 300 is what the city can promise by 2030.',
		version: 2
	},
	{
		at: 12.6,
		to: [
			['emil', 'c6-4'],
			['noor', 'c10-7']
		],
		outcome: 'noted',
		reason:
			'Both are settled without changing the text: raw values are shown the same hour, marked as not yet checked, and the counting follows the calendar half-years, in June and December.'
	}
];
