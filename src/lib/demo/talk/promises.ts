import { reply, type Annotation } from './annotation.ts';

/** Sections 1 to 3, 5, 6 and 10: what the city owes, and how anyone can tell. */
export const promises: Annotation[] = [
	{
		author: 'marta',
		at: 39.5,
		in: 'c2-4',
		quote: 'means 400 metres',
		body: 'I timed ten of our members on Tuesday. In five minutes the quickest walked 340 metres, the slowest 190. Please do not write a law for people of thirty.',
		replies: [
			reply('priya', 39.2, 'Our street counts say much the same: 310 on average over seventy.'),
			reply(
				'rafael',
				38.8,
				'Thank you for going out with a watch. Would 300 be honest? At 200 we need twice as many stops, and I could not promise that by 2030.'
			),
			reply('marta', 38.4, '300 is honest. I am changing the number, and the footnote with it.')
		],
		resolved: { author: 'marta', at: 38.1 },
		fate: 'changed'
	},
	{
		author: 'lena',
		at: 17,
		in: 'c3-1',
		quote: 'within five minutes’ walk of home',
		body: 'Home is not where I am hot. I am hot at the hospital gate, where I wait half an hour after my shift. “Home or work”?',
		replies: [
			reply('ines', 16.8, 'Our members stand in one place for ten hours. Home or work, please.'),
			reply(
				'priya',
				16.2,
				'We know where people live from the register. Where they work we only know roughly. It can be done by district, not by person.'
			),
			reply(
				'rafael',
				15.5,
				'Then perhaps not in the duty but in the order of the list: places where people work outdoors come first. I will draft it.'
			)
		]
	},
	{
		author: 'jonas',
		at: 10,
		in: 'c2-3',
		quote: 'without climbing a step',
		body: 'My favourite words in the draft. Now please say what a step is. A kerb of five centimetres is not one on paper, and it is one for me.',
		replies: [
			reply('rafael', 9.7, 'Would “a step or a kerb higher than three centimetres” do?'),
			reply('jonas', 9.4, 'Two. Three tips a front wheel.')
		]
	},
	{
		author: 'jonas',
		at: 5,
		in: 'c3-5',
		quote: 'another place no more than 150 metres away',
		body: '150 metres by the route in 2.3, I hope, and not as the crow flies.',
		replies: [reply('rafael', 4.8, 'Yes: 2.3 holds for every distance in the ordinance.')],
		resolved: { author: 'jonas', at: 4.6 }
	},
	{
		author: 'bruno',
		at: 1,
		in: 'c3-2a',
		quote: 'where more than 100 people board on a working day',
		body: 'At the cold store sixty of us board at five in the morning and sixty at two. Is that 120 or 60? Nobody waits there in between.',
		replies: [],
		held: true
	},
	{
		author: 'emil',
		at: 17.5,
		in: 'c6-4',
		quote: 'with the method and with what is missing',
		body: 'We could show raw values the same hour. The 30 days are for checked ones. Should the text say both?',
		replies: [
			reply('priya', 17.2, 'Yes, with “not yet checked” written across them.'),
			reply('emil', 17, 'Then that is how the page will do it. No change needed here.')
		],
		resolved: { author: 'emil', at: 16.9 }
	},
	{
		author: 'lena',
		at: 8,
		in: 'c6-3',
		quote: 'worked out for every square of 200 metres',
		body: 'My house and the park share one square, so on paper I live in the cool. On the fourth floor I do not.',
		replies: [
			reply(
				'priya',
				7.5,
				'You are right, and we have readings for squares of 100. Let me check that it holds in winter.'
			),
			reply('priya', 3.1, 'It holds. The text says 100 since this morning.'),
			reply('lena', 2.8, 'Thank you. So now I am officially hot.')
		],
		fate: 'changed'
	},
	{
		author: 'priya',
		at: 5.2,
		in: 'c6-1e',
		quote: 'asked in the week after a heat day',
		body: 'Right after the heat everyone remembers it as worse. Ask half of them again in October and we can compare.',
		replies: [reply('marta', 4.9, 'By October we will have forgotten. That is an answer too.')]
	},
	{
		author: 'paul',
		at: 4,
		in: 'c5-7',
		quote: 'Paying does not buy the right to miss it again',
		body: 'Good sentence. How will you check it? Builders change the name of the company for every house.',
		replies: [
			reply(
				'rafael',
				3.7,
				'The building permit names the people behind the company. We would go by those.'
			)
		]
	},
	{
		author: 'noor',
		at: 13.3,
		in: 'c10-7',
		quote: 'how many pieces of advice, fines, moves and second looks there were',
		body: 'My office will do the counting. Can we start with the calendar half-years, so that they match the Ombudsperson’s?',
		replies: [reply('rafael', 13, 'Yes. June and December.')],
		resolved: { author: 'noor', at: 12.9 }
	}
];
