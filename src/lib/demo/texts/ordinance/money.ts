import { clause, point, ref, section } from '../draft.ts';

/** Section 5. */
export const money = [
	section('s5', 'Money'),
	clause(
		'c5-1',
		'The city keeps a Shade Fund. From 2027 to 2030 the Council pays at least 18 million crowns into it every year.'
	),
	clause('c5-2', 'The fund pays only for:'),
	point('c5-2a', 'building shaded stops and planting trees;'),
	point('c5-2b', 'watering, cleaning and repair;'),
	point('c5-2c', 'help for owners under section 8; and'),
	point('c5-2d', 'measuring, and publishing what was measured.'),
	clause(
		'c5-3',
		'At least 60 per cent of each year’s money is spent in the three districts with the highest heat index.'
	),
	clause(
		'c5-4',
		'At least 15 per cent of each year’s money is kept for care. A tree that is planted and then dies has been paid for twice.',
		ref('care')
	),
	clause(
		'c5-5',
		'Residents decide how 5 per cent of each year’s money is spent, by a public vote in every district. Everyone aged fourteen or over who lives in the district may propose and vote.'
	),
	clause(
		'c5-6',
		'The fee for a trading place may not be higher than what the city spends on cleaning and care because of that place. The sum behind the fee is published beside it.'
	),
	clause(
		'c5-7',
		'A builder who cannot meet clause 8.1 pays 240 crowns into the fund for each square metre of shade that is missing. Paying does not buy the right to miss it again on the next building.'
	),
	clause(
		'c5-8',
		'Money that is not spent stays in the fund. It may not be moved to another purpose.'
	),
	clause(
		'c5-9',
		'Every March the city publishes what the fund received and what it paid, to whom and for which place, as open data.'
	)
];
