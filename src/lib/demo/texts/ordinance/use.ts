import { clause, section } from '../draft.ts';

/** Section 4: the one that people argue about. */
export const use = [
	section('s4', 'Use of shaded places'),
	clause(
		'c4-1',
		'Every shaded stop is public. No permit is needed to sit, wait or rest there at any hour.'
	),
	clause(
		'c4-2',
		'Street vendors may trade within five metres of a shaded stop, provided that a passage of one and a half metres stays free for people walking or pushing a pram.'
	),
	clause(
		'c4-3',
		'The city sets the number of trading places for each stop every spring, after hearing vendors and residents.'
	),
	clause(
		'c4-4',
		'Where shade is made by a building’s owner, the owner keeps the right to close it between midnight and five, with notice on the spot.'
	),
	clause(
		'c4-5',
		'A trading place is given for one season. Half of the places at each stop go to vendors who traded there the year before, and half are drawn by lot among all who apply.'
	),
	clause(
		'c4-6',
		'Nobody may fit spikes, bars, sprinklers, noise devices or anything else meant to keep people from resting in a shaded place.'
	),
	clause(
		'c4-7',
		'Music and loudspeakers are switched off at a shaded stop between ten at night and seven in the morning.'
	),
	clause(
		'c4-8',
		'Smoking is not allowed at a shaded stop. The city provides a shaded place for people who smoke at each stop with more than 40 seats.'
	),
	clause(
		'c4-9',
		'A shaded stop may be closed for a wedding, a market, filming or another event for no more than six hours, never on a heat day, and only if the next shaded stop is open.'
	)
];
