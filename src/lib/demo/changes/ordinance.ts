import { clause } from '../texts/draft.ts';
import { add, drop, swap, type Edit } from './edit.ts';

/** Version 1 closed the first round of co-drafting; version 2 is what the city consults on. */
export const frozen = { first: 40, consultation: 18 };

/** What the co-drafters changed between version 1 and version 2. */
export const coDrafting: Edit[] = [
	swap('priya', 39, 'c2-2', ['noon to four', 'eleven in the morning to five']),
	swap('marta', 38.3, 'c2-4', ['400 metres', '300 metres']),
	swap('marta', 38.2, 'note-walk', [
		'Many people do not. See the remarks of the Seniors’ Council.',
		'A person of eighty, or a parent with a small child, walks about 300.'
	]),
	swap(
		'ines',
		37,
		'c1-2',
		['are old', 'are very young, old'],
		[' or ill.', ' or ill, or work outdoors.']
	),
	swap(
		'jonas',
		36,
		'c4-2',
		['one and a half', 'two'],
		['walking or pushing a pram.', 'walking, pushing a pram or using a wheelchair.']
	),
	swap('ines', 35.4, 'c4-2', ['five metres', 'ten metres']),
	swap('dana', 35, 'c4-3', [
		'vendors and residents.',
		'vendors, residents and the people who clean the stop.'
	]),
	swap('rafael', 33.5, 'c3-2a', ['200 people', '100 people']),
	swap('jonas', 33, 'c7-6b', ['1.2 by 1.2 metres', '1.5 by 1.5 metres']),
	swap('dana', 32, 'c7-3b', ['two summers', 'three summers']),
	swap('priya', 31, 'c6-1b', [
		'forty fixed places',
		'sixty fixed places, half of them where people wait'
	]),
	add(
		'lena',
		30.4,
		'c6-4',
		clause(
			'c6-faces',
			'Nothing that measures under this ordinance may record a face, a voice, a number plate or a telephone. Where people are counted, they are counted by people or by a device that keeps no picture.'
		)
	),
	swap('priya', 30, 'c9-1', ['36 degrees', '34 degrees']),
	swap('ines', 29, 'c10-3', [
		'If the vendor refuses, the officer may hold the goods until the next morning.',
		'The officer writes down the place and the time and gives the vendor a copy. Goods and carts may not be taken.'
	]),
	add(
		'lena',
		28,
		'c8-3',
		clause(
			'c8-rent',
			'Rent may not be raised because of shade that the fund paid for. A landlord who raises the rent within two years says in writing what the increase pays for.'
		)
	),
	swap('marta', 27, 'c9-2', [
		'by text message, on the screens at every stop, and in the six languages most spoken in the city.',
		'by text message, on the screens at every stop, by a telephone call to everyone who has asked to be called, and in the six languages most spoken in the city.'
	]),
	add(
		'marta',
		26.6,
		'c3-2d',
		clause(
			'c3-seats',
			'On the routes in clause 3.2 (b) nobody has to walk more than 150 metres from one shaded seat to the next. A low wall counts as a seat if it is between 42 and 50 centimetres high.'
		)
	),
	add(
		'rafael',
		26,
		'c8-rent',
		clause(
			'c8-advance',
			'An owner who lives in the building, and an association without paid staff, may have half of the money before the work begins. Nobody should need savings to make shade for others.'
		)
	),
	add(
		'jonas',
		25,
		'c3-7b',
		clause(
			'c3-works',
			'While works are under way, a way past them stays open that is at least 1.5 metres wide, without a step, and shaded if it is longer than 50 metres.'
		)
	),
	drop('rafael', 24, 'c4-8'),
	add(
		'dana',
		23,
		'c7-7',
		clause(
			'c7-clean',
			'Every shaded stop is cleaned each day before nine. The people who clean it may report a fault in one call, during their working time, and are told what became of it.'
		)
	),
	swap('rafael', 21, 'c10-5', [
		'Nothing is paid until then.',
		'Nothing has to be paid before that answer.'
	])
];

/** What changed in the living text after consultation began. */
export const consulting: Edit[] = [
	swap('rafael', 9, 'c3-5', ['within 30 days', 'within 20 working days']),
	swap('dana', 6, 'c7-clean', ['what became of it.', 'what became of it within a week.']),
	swap('priya', 3.2, 'c6-3', ['200 metres', '100 metres']),
	swap('rafael', 2, 'c10-2', ['A fine looks at what', 'The size of a fine depends on what'])
];
