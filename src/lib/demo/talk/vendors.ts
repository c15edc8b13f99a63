import { reply, type Annotation } from './annotation.ts';

/** Section 4 and the clauses that hang on it: stalls, shops and the room between them. */
export const vendors: Annotation[] = [
	{
		author: 'paul',
		at: 34,
		in: 'c4-8',
		quote: 'for people who smoke at each stop with more than 40 seats',
		body: 'Who sweeps this one? The smokers’ corner next to my door is swept by me.',
		replies: [
			reply('dana', 33.6, 'Honestly, nobody has counted that in.'),
			reply(
				'rafael',
				24.2,
				'National law already keeps smoke away from stops, and nobody has asked for the extra place. I am taking 4.8 out.'
			)
		],
		fate: 'orphaned'
	},
	{
		author: 'jonas',
		at: 16,
		in: 'c4-2',
		quote: 'provided that a passage of two metres',
		body: 'Two metres measured from the stall or from the awning? A stall with its awning out and two crates in front leaves me 1.30.',
		replies: [
			reply(
				'ines',
				15.6,
				'We read it as from the stall. But I know those crates. Our members could live with “from whatever sticks out furthest”, if ten metres becomes more than ten.'
			),
			reply(
				'dana',
				15.3,
				'For what it is worth, the sweeping machine needs 1.90. Below that, somebody does it by hand.'
			),
			reply(
				'rafael',
				15,
				'An officer with a tape must not have to guess. I lean towards the outermost part, awning included. Is there a stall for which that cannot work?'
			),
			reply('ines', 14.2, 'The flower sellers. I will ask them on Saturday and write here.')
		]
	},
	{
		author: 'amina',
		at: 15,
		in: 'c4-2',
		quote: 'within ten metres of a shaded stop',
		body: 'Ten metres puts us in the sun. At the six trial stops we stood at eighteen and nobody complained.',
		replies: [
			reply('paul', 14.8, 'Nobody complained because nobody asked the shops.'),
			reply(
				'amina',
				14.7,
				'Fair. Which shop was it? At Salt Gate I asked all four, and the baker sells my tea now.'
			),
			reply(
				'marta',
				14.1,
				'Twenty metres is fine for me as long as I can see the tram coming between the carts.'
			),
			reply(
				'rafael',
				13.4,
				'The trial notes show no crowding up to eighteen metres. We will look at twenty once the last two stops are counted.'
			)
		]
	},
	{
		author: 'paul',
		at: 14,
		in: 'c4-2',
		quote: 'Street vendors may trade',
		body: 'I pay rent, waste fees and a sign tax for forty square metres. A cart ten metres from my door sells the same parasols. I have nothing against carts. I mind carts that sell what the shop behind them sells.',
		replies: [
			reply(
				'ines',
				13.7,
				'Of our 310 members, 271 sell food or drink. We can talk about the other 39. A ban on all of us because of 39 is too much.'
			),
			reply(
				'lena',
				13.5,
				'I buy the parasol where I get wet, sorry. But a rule about what is sold right in front of a shop sounds fair.'
			),
			reply('paul', 13.1, 'I would sign that. It does not have to be a ban.')
		]
	},
	{
		author: 'ines',
		at: 13,
		in: 'c4-3',
		quote: 'The city sets the number of trading places',
		body: '“The city sets” is how it went last time: we read the number on a lamp post. Please write that the number and the reasons are published before the season, with time to object.',
		replies: [
			reply('rafael', 12.6, 'By the end of February, with four weeks to object. Would that work?'),
			reply('ines', 12.4, 'Middle of February. Seeds and permits are paid in March.')
		]
	},
	{
		author: 'ines',
		at: 12.5,
		in: 'c4-5',
		quote: 'half are drawn by lot',
		body: 'A lot every spring means that a family does not know in February whether it works in May. Could a place that was drawn last three seasons?',
		replies: [
			reply('lena', 12.2, 'Then somebody new waits three years for a chance.'),
			reply('amina', 11.9, 'I am somebody new. I would take one year in three over never.'),
			reply(
				'rafael',
				11,
				'A middle way: drawn for two seasons, a quarter of the places each spring. I will put numbers to it.'
			)
		]
	},
	{
		author: 'paul',
		at: 12,
		in: 'c10-3',
		quote: 'Goods and carts may not be taken.',
		body: 'And if somebody simply does not move? A fine next month does not clear the passage today.',
		replies: [
			reply(
				'ines',
				11.8,
				'In 2024 four carts were taken. They came back after nineteen days, with the fruit still in them. That is why this sentence is here.'
			),
			reply(
				'jonas',
				11.4,
				'I need the passage, not the goods. Could the officer move the stall to the next free marking and leave it there?'
			),
			reply('rafael', 10.9, 'Moving without taking. Let me try a wording with the officers.')
		]
	},
	{
		author: 'marta',
		at: 9,
		in: 'c4-7',
		quote: 'between ten at night and seven in the morning',
		body: 'Our windows are open from nine, because it is too hot to close them. Please say nine on heat days.',
		replies: [
			reply(
				'amina',
				8.7,
				'Nine in June is broad daylight and my best hour. No loudspeaker on my cart, though.'
			),
			reply('lena', 8.5, 'Seven in the morning is when I go to bed. I know I am the exception.')
		]
	},
	{
		author: 'amina',
		at: 9.2,
		in: 'c5-6',
		quote: 'what the city spends on cleaning and care because of that place',
		body: 'I sweep my place every evening. Does that lower my fee?',
		replies: [
			reply(
				'dana',
				8.9,
				'It should. Ours is the only cost that falls when somebody else does the work.'
			),
			reply('paul', 8.4, 'Then the shops that sweep the pavement would like to hear about it too.'),
			reply(
				'rafael',
				7.8,
				'The sum is published beside the fee, so sweeping would show in it. For pavements see the waste by-law, but point taken.'
			)
		]
	},
	{
		author: 'amina',
		at: 6,
		in: 'c9-5',
		quote: 'move to any shaded place without a fee',
		body: 'This would have saved my August. I poured away forty litres of tea because my place lay in full sun from two o’clock.',
		replies: [
			reply(
				'paul',
				5.8,
				'“Any shaded place” is also the arcade in front of my door. Could it be any shaded stop?'
			),
			reply('ines', 5.5, 'Where there are enough stops, yes. In Saltfields there are fourteen.'),
			reply('amina', 5.1, 'Paul, I would ask you first. Most of us would.')
		]
	}
];
