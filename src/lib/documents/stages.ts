/** The lifecycle of a document, as data: what each stage means and where one may go from it. */
export const STAGES = [
	'private',
	'co_drafting',
	'consultation',
	'revising',
	'final',
	'adopted',
	'withdrawn'
] as const;

export type Stage = (typeof STAGES)[number];

/** The stages of the line that readers see; `private` comes before it, `withdrawn` leaves it. */
export const STAGE_LINE = ['co_drafting', 'consultation', 'revising', 'final', 'adopted'] as const;

interface StageFacts {
	/** Anyone may read, without an account. */
	public: boolean;
	/** Co-drafters and the policy team may change the living text. */
	writable: boolean;
	/** People may comment on the words. */
	remarks: boolean;
	/** Entering it freezes a version, so that what people speak about cannot move under them. */
	freezes: boolean;
	/** Entering it needs a reason, which is public. */
	needsReason: boolean;
	/** Entering it needs a closing date. */
	needsClosing: boolean;
	/** Entering it needs an answer to everything that was said. */
	needsAnswers: boolean;
	next: readonly Stage[];
}

const facts = (words: string, next: readonly Stage[]): StageFacts => ({
	public: words.includes('public'),
	writable: words.includes('writable'),
	remarks: words.includes('remarks'),
	freezes: words.includes('freezes'),
	needsReason: words.includes('reason'),
	needsClosing: words.includes('closing'),
	needsAnswers: words.includes('answers'),
	next
});

const TABLE: Record<Stage, StageFacts> = {
	private: facts('writable remarks', ['co_drafting']),
	co_drafting: facts('public writable remarks', ['consultation', 'withdrawn']),
	consultation: facts('public writable remarks freezes closing', ['revising', 'withdrawn']),
	revising: facts('public writable remarks', ['consultation', 'final', 'withdrawn']),
	final: facts('public freezes reason answers', ['adopted', 'revising', 'withdrawn']),
	adopted: facts('public freezes reason answers', ['withdrawn']),
	withdrawn: facts('public reason', [])
};

/** What a stage means. */
export function stageFacts(stage: Stage): StageFacts {
	return TABLE[stage];
}

/** Whether a document in `from` may be moved to `to`. */
export function mayMove(from: Stage, to: Stage): boolean {
	return TABLE[from].next.includes(to);
}

/** The stages whose documents anyone may read. */
export const PUBLIC_STAGES: Stage[] = STAGES.filter((stage) => TABLE[stage].public);

/** A consultation ends by its date even when nobody moves it: from then on no remark is taken. */
export function takesRemarks(
	document: { stage: Stage; closesAt: number | null },
	now: number
): boolean {
	if (!TABLE[document.stage].remarks) return false;
	return document.stage !== 'consultation' || document.closesAt === null || now < document.closesAt;
}

/** Whole days until the closing date, the last one counting as 1; null without a date, 0 once past. */
export function daysLeft(
	document: { stage: Stage; closesAt: number | null },
	now: number
): number | null {
	if (document.stage !== 'consultation' || document.closesAt === null) return null;
	return Math.max(0, Math.ceil((document.closesAt - now) / 86_400_000));
}
