import { clause, em, paragraph, point, ref, section, strong } from '../draft.ts';

/** Opening words and sections 1 and 2, as first written by the policy team. */
export const opening = [
	paragraph(
		'opening',
		em(
			'This is a draft. The City of Meravia is writing it in the open, with the people who will live under it. Select any words to comment on them. Meravia is a fictional city and every number in this text is synthetic.'
		)
	)
];

export const purpose = [
	section('s1', 'Purpose'),
	clause(
		'c1-1',
		'This ordinance makes sure that everyone in Meravia can walk, wait and rest in the shade on a hot day, within five minutes of home.'
	),
	clause(
		'c1-2',
		'Heat is not shared equally.',
		ref('unequal'),
		' The city acts first where homes are hottest, where trees are fewest, and where people are old or ill.'
	),
	clause('c1-3', 'The city must reach the targets in this ordinance by 31 December 2030.'),
	clause(
		'c1-4',
		'Everyone may rely on this ordinance. A decision taken under it must be in writing and must:'
	),
	point('c1-4a', 'name the clause it uses;'),
	point('c1-4b', 'give its reasons in plain language; and'),
	point('c1-4c', 'say how to have it looked at again, by whom, and by when.')
];

export const definitions = [
	section('s2', 'Definitions'),
	clause('c2-1', 'In this ordinance:'),
	point(
		'c2-1a',
		strong('shade'),
		' means cover from a tree, a roof, an awning, a sail or a building that keeps direct sun off people during the hours in clause 2.2;'
	),
	point(
		'c2-1b',
		strong('shaded place'),
		' means any place open to the public where shade covers at least four square metres of ground;'
	),
	point(
		'c2-1c',
		strong('shaded stop'),
		' means a shaded place of at least twelve square metres, with seats, that carries the city’s shade sign. A tram or bus stop can be a shaded stop, and so can a bench under a tree;'
	),
	point(
		'c2-1d',
		strong('street vendor'),
		' means a person who holds a trading card from the city and sells from a stall, a cart or a tray;'
	),
	point(
		'c2-1e',
		strong('owner'),
		' means the person or company that owns a building or plot, or that manages it for the owner;'
	),
	point(
		'c2-1f',
		strong('heat day'),
		' means a day for which the Heat Officer has given notice under section 9; and'
	),
	point(
		'c2-1g',
		strong('the Department'),
		' means the Department of Public Space, unless the Council gives the task to another department.'
	),
	clause(
		'c2-2',
		'Shade counts if it covers the place from noon to four in the afternoon, on every day from 1 May to 30 September.'
	),
	clause(
		'c2-3',
		'Distances are measured along the ground, by the shortest route that a person can use without climbing a step.'
	),
	clause(
		'c2-4',
		'Five minutes’ walk means 400 metres.',
		ref('walk'),
		' Where the route climbs more than one metre in every twenty, it means half of that distance.'
	)
];
