import { clause, point, section } from '../draft.ts';

/** Section 9. */
export const heatDays = [
	section('s9', 'Heat days'),
	clause(
		'c9-1',
		'The Council names a Heat Officer in the Public Health Department. The Heat Officer declares a heat day when 36 degrees or more is forecast, or when two nights in a row stay above 22 degrees.'
	),
	clause(
		'c9-2',
		'Notice is given by six in the evening before: on the radio, by text message, on the screens at every stop, and in the six languages most spoken in the city.'
	),
	clause('c9-3', 'On a heat day the city:'),
	point('c9-3a', 'opens a cool room in every library and community hall until ten at night;'),
	point(
		'c9-3b',
		'gives free drinking water at every shaded stop with a tap, and carts water to the others;'
	),
	point('c9-3c', 'repairs a broken tap or sail within 24 hours; and'),
	point('c9-3d', 'stops its own heavy outdoor work between one and five in the afternoon.'),
	clause(
		'c9-4',
		'On a heat day nobody may be told to leave a shaded place, unless somebody is in danger there.'
	),
	clause(
		'c9-5',
		'On a heat day a street vendor may move to any shaded place without a fee, as long as the passage in clause 4.2 stays free.'
	),
	clause(
		'c9-6',
		'Anyone who works outdoors for the city rests ten minutes of every hour in the shade, paid. The same rule is written into every contract under which others work outdoors for the city.'
	)
];
