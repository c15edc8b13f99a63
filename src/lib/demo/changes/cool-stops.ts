import { bullet, strong } from '../texts/draft.ts';
import { add, swap, type Edit } from './edit.ts';

/** What the co-drafters have changed so far; this text is still being written. */
export const changes: Edit[] = [
	swap('amina', 15, 'cs-s3', [
		'can change seats and direction.',
		'can change seats, direction and trading places.'
	]),
	swap('jonas', 11, 'cs-a1', ['no more than one in fifteen.', 'no more than one in twenty.']),
	swap('marta', 9.5, 'cs-a2', ['One seat has', 'Two seats have']),
	add(
		'dana',
		5,
		'cs-a5',
		bullet(
			'cs-a6',
			strong('Keeping it up.'),
			' Cleaners and gardeners try each new kind of stop too: it must be possible to wash it, water it and mend it without a ladder.'
		)
	)
];
