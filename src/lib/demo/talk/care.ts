import { reply, type Annotation } from './annotation.ts';

/** Sections 7 to 9: trees and seats, buildings, hot days. */
export const care: Annotation[] = [
	{
		author: 'dana',
		at: 13,
		in: 'c7-3a',
		quote: 'twelve cubic metres of soil',
		body: 'Most of Old Town cannot give a tree twelve: the cellars are in the way. Could it be eight where there is no more, with the reason on the map?',
		replies: [
			reply(
				'priya',
				12.7,
				'With eight the crown stays about a third smaller. Fine, if we count it as smaller.'
			),
			reply('paul', 12.3, 'One of those cellars is mine. Please knock before you dig.'),
			reply('dana', 12.1, 'We always knock, Paul.')
		]
	},
	{
		author: 'dana',
		as: 'representative',
		at: 15.2,
		in: 'c7-7',
		quote: 'is made safe within 24 hours',
		body: 'From Monday to Friday, yes. At weekends there are two of us for the whole city. For the gardeners: please say who is on call, and that it is paid.',
		replies: [
			reply(
				'rafael',
				14.9,
				'It will be paid. Shall we write it here, or in the on-call agreement?'
			),
			reply('dana', 14.6, 'Here. Agreements get lost.', 'representative')
		]
	},
	{
		author: 'lena',
		at: 12.1,
		in: 'c7-6a',
		quote: 'with a back and arm rests',
		body: 'An arm rest in the middle of a bench is what cities use to keep people from lying down. 4.6 bans spikes, and this lets them in again.',
		replies: [
			reply('marta', 11.7, 'Without an arm rest I cannot get up. It is not meant against anybody.'),
			reply(
				'jonas',
				11.3,
				'Put them at the ends, and make one bench long enough to lie on. The clinic has had that for years.'
			),
			reply('lena', 11.1, 'At the ends would do it for me. Thank you both.'),
			reply('dana', 10.4, 'Costs the same. I will order them that way.')
		],
		resolved: { author: 'lena', at: 10.2 }
	},
	{
		author: 'lena',
		at: 10.5,
		in: 'c7-8',
		quote: 'lends tools and insures them',
		body: 'Does the insurance cover children who help? Sorry, found it: the by-law on volunteers says yes.',
		replies: [],
		withdrawn: 10.4
	},
	{
		author: 'paul',
		at: 16.5,
		in: 'c8-4',
		quote: 'An awning over the pavement needs no permit.',
		body: 'Thank you. My last permit took eleven months, for an awning of two metres.',
		replies: [
			reply(
				'jonas',
				16.3,
				'Fine with me at 2.4 metres. Just watch the crank handles: they hang at eye height.'
			),
			reply('paul', 16.1, 'Mine comes off. Good point, I will tell the street.')
		],
		resolved: { author: 'paul', at: 16 }
	},
	{
		author: 'marta',
		at: 8.2,
		in: 'c8-rent',
		quote: 'Rent may not be raised because of shade that the fund paid for.',
		body: 'A good rule. How does a tenant prove it?',
		replies: [
			reply(
				'lena',
				7.9,
				'She does not have to. The second sentence makes the landlord say what the increase is for.'
			)
		]
	},
	{
		author: 'priya',
		at: 14.4,
		in: 'c9-1',
		quote: 'two nights in a row stay above 22 degrees',
		body: 'Hot nights do more harm than hot afternoons. I would name the nights first, so that nobody reads them as a footnote.',
		replies: [
			reply('lena', 14, 'I can confirm that from the ward. They come in after the second night.'),
			reply(
				'rafael',
				13.6,
				'Agreed, it costs nothing. I will turn the sentence round in the next draft.'
			)
		]
	},
	{
		author: 'marta',
		at: 11.2,
		in: 'c9-2',
		quote: 'by a telephone call to everyone who has asked to be called',
		body: 'Glad it is in. Is it a person who calls, or a machine? If it is a machine, half of our members hang up.',
		replies: [
			reply(
				'rafael',
				10.8,
				'A person for everyone over 75 who lives alone, a recording for the rest.'
			),
			reply('marta', 10.6, 'Then write it down, please. Otherwise it is a machine by 2028.')
		]
	}
];
