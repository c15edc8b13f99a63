import type { Passage } from '../draft.ts';
import { buildings } from './buildings.ts';
import { care } from './care.ts';
import { duty } from './duty.ts';
import { heatDays } from './heat-days.ts';
import { keeping, review } from './keeping.ts';
import { measuring } from './measuring.ts';
import { money } from './money.ts';
import { notes } from './notes.ts';
import { definitions, opening, purpose } from './purpose.ts';
import { use } from './use.ts';

export const about = {
	kind: 'policy',
	title: 'Urban Heat and Shade Ordinance',
	summary:
		'How the city will put shade within five minutes’ walk of everyone, who pays for it, and who may use it.',
	licence: 'CC-BY-4.0'
} as const;

/** The ordinance as it first stood, in order, each stretch with the person who wrote it. */
export const passages: Passage[] = [
	{ author: 'rafael', drafts: [...opening, ...purpose, ...definitions, ...duty, ...use, ...money] },
	{ author: 'priya', drafts: measuring },
	{ author: 'dana', drafts: care },
	{ author: 'rafael', drafts: [...buildings, ...heatDays, ...keeping, ...review, ...notes] }
];
