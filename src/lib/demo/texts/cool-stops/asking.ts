import { em, section, link, paragraph, ref, step, strong, table } from '../draft.ts';

/** What the service is, and how a stop is asked for. */
export const asking = [
	paragraph(
		'cs-about',
		em(
			'This service design says how section 3 of the Urban Heat and Shade Ordinance works in practice. It is being written together by the people who ask, build, clean and wait. Meravia is a fictional city; all figures are synthetic.'
		)
	),
	section('cs-h1', 'What you can count on'),
	paragraph(
		'cs-1',
		'If you live, work or wait somewhere hot in Meravia, you can ask for a shaded stop there. You need no account, no form in official language and no reason beyond ',
		strong('it is too hot here'),
		'. You will hear back from a person with a name, and you can follow every step on the public map.'
	),
	section('cs-h2', 'Five steps from asking to sitting down'),
	step(
		'cs-s1',
		strong('Ask.'),
		' Point at the map, send a text message with the number of the nearest lamp post, tell a bus driver, or ask at a library desk. Each way leads to the same list.'
	),
	step(
		'cs-s2',
		strong('Look.'),
		' Within ten working days someone from the Department walks to the place, in the afternoon, with whoever asked if they want to come. They measure sun, width, slope, water and what lies under the ground.'
	),
	step(
		'cs-s3',
		strong('Choose.'),
		' The place gets one of three kinds of shade: a tree, a sail on posts, or both. Neighbours see a drawing on the spot for two weeks and can change seats and direction. They cannot vote a stop away.'
	),
	step(
		'cs-s4',
		strong('Build.'),
		' Sails go up within twelve weeks of the answer. Trees go in between November and March, and a sail stands in until the tree is wide enough.'
	),
	step(
		'cs-s5',
		strong('Look after.'),
		' Every stop has a keeper: a named person at the Parks Department, or a group of neighbours with a contract, tools and insurance.'
	),
	section('cs-h3', 'What happens to a request'),
	paragraph(
		'cs-2',
		'A request is never lost and never silently closed. It is either on its way, waiting with a date, or refused with a reason and another place nearby. Requests for the same place are joined, and everyone who asked is told.',
		ref('joined')
	),
	paragraph(
		'cs-3',
		'Places are taken in the order of the heat index. A request does not move a place up the list, because people who have time to ask are not always the people who are hottest. It does put a place ',
		em('on'),
		' the list. The order, and every change to it, is at ',
		link('meravia.example/cool-stops', 'https://meravia.example/cool-stops'),
		'.'
	)
];

export const roles = [
	section('cs-h4', 'Who does what'),
	...table('cs-who', [
		['Step', 'Leads', 'Helps', 'Is told'],
		['Ask', 'Service desk, Public Space', 'Libraries, bus drivers', 'The person who asked'],
		[
			'Look',
			'District engineer',
			'Wheelchair Users’ Union, once a month',
			'Neighbours within 100 metres'
		],
		['Choose', 'District engineer', 'Neighbours, vendors, cleaners', 'Everyone on the request'],
		['Build', 'Public Space works team', 'Parks Department', 'Shops and homes on the street'],
		['Look after', 'The keeper', 'Cleaners, neighbours', 'Anyone who reports a fault']
	])
];
