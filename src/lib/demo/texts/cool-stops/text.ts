import type { Passage } from '../draft.ts';
import { asking, roles } from './asking.ts';
import { standards } from './standards.ts';

export const about = {
	kind: 'service_design',
	title: 'Cool stops: how a shaded stop is asked for, built and looked after',
	summary:
		'What you can count on when you ask the city for shade, from the first message to the bench.',
	licence: 'CC-BY-4.0'
} as const;

/** The service design as first written, each stretch with the person who wrote it. */
export const passages: Passage[] = [
	{ author: 'rafael', drafts: asking },
	{ author: 'dana', drafts: roles },
	{ author: 'rafael', drafts: standards }
];
