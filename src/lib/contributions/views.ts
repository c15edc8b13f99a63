import type { Anchor } from './anchor.ts';
import type { SuggestedBeside } from './suggestion-views.ts';
import type {
	AnchorStatus,
	CapacityStamp,
	ContributionKind,
	Detail,
	Outcome,
	Status
} from './kinds.ts';

/** Where an annotation sits in the text as it is now. Flat indices: `from` inclusive, `to` exclusive. */
export interface Place {
	status: AnchorStatus;
	from: number;
	to: number;
	/** The block it sits in, or beside which it stood; null when nothing of the text is left. */
	blockId: string | null;
	/** That block's clause number, `4.2`; null where blocks have none. */
	number: string | null;
}

/** One remark as one reader may see it. */
export interface RemarkView {
	id: string;
	kind: ContributionKind;
	author: { id: string; name: string };
	capacity: CapacityStamp;
	/** Null when this reader may not read the words (withdrawn). */
	body: string | null;
	status: Status;
	/** Why a moderator hid it; only for its author and moderators. */
	hiddenFor: string | null;
	createdAt: number;
	editedAt: number | null;
	mine: boolean;
	may: { edit: boolean; withdraw: boolean };
}

/** Where a mark is proved, and since when it holds. */
export interface Proof {
	at: number;
	href: string;
}

/** The four marks of a contribution (decisions' A11); null: not yet. */
export interface FourMarks {
	heard: Proof | null;
	answered: (Proof & { outcome: Outcome; number: number | null; reason: string | null }) | null;
	used: Proof | null;
	resulted: Proof | null;
}

/** The head of a thread on some words of a text, with its replies, oldest first. */
export interface AnnotationView extends Omit<RemarkView, 'may'> {
	documentId: string;
	/** The words it was written on, as they were. */
	quote: string;
	wholeBlock: boolean;
	place: Place;
	resolved: { at: number; by: string } | null;
	/** What its kind says besides words. */
	detail: DetailView | null;
	/** Who says the same; null when nobody was found to. */
	same: SameView | null;
	/** What became of it, where the page asked `decisions/marks.server.ts` for it. */
	marks?: FourMarks | null;
	/** A card has the newest, a thread's page those of one page. */
	replies: RemarkView[];
	/** All that this reader sees, and which page of them these are. */
	replied: { total: number; page: number; pages: number };
	may: { reply: boolean; edit: boolean; withdraw: boolean; resolve: boolean; merge: boolean };
}

/** What the editor needs to keep highlights on their words while somebody types. */
export interface AnchoredView extends AnnotationView {
	anchor: Anchor;
}

/** Where one open thread sits: what is painted in the text. */
export interface Mark {
	id: string;
	from: number;
	to: number;
	status: AnchorStatus;
	/** About a whole block: counted at the block, not painted over all its words. */
	whole: boolean;
	block: string | null;
}

/** What is said about one block, in figures. A block that nothing is said about has none. */
export interface ClauseFigures {
	/** Open threads. */
	comments: number;
}

/** By block id. */
export type Figures = Record<string, ClauseFigures>;

/** A capacity somebody may choose to speak in; the id is the capacity's. */
export interface Speaking extends CapacityStamp {
	id: string;
}

/** What one may do here, as oneself. */
export interface Standpoint {
	may: { annotate: boolean };
	/** Why one may not annotate: `sign_in`, `closed`, or null. */
	why: 'sign_in' | 'closed' | null;
	/** Capacities this reader may speak in besides that of a citizen. */
	speaking: Speaking[];
}

/** What the reading page loads: figures for the whole text, and the first cards; the rest comes on demand. */
export interface ReadingAnnotations extends Standpoint {
	/** Names all that this reader sees of the conversation: which threads, and where. */
	state: string;
	figures: Figures;
	total: number;
	/** Some threads, in the order of the text. */
	cards: AnnotationView[];
	/** Threads that are not open any more, when asked for what changed. */
	gone: string[];
	/** Open suggestions; a page that has none of them leaves it out. */
	suggested?: SuggestedBeside;
	/** The text's sequence number that these places belong to. */
	seq: number;
	/** The moment of this answer (ms), to ask later for what changed since. */
	at: number;
}

/** A detail as it is shown: a dataset note by its title, if this reader may read it. */
export type DetailView =
	| Extract<Detail, { kind: 'risk' }>
	| {
			kind: 'evidence';
			source: string;
			url: string | null;
			dataset: { slug: string; title: string } | null;
	  };

/** Contributions that say the same, of which one speaks for all. */
export interface SameView {
	/** The one that speaks for this one; null: this one speaks for the others. */
	into: string | null;
	/** How many people say so, each once. */
	people: number;
	/** The others that this one speaks for. */
	others: Array<{ id: string; name: string }>;
}

/** Something already said that says something alike. */
export interface SimilarView {
	id: string;
	kind: ContributionKind;
	name: string;
	words: string;
}
