import { link, note } from '../draft.ts';

/** Footnotes, in the order of their marks. */
export const notes = [
	note(
		'unequal',
		'At four in the afternoon on the hottest day of 2025 the hottest street in Saltfields was 7.2 degrees warmer than the coolest street in Upper Terraces. Heat Lab, University of Meravia; synthetic figures.'
	),
	note(
		'walk',
		'A healthy adult walks 400 metres in five minutes. Many people do not. See the remarks of the Seniors’ Council.'
	),
	note(
		'care',
		'Of the trees planted in 2019, 41 in 100 were dead by 2024, most of them in their third summer. Parks Department; synthetic figures.'
	),
	note(
		'index',
		'Ground and air temperature, tree cover, and the number of people who live, wait or work there. The formula is at ',
		link('heatlab.meravia.example/index', 'https://heatlab.meravia.example/index'),
		'.'
	)
];
