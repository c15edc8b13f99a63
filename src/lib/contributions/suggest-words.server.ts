import * as Y from 'yjs';
import { openFork } from '#lib/documents/branches/branch.ts';
import { rewriteBlock } from '#lib/documents/branches/rewrite.ts';
import { readDocument } from '#lib/documents/documents.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { newBlockId } from '#lib/documents/text/ids.ts';
import { readBlocks } from '#lib/documents/text/blocks.ts';
import { openBody } from '#lib/documents/text/body.ts';
import { HouseError, Invalid } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { refusalFor } from './branch-check.server.ts';
import { forkFor } from './branches.server.ts';
import { byKey } from './contribute.server.ts';
import type { InWordsInput } from './inputs.ts';
import { signedIn } from './scene.server.ts';
import type { ContributionRow } from './schema.server.ts';
import { publishBranch, readReason, type LiveBranches } from './suggest.server.ts';

type Live = LiveBranches & Pick<LiveEngine, 'write' | 'stateAt'>;

/**
 * Suggests a clause in other words, the way without JavaScript: the form sends the whole clause, and the
 * house finds what was changed in it, on the text that the form showed, and publishes that. Whatever
 * refuses it once there are words is a refusal that names (`branch`) the private branch which now has them.
 */
export async function suggestInWords(
	house: House,
	live: Live,
	actor: Actor,
	documentId: string,
	{ block, words, seq, ...publishing }: InWordsInput
): Promise<ContributionRow> {
	const author = signedIn(actor);
	const { document } = await readDocument(house, actor, documentId);
	const earlier = await byKey(house.store.db, author.person.id, publishing.key);
	if (earlier) return earlier;
	readReason(publishing);
	const clean = words.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
	const shown = await shownAt(live, documentId, seq);
	if (isSame(shown.state, block, clean)) throw new Invalid('branch_empty', { field: 'words' });

	const { epoch } = shown;
	const row = await forkFor(house, author, document, { epoch, seq: shown.seq, blockId: block });
	let gone = false;
	await live.write(row.id, author.person.id, (body) => {
		gone = !writeOn(body, shown.state, block, clean);
	});
	// Words for a clause that was gone before the form was made stand at the end of the private branch.
	if (gone) throw refusalFor('clause_gone', row.id);
	try {
		return await publishBranch(house, live, actor, row.id, publishing);
	} catch (error) {
		if (!(error instanceof HouseError)) throw error;
		error.params.branch ??= row.id;
		throw error;
	}
}

/** The text that the form showed; the text of now when the log no longer has it. */
async function shownAt(live: Live, documentId: string, seq: number) {
	const now = await live.stateOf(documentId);
	if (seq >= now.seq) return { epoch: now.epoch, seq: now.seq, state: now.bytes as Uint8Array };
	try {
		return { epoch: now.epoch, seq, state: await live.stateAt(documentId, seq) };
	} catch (error) {
		if (!(error instanceof HouseError)) throw error;
		return { epoch: now.epoch, seq: now.seq, state: now.bytes as Uint8Array };
	}
}

function isSame(state: Uint8Array, block: string, words: string): boolean {
	const body = openBody(openFork(state));
	const blocks = readBlocks(body);
	return blocks.some(({ id }) => id === block) && !rewriteBlock(body, blocks, block, words);
}

/**
 * Writes the change on a copy of what the form showed and brings it over: what others wrote in the clause
 * since stays. False when the clause was not there; its words then go to the end.
 */
function writeOn(body: Y.Text, state: Uint8Array, block: string, words: string): boolean {
	const doc = body.doc!;
	const fork = openFork(state);
	fork.clientID = doc.clientID;
	// Yjs takes fright when a client of its own comes from elsewhere; nothing more is written here.
	doc.clientID = 0;
	const was = openBody(fork);
	const blocks = readBlocks(was);
	const found = blocks.some(({ id }) => id === block);
	const before = Y.encodeStateVector(fork);
	if (found) fork.transact(() => rewriteBlock(was, blocks, block, words));
	else {
		const end = { block: { id: newBlockId(), type: 'paragraph' } };
		fork.transact(() => {
			was.insert(was.length, words, {});
			was.insert(was.length, '\n', end);
		});
	}
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(fork, before));
	return found;
}
