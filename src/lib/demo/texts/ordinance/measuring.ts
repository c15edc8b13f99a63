import { clause, link, point, ref, section } from '../draft.ts';

/** Section 6, first written by the university's Heat Lab. */
export const measuring = [
	section('s6', 'Measuring'),
	clause('c6-1', 'Every year the city measures at least:'),
	point(
		'c6-1a',
		'the share of residents with a shaded stop within five minutes’ walk, by district;'
	),
	point('c6-1b', 'the temperature of the air and of the ground at forty fixed places;'),
	point(
		'c6-1c',
		'how many people were treated for heat, as counts from the hospitals that cannot point to anyone;'
	),
	point(
		'c6-1d',
		'how many of the trees planted under this ordinance are alive after three years; and'
	),
	point(
		'c6-1e',
		'what 1,200 residents say about heat and shade, asked in the week after a heat day.'
	),
	clause(
		'c6-2',
		'The Heat Lab of the University of Meravia checks the figures before they are published. The city may comment on a figure that the Heat Lab has confirmed, but may not change it or hold it back.'
	),
	clause(
		'c6-3',
		'The heat index says how much heat a place collects and how many people are exposed to it. It is worked out for every square of 200 metres and published each January.',
		ref('index')
	),
	clause(
		'c6-4',
		'Measurements are published within 30 days as ',
		link('open data', 'https://data.meravia.example/heat'),
		', with the method and with what is missing.'
	),
	clause(
		'c6-5',
		'If a district misses its target two years running, the Council debates it in public within 60 days and decides what will change, with a date and a name beside each point.'
	)
];
