import { reply, type Annotation } from './annotation.ts';

/** Remarks on the service design. */
export const service: Annotation[] = [
	{
		author: 'amina',
		at: 14.3,
		in: 'cs-s1',
		quote: 'the number of the nearest lamp post',
		body: 'Half of the lamp posts at the harbour have no number. One has three.',
		replies: [
			reply('emil', 13.9, 'The register knows 212 without one. They get a plate in March.'),
			reply('amina', 13.8, 'Until then, the name of the nearest stop should work too.')
		]
	},
	{
		author: 'jonas',
		at: 13.2,
		in: 'cs-who-2-2',
		quote: 'once a month',
		body: 'Once a month is fine if the visits lie on one route. In August two of them were an hour of tram apart.',
		replies: [reply('dana', 12.8, 'I plan the trees by tram line. We can share the list.')]
	},
	{
		author: 'paul',
		at: 12.4,
		in: 'cs-s3',
		quote: 'They cannot vote a stop away.',
		body: 'So I get two weeks to talk about the colour of the seat?',
		replies: [
			reply(
				'rafael',
				12,
				'Seats, direction, trading places, and where your deliveries stop. How, but not whether.'
			),
			reply(
				'lena',
				11.6,
				'If people could vote it away, those with time on a Tuesday would decide for those without.'
			),
			reply('paul', 11.5, 'Deliveries. Good. Please add that word and I am content.')
		]
	},
	{
		author: 'marta',
		at: 10.1,
		in: 'cs-4',
		quote: 'These are promises, not averages.',
		body: 'When one is broken, does the person who waited hear of it, or do they have to find the page?',
		replies: [
			reply('rafael', 9.8, 'They get a message the same day, and the page follows.'),
			reply('marta', 9.6, 'Then that is settled.')
		],
		resolved: { author: 'marta', at: 9.5 }
	},
	{
		author: 'dana',
		at: 9.3,
		in: 'cs-std-6-2',
		quote: '17 of 23 kept',
		body: 'The six late ones all waited for sails from the maker. We now keep four in store.',
		replies: [reply('paul', 9.1, 'Which maker? I can get canvas within the week.')]
	},
	{
		author: 'priya',
		at: 8.6,
		in: 'cs-5',
		quote: '8.4 degrees cooler at the surface',
		body: 'Please give the air as well: 1.9 degrees. Surface figures on their own sound like a miracle.',
		replies: [
			reply(
				'rafael',
				8.1,
				'Will do, with a line on what each one means for a person sitting there.'
			)
		]
	},
	{
		author: 'lena',
		at: 7,
		in: 'cs-3',
		quote: 'people who have time to ask are not always the people who are hottest',
		body: 'First sentence about fairness that I have believed in a while.',
		replies: [
			reply('ines', 6.7, 'Only if the asking from door to door really happens.'),
			reply(
				'rafael',
				6.3,
				'It has a budget and a name: ten streets each June, and the service desk leads it.'
			)
		]
	},
	{
		author: 'marta',
		at: 5.6,
		in: 'cs-a4',
		quote: 'in fewer than 60 words',
		body: 'And on paper in letters that one can read: fourteen points at least.',
		replies: [reply('rafael', 5.3, 'Noted for the templates.')]
	}
];
