import type { Anchor } from './anchor.ts';
import type { AnchorStatus, CapacityStamp, Status } from './kinds.ts';

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

/** The head of a thread on some words of a text, with its replies, oldest first. */
export interface AnnotationView extends Omit<RemarkView, 'may'> {
	documentId: string;
	/** The words it was written on, as they were. */
	quote: string;
	wholeBlock: boolean;
	place: Place;
	resolved: { at: number; by: string } | null;
	replies: RemarkView[];
	may: { reply: boolean; edit: boolean; withdraw: boolean; resolve: boolean };
}

/** What the editor needs to keep highlights on their words while somebody types. */
export interface AnchoredView extends AnnotationView {
	anchor: Anchor;
}

/** Where one open thread sits: what is painted in the text, and the order in which one walks through it. */
export interface Mark {
	id: string;
	from: number;
	to: number;
	status: AnchorStatus;
	/** About a whole block: counted at the block, not painted over all its words. */
	whole: boolean;
	block: string | null;
}

/** A capacity somebody may choose to speak in; the id is the capacity's. */
export interface Speaking extends CapacityStamp {
	id: string;
}

/** What the reading page loads: everything to paint, and the first cards; the rest comes on demand. */
export interface ReadingAnnotations {
	/** All open threads, in the order of the text. */
	marks: Mark[];
	/** How many open threads each block has. */
	counts: Record<string, number>;
	total: number;
	/** The first threads, in the order of the text. */
	cards: AnnotationView[];
	/** The text's sequence number that these places belong to. */
	seq: number;
	/** The moment of this answer (ms), to ask later for what changed since. */
	at: number;
	may: { annotate: boolean };
	/** Capacities this reader may speak in besides that of a citizen. */
	speaking: Speaking[];
	/** Why one may not annotate: `sign_in`, `closed`, or null. */
	why: 'sign_in' | 'closed' | null;
}
