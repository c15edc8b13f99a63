import * as Y from 'yjs';
import { begunOn, placedIn } from '#lib/documents/live/authors.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { runsOf, type Run } from '#lib/documents/provenance/runs.ts';
import type { DocumentRow, VersionRow } from '#lib/documents/schema.server.ts';
import type { Block } from '#lib/documents/text/blocks.ts';
import { openBody } from '#lib/documents/text/body.ts';
import { readVersion } from '#lib/documents/versions.server.ts';
import type { House } from '#lib/server/house.ts';
import { Tracing } from './tracing.server.ts';

/** The part of the live engine that provenance reads. */
export type LiveLog = Pick<LiveEngine, 'read' | 'stateAt'>;

/** A text with where each of its characters comes from. */
export interface Provenance {
	/** Null: the text as it is now. */
	version: Omit<VersionRow, 'state' | 'blocks'> | null;
	epoch: number;
	seq: number;
	blocks: Block[];
	runs: readonly Run[];
}

/** Runs of texts kept: they hold ids only, and those of one row of a log never change. */
const MOST = 100;
const memories = new WeakMap<House['store'], Map<string, Promise<readonly Run[]>>>();

/**
 * Where the words of a document's text come from, as it is now or of a version: for whoever found the
 * document. NotFound `version_not_found`.
 */
export async function readProvenance(
	house: House,
	live: LiveLog,
	document: Pick<DocumentRow, 'id'>,
	number: number | null
): Promise<Provenance> {
	const documentId = document.id;
	if (number === null) {
		const reading = await live.read(documentId);
		const { epoch, seq, blocks } = reading;
		// The body is of this very row only until something else is awaited.
		const runs = await kept(house, documentId, epoch, seq, () =>
			trace(house, live, { documentId, epoch }, placedIn(reading.body))
		);
		return { version: null, epoch, seq, blocks, runs };
	}
	const { state, blocks, ...version } = await readVersion(house, documentId, number);
	const { epoch, seq } = version;
	const runs = await kept(house, documentId, epoch, seq, () => {
		const doc = new Y.Doc();
		const body = openBody(doc);
		Y.applyUpdate(doc, state);
		return trace(house, live, { documentId, epoch }, placedIn(body));
	});
	return { version, epoch, seq, blocks, runs };
}

async function trace(
	house: House,
	live: LiveLog,
	log: { documentId: string; epoch: number },
	placed: ReturnType<typeof placedIn>
): Promise<readonly Run[]> {
	const tracing = await Tracing.of(house, live, log);
	const written = await tracing.written(placed);
	const isBegun = await begunOn(house.store.db, log.documentId);
	return runsOf(written, isBegun, (id) => tracing.isUndo(id));
}

/** Worked out once for each row of a log, whether it is the text of now or a version of then. */
function kept(
	house: House,
	documentId: string,
	epoch: number,
	seq: number,
	work: () => Promise<readonly Run[]>
): Promise<readonly Run[]> {
	const memory = memories.get(house.store) ?? new Map<string, Promise<readonly Run[]>>();
	memories.set(house.store, memory);
	const key = `${documentId} ${epoch} ${seq}`;
	const known = memory.get(key);
	if (known) {
		memory.delete(key);
		memory.set(key, known);
		return known;
	}
	const made = work();
	memory.set(key, made);
	if (memory.size > MOST) memory.delete(memory.keys().next().value!);
	made.catch(() => memory.get(key) === made && memory.delete(key));
	return made;
}
