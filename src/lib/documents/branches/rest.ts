/**
 * The rest of a branch, once a part of it is accepted. Accepting a part leaves nothing of the others to
 * accept later (see `pick`), so they are written once more, under a client id of their own, on the same
 * characters of main: the same words at the same places, as a branch that has not been decided.
 */
import type * as Y from 'yjs';
import { TOGGLES, writeEmbed, type Marks } from '../text/blocks.ts';
import { branchUpdate, openBranch } from './branch.ts';
import type { Change, Hunk } from './changes.ts';

/** What hunks of a branch change, as an update on top of main, all of it under `client`. */
export function rewritten(
	mainState: Uint8Array,
	hunks: readonly Hunk[],
	client: number
): Uint8Array {
	const branch = openBranch(mainState);
	branch.doc.clientID = client;
	applyHunks(branch.body, hunks);
	return branchUpdate(branch);
}

/** Makes the changes of hunks on a text as it was when they were read. */
export function applyHunks(body: Y.Text, hunks: readonly Hunk[]): void {
	const changes = hunks.flatMap((hunk) => hunk.changes);
	// From the end, so that what is done leaves the places of what is still to do.
	body.doc!.transact(() => {
		for (const change of changes.toReversed()) perform(body, change);
	});
}

function perform(body: Y.Text, change: Change): void {
	switch (change.kind) {
		case 'insert': {
			let { at } = change;
			for (const span of change.spans) {
				const marks = { ...span.marks };
				if ('text' in span) body.insert(at, span.text, marks);
				else body.insertEmbed(at, writeEmbed(span.embed), marks);
				at += 'text' in span ? span.text.length : 1;
			}
			return;
		}
		case 'delete':
			return body.delete(change.from, change.to - change.from);
		case 'split':
			return body.insert(change.at, '\n', { block: { ...change.block } });
		case 'join':
			return body.delete(change.at, 1);
		case 'restyle':
			return body.format(change.from, change.to - change.from, between(change));
		case 'retype':
			return body.format(change.at, 1, { block: { ...change.after } });
	}
}

/** Marks to set, and null for those to take away. */
function between({ before, after }: { before: Marks; after: Marks }): Record<string, unknown> {
	const format: Record<string, unknown> = {};
	for (const name of [...TOGGLES, 'link'] as const) {
		if (before[name] !== after[name]) format[name] = after[name] ?? null;
	}
	return format;
}
