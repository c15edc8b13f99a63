import type { Kind, Licence } from '#lib/documents/kinds.ts';
import * as coolStopsChanges from './changes/cool-stops.ts';
import type { DaysAgo, Edit } from './changes/edit.ts';
import * as ordinanceChanges from './changes/ordinance.ts';
import type { Annotation } from './talk/annotation.ts';
import { answers, type Answered } from './talk/answers.ts';
import { care } from './talk/care.ts';
import { service } from './talk/cool-stops.ts';
import { promises } from './talk/promises.ts';
import { suggestions, type Suggested } from './talk/suggestions.ts';
import { support, type SupportGiven } from './talk/support.ts';
import { vendors } from './talk/vendors.ts';
import * as coolStops from './texts/cool-stops/text.ts';
import type { Passage } from './texts/draft.ts';
import * as ordinance from './texts/ordinance/text.ts';

/** One document of the demo and everything that happened to it. */
export interface Story {
	about: { title: string; summary: string; kind: Kind; licence: Licence };
	/** The member of the cast who began the text and leads it. */
	lead: string;
	/** Who else may write in it. */
	coDrafters: string[];
	/** When it was begun; the passages of others follow within a day. */
	begun: DaysAgo;
	passages: Passage[];
	/** When everyone could see it. */
	opened: DaysAgo;
	/** Frozen during co-drafting, and under which name. */
	frozen?: { at: DaysAgo; label: string };
	/** When consultation began, in how many days from now it ends, and why then. */
	consultation?: { at: DaysAgo; daysLeft: number; reason: string };
	edits: Edit[];
	talk: Annotation[];
	support: SupportGiven[];
	suggestions: Suggested[];
	answers: Answered[];
}

/** Shade by 2030: an ordinance in consultation, and the service that carries it out. */
export const stories: Story[] = [
	{
		about: ordinance.about,
		lead: 'rafael',
		coDrafters: ['dana', 'priya', 'jonas', 'ines', 'marta', 'lena'],
		begun: 62,
		passages: ordinance.passages,
		opened: 58,
		frozen: { at: ordinanceChanges.frozen.first, label: 'After the first round of co-drafting' },
		consultation: {
			at: ordinanceChanges.frozen.consultation,
			daysLeft: 12,
			reason: 'The co-drafters agree that the text is ready for everyone’s remarks.'
		},
		edits: [...ordinanceChanges.coDrafting, ...ordinanceChanges.consulting],
		talk: [...promises, ...vendors, ...care],
		support,
		suggestions,
		answers
	},
	{
		about: coolStops.about,
		lead: 'rafael',
		coDrafters: ['dana', 'jonas', 'marta', 'amina'],
		begun: 26,
		passages: coolStops.passages,
		opened: 22,
		edits: coolStopsChanges.changes,
		talk: service,
		support: [],
		suggestions: [],
		answers: []
	}
];
