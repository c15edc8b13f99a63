import { clause, point, section } from '../draft.ts';

/** Section 8. */
export const buildings = [
	section('s8', 'Private buildings'),
	clause(
		'c8-1',
		'A new building more than 20 metres long on a street gives shade to the pavement along at least half of that length.'
	),
	clause(
		'c8-2',
		'Nobody has to add shade to a building that is already there. An owner who does may be paid up to 40 per cent of the cost, and no more than 30,000 crowns.'
	),
	clause(
		'c8-3',
		'An owner who was paid keeps the shade in good order and open to the public for ten years, within clause 4.4.'
	),
	clause(
		'c8-4',
		'An awning over the pavement needs no permit. The owner tells the city two weeks before putting it up. The awning must:'
	),
	point('c8-4a', 'leave 2.4 metres of headroom;'),
	point('c8-4b', 'stay half a metre back from the kerb; and'),
	point('c8-4c', 'fold away when high wind is forecast.'),
	clause(
		'c8-5',
		'For a listed building the Heritage Office answers within 30 working days. If it does not answer, shade that can be taken away without a trace may go up for one summer.'
	)
];
