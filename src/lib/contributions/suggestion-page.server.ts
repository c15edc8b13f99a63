import { eq } from 'drizzle-orm';
import { overlaid, type Overlaid } from '#lib/documents/branches/overlaid.ts';
import { openFork } from '#lib/documents/branches/branch.ts';
import { branch, type BranchRow } from '#lib/documents/branches/schema.server.ts';
import { readShown } from '#lib/documents/branches/shown.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { readBlocks } from '#lib/documents/text/blocks.ts';
import { openBody } from '#lib/documents/text/body.ts';
import { HouseError, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { maySee } from './policy.ts';
import type { WantedReplies } from './replies.server.ts';
import { contribution } from './schema.server.ts';
import { suggestionLines } from './suggestion-list.server.ts';
import type { SuggestionLine } from './suggestion-views.ts';
import { suggestionsOn } from './suggestions.server.ts';
import { threadsOf } from './threads.server.ts';
import type { AnnotationView, Place } from './views.ts';

type Live = Pick<LiveEngine, 'read' | 'stateOf' | 'stateAt'>;

/** The change a suggestion makes, to be drawn: on the text as it is, or as it was when it was published. */
export interface ShownChange extends Overlaid {
	moment: 'now' | 'then';
	/** The blocks that change. */
	touched: string[];
}

export interface SuggestionPage {
	line: SuggestionLine;
	thread: AnnotationView;
	/** Open suggestions that want other words in the same place. */
	overlapping: SuggestionLine[];
	termsVersion: string;
	contentHash: string | null;
	/** Null when the text was rebuilt since and nothing is left to show it on: `line.parts` tells it in short. */
	change: ShownChange | null;
}

/** Overlapping suggestions shown beside one; the others are counted. */
const MOST_OVERLAPPING = 10;

/** One suggestion on a document its reader has found. NotFound `contribution_not_found`. */
export async function readSuggestion(
	house: House,
	live: Live,
	actor: Actor,
	document: DocumentRow,
	id: string,
	wanted: WantedReplies = { page: 1 }
): Promise<SuggestionPage> {
	const [found] = await house.store.db
		.select({ row: contribution, branch })
		.from(contribution)
		.innerJoin(branch, eq(branch.contributionId, contribution.id))
		.where(eq(contribution.id, id));
	const isHere = found?.row.documentId === document.id && found.row.kind === 'suggestion';
	if (!found || !isHere || !maySee(actor, found.row)) throw new NotFound('contribution_not_found');
	const [[line], change] = await Promise.all([
		suggestionLines(house, live, document.id, [id]),
		changeOf(house, live, document, found.branch)
	]);
	if (!line) throw new NotFound('contribution_not_found');
	const { row } = found;
	const place: Place = {
		status: line.gone ? 'orphaned' : line.stale ? 'changed' : 'exact',
		from: row.anchorFrom ?? 0,
		to: row.anchorTo ?? 0,
		blockId: line.blockId,
		number: line.number
	};
	const head = { ...row, place, resolved: false, merged: row.mergedInto !== null, replies: 0 };
	const [[thread], overlapping] = await Promise.all([
		threadsOf(house, actor, document, [head], wanted),
		suggestionLines(house, live, document.id, line.overlaps.slice(0, MOST_OVERLAPPING))
	]);
	if (!thread) throw new NotFound('contribution_not_found');
	const { contentHash } = found.branch;
	return { line, thread, overlapping, termsVersion: row.termsVersion, contentHash, change };
}

async function changeOf(
	house: House,
	live: Live,
	{ id: documentId }: DocumentRow,
	row: BranchRow
): Promise<ShownChange | null> {
	const only = { chosen: (id: string) => id === row.id, nameOf: () => row.contributionId ?? '' };
	const { open, blocks, byBlock, text } = await suggestionsOn(house, live, documentId);
	if (open.has(row.id)) {
		const touched = blocks.flatMap(({ block }) =>
			byBlock.get(block.id)?.includes(row.id) ? [block.id] : []
		);
		if (touched.length > 0) return { ...overlaid(text, blocks, only), moment: 'now', touched };
	}
	try {
		const state = await live.stateAt(documentId, row.baseSeq);
		const then = readShown(state, [{ id: row.id, update: row.update!, seq: row.baseSeq }]);
		const before = readBlocks(openBody(openFork(state)));
		const touched = then.blocks.map(({ block }) => block.id);
		return { ...overlaid(before, then.blocks, only), moment: 'then', touched };
	} catch (error) {
		// The text was rebuilt, and what it was before is gone for good.
		if (error instanceof HouseError) return null;
		throw error;
	}
}
