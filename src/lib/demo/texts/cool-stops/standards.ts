import { bullet, section, note, paragraph, strong, table } from '../draft.ts';

/** What the service promises, for whom it must work, and what could go wrong. */
export const standards = [
	section('cs-h5', 'Service standards'),
	paragraph(
		'cs-4',
		'These are promises, not averages. Each month the page shows how many were kept, and each one that was broken, with the reason.'
	),
	...table('cs-std', [
		['Promise', 'Standard', 'Last summer, six trial stops'],
		['First answer from a person', '2 working days', '9 of 10 kept'],
		['Visit on the spot', '10 working days', '7 of 10 kept'],
		['Decision with reasons', '20 working days', '8 of 10 kept'],
		['Sail standing', '12 weeks after the decision', '5 of 6 kept'],
		['Dangerous fault made safe', '24 hours', '11 of 11 kept'],
		['Other fault repaired', '15 working days', '17 of 23 kept'],
		['Stop cleaned', 'Every day, before nine', '6 of 6 stops']
	]),
	section('cs-h6', 'Working for everyone'),
	bullet(
		'cs-a1',
		strong('Getting there.'),
		' The route from the pavement to the seat has no step, a firm surface and a slope of no more than one in fifteen.'
	),
	bullet(
		'cs-a2',
		strong('Being there.'),
		' There is a space beside the seat, in the shade, for a wheelchair or a pram. One seat has a back and arm rests. The posts are marked in a strong contrast at knee and eye height.'
	),
	bullet(
		'cs-a3',
		strong('Asking.'),
		' The text line, the phone line and the desk answer in the six most spoken languages and in sign language by video. No step of the service works only with a smartphone.'
	),
	bullet(
		'cs-a4',
		strong('Following.'),
		' Every message says what happened, what comes next and who to call, in fewer than 60 words.'
	),
	bullet(
		'cs-a5',
		strong('Trying it out.'),
		' Each new kind of stop is tried by at least eight people before it is built twice, among them someone who uses a wheelchair, someone who sees little, someone over 75 and someone with a pram.'
	),
	section('cs-h7', 'What could go wrong'),
	...table('cs-risk', [
		['Risk', 'How likely', 'What we do'],
		[
			'Pipes and cables leave no room for roots',
			'Often in Old Town',
			'Check the cable map before the visit; use a sail and a planter'
		],
		[
			'The loudest street asks most',
			'Likely',
			'Order by heat index; door-to-door asking in the hottest ten streets'
		],
		[
			'A stop fills up with stalls',
			'Possible',
			'Mark the free passage on the ground; count trading places each spring'
		],
		['Young trees die', 'Likely in year three', 'Named keeper; water bags; replace by next March'],
		['A sail tears in a storm', 'Twice a year', 'Take down on a wind warning; spare sails in store']
	]),
	section('cs-h8', 'How we will know that it works'),
	paragraph(
		'cs-5',
		'Three numbers decide whether the service grows: how many people have a stop within five minutes, how much cooler it is on the seat than in the sun beside it, and how many people who asked would tell a neighbour to ask too. In the trial the seat was 8.4 degrees cooler at the surface, and 31 of the 40 people we asked would tell a neighbour.'
	),
	paragraph(
		'cs-6',
		'Bus drivers, cleaners and gardeners meet the design team every second month. What they say is written down here, with an answer, before the next stop is built.'
	),
	section('cs-h9', 'Not part of this service'),
	paragraph(
		'cs-7',
		'Shade on private ground is supported under section 8 of the ordinance. Cool rooms on heat days belong to the Public Health Department. Lost trees and broken seats are reported on the same phone line, so nobody has to know which office is responsible.'
	),
	note(
		'joined',
		'During the trial 212 requests named 64 places. The most wanted place, the tram stop at Salt Gate, was asked for 37 times.'
	)
];
