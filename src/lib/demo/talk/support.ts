import type { Value } from '#lib/ballots/ratings.ts';
import type { DaysAgo } from '../changes/edit.ts';

/** How somebody sees a clause, or on which condition they support it. */
export interface SupportGiven {
	author: string;
	at: DaysAgo;
	on: string;
	value: Value;
	/** "I support this if …" */
	condition?: string;
}

const give =
	(on: string, at: DaysAgo) =>
	(author: string, value: Value, condition?: string): SupportGiven => ({
		...{ author, at: at - author.length / 100, on, value },
		...(condition !== undefined && { condition })
	});

const PASSAGE = 'the two metres are measured from whatever sticks out furthest';

const sitting = give('c4-1', 18);
const vending = give('c4-2', 13);
const places = give('c4-3', 12);
const closing = give('c4-4', 11);
const spikes = give('c4-6', 10.5);
const repairs = give('c3-5', 12);
const cleaning = give('c7-clean', 8);
const measuring = give('c6-3', 5);

/** What the city thinks of the clauses people argue about; some of it of words that changed since. */
export const support: SupportGiven[] = [
	sitting('amina', 2),
	sitting('jonas', 2),
	sitting('marta', 2),
	sitting('lena', 2),
	sitting('priya', 1),
	sitting('dana', 1),
	sitting('ines', 2),
	sitting('paul', 0),
	vending('amina', 2),
	vending('ines', 2, PASSAGE),
	vending('jonas', 1, PASSAGE),
	vending('marta', 1, PASSAGE),
	vending('dana', 1, 'the stall’s owner sweeps two metres around it'),
	vending('lena', 1),
	vending('paul', -2),
	vending('priya', 0),
	places('ines', 2),
	places('amina', 1),
	places('dana', 2),
	places('paul', -1),
	closing('paul', 2),
	closing('lena', -2),
	closing('marta', -1),
	closing('jonas', 0),
	closing('amina', -2),
	spikes('lena', 2),
	spikes('marta', 2),
	spikes('jonas', 2),
	spikes('amina', 2),
	spikes('paul', 1),
	repairs('marta', 2),
	repairs('jonas', 1, 'somebody answers the telephone while one waits'),
	repairs('amina', 1),
	cleaning('dana', 2),
	cleaning('ines', 1),
	cleaning('amina', 2),
	measuring('priya', 2),
	measuring('lena', 1)
];
