import { clause, point, section } from '../draft.ts';

/** Section 7, first written by the Parks Department. */
export const care = [
	section('s7', 'Planting and care'),
	clause(
		'c7-1',
		'Trees come first. Built shade is used where a tree cannot grow, or until a young tree is wide enough to count under clause 2.2.'
	),
	clause(
		'c7-2',
		'The Parks Department publishes a list of at least twenty kinds of tree that can live in a Meravia two degrees warmer than today. No kind may be more than one in ten of the trees planted in a year.'
	),
	clause('c7-3', 'Every tree planted under this ordinance gets:'),
	point('c7-3a', 'at least twelve cubic metres of soil that is not walked or driven on;'),
	point('c7-3b', 'water for its first two summers;'),
	point('c7-3c', 'a number, a place on the public map, and a named keeper; and'),
	point('c7-3d', 'a visit by a gardener at least twice a year until it is ten years old.'),
	clause('c7-4', 'A tree that dies is replaced in the next planting season.'),
	clause('c7-5', 'Built shade must:'),
	point('c7-5a', 'leave 2.4 metres of headroom everywhere;'),
	point('c7-5b', 'stand in a wind of 110 kilometres an hour, or be taken down before it comes;'),
	point('c7-5c', 'lead its rainwater to soil where there is soil within ten metres; and'),
	point('c7-5d', 'carry a sign with its number and a way to report a fault by phone, text or web.'),
	clause('c7-6', 'Every shaded stop has, in the shade:'),
	point('c7-6a', 'at least two seats with a back and arm rests; and'),
	point('c7-6b', 'beside a seat, a level space of 1.2 by 1.2 metres for a wheelchair or a pram.'),
	clause(
		'c7-7',
		'A fault that could hurt somebody is made safe within 24 hours. Other faults are repaired within fifteen working days.'
	),
	clause(
		'c7-8',
		'Neighbours may look after a tree or a stop together with the Parks Department, which lends tools and insures them. Looking after a stop gives no right to decide who uses it.'
	)
];
