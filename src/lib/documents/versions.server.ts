import { and, eq, max } from 'drizzle-orm';
import * as Y from 'yjs';
import { Forbidden, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { readDocument } from './documents.server.ts';
import { contentHash } from './hash.ts';
import type { LiveEngine } from './live/engine.server.ts';
import { mayFreeze } from './policy.ts';
import { document, documentVersion, type DocumentRow, type VersionRow } from './schema.server.ts';
import type { Stage } from './stages.ts';
import type { Block } from './text/blocks.ts';

/** A version without its text. */
export type VersionLine = Omit<VersionRow, 'state' | 'blocks'>;

/** The living text at one moment, ready to be kept. */
export interface Standing {
	epoch: number;
	seq: number;
	hash: string;
	state: Buffer;
	blocks: Block[];
}

/** The text as it stands now, detached from the one that goes on living. */
export async function standing(
	live: Pick<LiveEngine, 'read'>,
	documentId: string
): Promise<Standing> {
	const { epoch, seq, body, blocks } = await live.read(documentId);
	// Before anything else is awaited: the state and the blocks must be of the same moment.
	const state = Buffer.from(Y.encodeStateAsUpdate(body.doc!));
	return { epoch, seq, blocks, state, hash: await contentHash(blocks) };
}

/** Keeps the text as it is now as a numbered version that nobody can change. */
export async function freezeVersion(
	house: House,
	live: Pick<LiveEngine, 'read'>,
	actor: Actor,
	documentId: string,
	reason: string
): Promise<VersionLine> {
	const { document: of } = await readDocument(house, actor, documentId);
	if (!mayFreeze(actor, of)) throw new Forbidden('not_policy_team');
	const text = await standing(live, documentId);
	const line = await house.store.transact((tx) =>
		keepVersion(tx, of, text, { reason, stage: of.stage, by: actor.person!.id, at: house.clock() })
	);
	house.bus.announce('document', { documentId });
	return line;
}

/** Writes the version and its event; numbers have no gaps, because the document's row is held first. */
export async function keepVersion(
	tx: Db,
	of: DocumentRow,
	text: Standing,
	kept: { reason: string; stage: Stage; by: string | null; at: number }
): Promise<VersionLine> {
	await tx.update(document).set({ changedAt: kept.at }).where(eq(document.id, of.id));
	const [last] = await tx
		.select({ number: max(documentVersion.number) })
		.from(documentVersion)
		.where(eq(documentVersion.documentId, of.id));
	const line: VersionLine = {
		id: newId(kept.at),
		documentId: of.id,
		number: (last?.number ?? 0) + 1,
		stage: kept.stage,
		title: of.title,
		contentHash: text.hash,
		epoch: text.epoch,
		seq: text.seq,
		reason: kept.reason,
		frozenBy: kept.by,
		frozenAt: kept.at
	};
	await tx.insert(documentVersion).values({ ...line, state: text.state, blocks: text.blocks });
	await appendEvent(tx, {
		at: kept.at,
		personId: kept.by,
		verb: 'version.frozen',
		targetType: 'version',
		targetId: line.id,
		documentId: of.id,
		detail: { number: line.number, hash: line.contentHash, stage: line.stage }
	});
	return line;
}

/** One version of a document that was found through its reader. NotFound `version_not_found`. */
export async function readVersion(
	house: House,
	documentId: string,
	number: number
): Promise<VersionRow> {
	const [row] = await house.store.db
		.select()
		.from(documentVersion)
		.where(and(eq(documentVersion.documentId, documentId), eq(documentVersion.number, number)));
	if (!row) throw new NotFound('version_not_found');
	return row;
}
