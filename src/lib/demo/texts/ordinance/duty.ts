import { clause, link, point, section, table } from '../draft.ts';

/** Section 3, with the table of targets. */
export const duty = [
	section('s3', 'Duty to shade'),
	clause(
		'c3-1',
		'By the end of 2030 every resident must have a shaded stop within five minutes’ walk of home. This is a duty of the city, and a resident may ask for it to be kept under clause 10.6.'
	),
	clause('c3-2', 'By the same date the city must also shade:'),
	point('c3-2a', 'every tram and bus stop where more than 200 people board on a working day;'),
	point(
		'c3-2b',
		'the main walking route to every school, clinic and day centre, for at least two thirds of its length;'
	),
	point('c3-2c', 'at least half of the ground of every public playground; and'),
	point('c3-2d', 'at least 30 per cent of every public square larger than 1,000 square metres.'),
	clause(
		'c3-3',
		'Each district must reach the number of shaded stops in this table. All figures are synthetic.'
	),
	...table('targets', [
		[
			'District',
			'Residents without shade nearby, 2026',
			'Stops, 2026',
			'Stops, 2028',
			'Stops, 2030'
		],
		['Saltfields', '61 in 100', '14', '70', '118'],
		['Millside', '54 in 100', '19', '66', '104'],
		['Harbour', '47 in 100', '23', '58', '87'],
		['Northgate', '38 in 100', '31', '60', '82'],
		['Old Town', '22 in 100', '40', '52', '61'],
		['Upper Terraces', '9 in 100', '46', '50', '54']
	]),
	clause(
		'c3-4',
		'The city works through a list of places, hottest first, ranked by the heat index in clause 6.3. It publishes the list every January and gives a reason for each place that moves up or down.'
	),
	clause(
		'c3-5',
		'Where a shaded stop cannot be built at a place on the list, the city publishes the reason within 30 days and proposes another place no more than 150 metres away.'
	),
	clause(
		'c3-6',
		'Anyone may ask for a shaded stop, in any language and without an account. The city answers within 20 working days. How to ask, and what happens next, is described in ',
		link('Cool stops', 'https://meravia.example/cool-stops'),
		'.'
	),
	clause('c3-7', 'No work by the city, or paid for by the city, may take shade away unless:'),
	point('c3-7a', 'shade of the same size is ready within 100 metres before the work begins; or'),
	point(
		'c3-7b',
		'a tree or a structure is about to fall, in which case the city replaces the shade within 60 days.'
	),
	clause(
		'c3-8',
		'Every shaded stop within 100 metres of a water main has a drinking tap by the end of 2029. A shaded stop with more than twenty seats also has a public toilet, without a step, no more than 200 metres away.'
	)
];
