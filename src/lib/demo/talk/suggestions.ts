import type { Value } from '#lib/ballots/ratings.ts';
import type { DaysAgo } from '../changes/edit.ts';

/** Other words for a clause, and who supports them. */
export interface Suggested {
	author: string;
	at: DaysAgo;
	/** The block, and what is to be changed in it; each of the old words stands once in it on that day. */
	in: string;
	swaps: Array<[old: string, better: string]>;
	reason: string;
	support: Array<[author: string, value: Value, condition?: string]>;
	/** When the team took it in and why; `words` are the block's as the team then would have them. */
	taken?: { at: DaysAgo; reason: string; words?: string };
}

/**
 * What the city would rather read in clause 4.2, and one thing in 4.4. Two of them want the same place. Two more
 * are in the text already, one of them as the team changed it.
 */
export const suggestions: Suggested[] = [
	{
		author: 'amina',
		at: 9,
		in: 'c4-2',
		swaps: [['ten metres', 'twenty metres']],
		reason:
			'Ten metres puts the stall in the sun. At the trial stops we stood at eighteen, and nobody had to walk around us.',
		support: [
			['ines', 2],
			['dana', 1],
			['jonas', 1, 'the passage stays two metres wide at its narrowest'],
			['marta', 1, 'the passage stays two metres wide at its narrowest'],
			['paul', -2]
		]
	},
	{
		author: 'ines',
		at: 8.6,
		in: 'c4-2',
		swaps: [['Street vendors may', 'Street vendors are allowed to']],
		reason: '“May” was read to us as “may, if the inspector likes you”. Say that it is allowed.',
		support: [
			['amina', 2],
			['paul', -1]
		]
	},
	{
		author: 'jonas',
		at: 8,
		in: 'c4-2',
		swaps: [['passage of two metres', 'passage of two metres, awning included,']],
		reason: 'A chair does not pass under a low awning. Measure from whatever sticks out furthest.',
		support: [
			['marta', 2],
			['ines', 1],
			['lena', 2],
			['dana', 1]
		]
	},
	{
		author: 'lena',
		at: 7,
		in: 'c4-2',
		swaps: [['ten metres of a shaded stop', 'sight of a shaded stop']],
		reason: 'Nobody carries a measuring tape. If you can see the stop, you are near it.',
		support: [['priya', 0]]
	},
	{
		author: 'marta',
		at: 6,
		in: 'c4-2',
		swaps: [['people walking, pushing', 'people walking, using a stick, pushing']],
		reason: 'Half of us at the Seniors’ Council walk with one, and it needs room to the side.',
		support: [
			['jonas', 2],
			['amina', 1]
		]
	},
	{
		author: 'paul',
		at: 5,
		in: 'c4-4',
		swaps: [['between midnight and five', 'between eleven at night and six']],
		reason: 'My roller shutter is the shade. It comes down when I go home, and that is at eleven.',
		support: [['lena', -1]]
	},
	{
		author: 'marta',
		at: 12,
		in: 'c7-5d',
		swaps: [['by phone, text or web', 'by phone, text or web, or at any library desk']],
		reason:
			'Half of the Seniors’ Council reports nothing, because the sign tells them to go online.',
		support: [
			['jonas', 2],
			['lena', 2],
			['priya', 1]
		],
		taken: {
			at: 4.6,
			reason:
				'Every library already takes such reports for the water works, so this costs a line on a form.'
		}
	},
	{
		author: 'amina',
		at: 11,
		in: 'c9-3c',
		swaps: [['a broken tap or sail within 24 hours', 'a broken tap or sail within six hours']],
		reason: 'On a heat day a stop without water is a stop without people by noon.',
		support: [
			['lena', 2],
			['ines', 1],
			['dana', -1]
		],
		taken: {
			at: 4.5,
			reason:
				'Water cannot wait for a day, and we say so now. A sail needs a lift and two people: six hours is more than the crew can promise, twelve it can.',
			words: 'repairs a broken tap within six hours, and a broken sail within twelve; and'
		}
	}
];
