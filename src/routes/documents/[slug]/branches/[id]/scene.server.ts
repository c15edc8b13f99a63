import { branchOf } from '#lib/contributions/branches.server.ts';
import { myWordsOn } from '#lib/contributions/my-branches.server.ts';
import { standpoint } from '#lib/contributions/reading.server.ts';
import { previewBranch } from '#lib/contributions/suggest.server.ts';
import { suggestionLines } from '#lib/contributions/suggestion-list.server.ts';
import { overlaid } from '#lib/documents/branches/overlaid.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { changedHtml } from '#lib/documents/reading.server.ts';
import { numberClauses } from '#lib/documents/text/blocks.ts';
import { HouseError, NotFound } from '#lib/errors.ts';
import { newSecret } from '#lib/server/ids.ts';
import { noteLabels } from '../../painted.server.ts';
import type { ShownBranch, ShownPreview } from './scene.ts';

type Locals = Pick<App.Locals, 'house' | 'live' | 'actor'>;

/** A branch on the document of this address; NotFound `branch_not_found` for whoever is not on it. */
export async function shownBranch(
	locals: Locals,
	{ slug, id }: { slug: string; id: string }
): Promise<ShownBranch> {
	const { house, live, actor } = locals;
	const { document } = await findDocument(house, actor, slug);
	const branch = await branchOf(house, actor, id);
	if (branch.documentId !== document.id) throw new NotFound('branch_not_found');
	const { blocks } = await live.read(document.id);
	const isPrivate = branch.state === 'private';
	return {
		branch,
		number: numberClauses(blocks).get(branch.blockId ?? '') ?? null,
		preview: isPrivate ? await previewOf(locals, document.id, branch.id) : null,
		words: isPrivate ? null : await wordsOf(locals, branch.id),
		speaking: standpoint(house, actor, document).speaking,
		key: newSecret()
	};
}

/** What the branch would do to the text, drawn; null when it cannot be read on it. */
async function previewOf(
	{ house, live, actor }: Locals,
	documentId: string,
	branchId: string
): Promise<ShownPreview | null> {
	try {
		const preview = await previewBranch(house, live, actor, branchId);
		const overlapping = preview.overlaps.map(({ contributionId }) => contributionId).slice(0, 10);
		const [text, others] = await Promise.all([
			live.read(documentId),
			suggestionLines(house, live, documentId, overlapping)
		]);
		const laid = overlaid(text.blocks, text.seq === preview.seq ? preview.blocks : [], {
			chosen: (id) => id === branchId,
			nameOf: () => ''
		});
		const touched = preview.blocks.map(({ block }) => block.id);
		const { problem, stale, text: inWords } = preview;
		return { html: changedHtml(laid, touched, noteLabels()), problem, stale, others, inWords };
	} catch (error) {
		if (error instanceof HouseError) return null;
		throw error;
	}
}

async function wordsOf({ house, actor }: Locals, branchId: string): Promise<string> {
	return myWordsOn(house, actor, branchId).catch((error: unknown) => {
		if (error instanceof HouseError) return '';
		throw error;
	});
}
