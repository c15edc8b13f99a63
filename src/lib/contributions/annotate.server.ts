import { readDocument } from '#lib/documents/documents.server.ts';
import type { Block } from '#lib/documents/text/blocks.ts';
import { Closed, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { createAnchor } from './anchor.ts';
import { byKey, contribute } from './contribute.server.ts';
import type { AnnotateInput, ReplyInput } from './inputs.ts';
import { locateBlock, locateInBlock, locateSelected, type Spot } from './locate.ts';
import type { LiveText } from './places.server.ts';
import { mayReply } from './policy.ts';
import { requireOpen, sceneOf, signedIn } from './scene.server.ts';
import { readSaid } from './said.server.ts';
import type { ContributionRow } from './schema.server.ts';
import { readWords } from './words.ts';

/**
 * Annotates words of the text, or a whole block of it. The anchor is made here, on the text as it
 * stands now, whatever the reader's page said (C8).
 */
export async function annotate(
	house: House,
	live: LiveText,
	actor: Actor,
	documentId: string,
	input: AnnotateInput
): Promise<ContributionRow> {
	const author = signedIn(actor);
	const { document } = await readDocument(house, actor, documentId);
	const earlier = await byKey(house.store.db, author.person.id, input.key);
	if (earlier) return earlier;
	requireOpen(house, author, document);
	const body = readWords(input.body);
	const { kind, detail, capacity } = await readSaid(house, author, input);

	const text = await live.read(documentId);
	const { spot, wholeBlock } = locate(text.blocks, input);
	const anchor = createAnchor(text.body, text.blocks, spot.from, spot.to, text.seq);
	return contribute(
		house,
		author,
		{
			kind,
			detail,
			targetType: 'document',
			targetId: documentId,
			documentId,
			body,
			wholeBlock,
			anchor,
			anchorStatus: 'exact',
			anchorFrom: spot.from,
			anchorTo: spot.to,
			anchorSeq: text.seq,
			idempotencyKey: input.key
		},
		capacity
	);
}

function locate(blocks: Block[], input: AnnotateInput): { spot: Spot; wholeBlock: boolean } {
	if (!('block' in input)) {
		const { prefix = '', suffix = '' } = input;
		const seen = { ...input, from: Number(input.from), to: Number(input.to), prefix, suffix };
		return { spot: locateSelected(blocks, seen), wholeBlock: false };
	}
	if (input.quote?.trim()) {
		return { spot: locateInBlock(blocks, input.block, input.quote), wholeBlock: false };
	}
	return { spot: locateBlock(blocks, input.block), wholeBlock: true };
}

/** Replies to a thread (C2); a reply to a reply joins the same thread. */
export async function reply(
	house: House,
	actor: Actor,
	input: ReplyInput
): Promise<ContributionRow> {
	const author = signedIn(actor);
	const found = await sceneOf(house, actor, input.id);
	const { row: head, document } = found.row.parentId
		? await sceneOf(house, actor, found.row.parentId)
		: found;
	const earlier = await byKey(house.store.db, author.person.id, input.key);
	if (earlier) return earlier;
	requireOpen(house, author, document);
	if (head.status === 'withdrawn') throw new Closed('thread_withdrawn');
	if (!mayReply(actor, head, document, house.clock())) throw new NotFound('contribution_not_found');
	return contribute(
		house,
		author,
		{
			kind: 'comment',
			targetType: head.targetType,
			targetId: head.targetId,
			documentId: document.id,
			parentId: head.id,
			body: readWords(input.body),
			idempotencyKey: input.key
		},
		input.capacity
	);
}
