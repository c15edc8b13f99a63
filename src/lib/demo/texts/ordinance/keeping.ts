import { clause, section } from '../draft.ts';

/** Section 10. */
export const keeping = [
	section('s10', 'Keeping the rules'),
	clause(
		'c10-1',
		'The city explains first. A person who breaks a rule here for the first time gets written advice, and fourteen days to put things right, unless somebody is in danger.'
	),
	clause(
		'c10-2',
		'After that the city may fine a person up to 400 crowns, and a company up to 4,000 crowns. A fine looks at what the person earns.'
	),
	clause(
		'c10-3',
		'An officer may ask for a stall to be moved if it stands in the passage of clause 4.2. If the vendor refuses, the officer may hold the goods until the next morning.'
	),
	clause(
		'c10-4',
		'An owner who closes a shaded place against clause 4.4 or clause 8.3 pays back what the fund paid, in full for the first closing and without a second warning.'
	),
	clause(
		'c10-5',
		'A person who disagrees with a decision may ask the Ombudsperson to look at it again, within 30 days and free of charge. The Ombudsperson answers within 20 working days. Nothing is paid until then.'
	),
	clause(
		'c10-6',
		'Anyone may complain that the city has not done what this ordinance asks of it. The city answers in public within 20 working days: what it will do and by when, or why it will not.'
	),
	clause(
		'c10-7',
		'Twice a year the city publishes how many pieces of advice, fines, moves and second looks there were, in which district, and how they ended.'
	)
];

/** Section 11. */
export const review = [
	section('s11', 'Start, trial and review'),
	clause('c11-1', 'This ordinance starts on the first day of the month after its adoption.'),
	clause(
		'c11-2',
		'The trial at six shaded stops goes on until it has covered one whole summer. Its results are published at least two weeks before the Council votes on this ordinance.'
	),
	clause(
		'c11-3',
		'A panel looks at how the ordinance works after two years and again after four. Half of its members are residents drawn by lot, and the city pays for their time.'
	),
	clause(
		'c11-4',
		'The Council may change a target only after a public consultation of at least 30 days in which every remark is answered.'
	),
	clause(
		'c11-5',
		'Trading cards that are valid on the day this ordinance starts stay valid until they run out.'
	),
	clause(
		'c11-6',
		'Where another law protects people with disabilities better than this ordinance, that law applies.'
	),
	clause('c11-7', 'This ordinance ends on 31 December 2034 unless the Council renews it.')
];
