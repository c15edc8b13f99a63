import type { Db } from './db/store.ts';
import { newId } from './ids.ts';
import { event } from './schema.server.ts';

/** One line of the record. `detail` holds ids and plain facts, never personal text. */
export interface EventEntry {
	at: number;
	personId: string | null;
	verb: string;
	targetType: string;
	targetId: string;
	documentId?: string | null;
	detail?: Record<string, unknown>;
}

/** Appends an event; call it with the transaction that makes the change, so neither exists alone. */
export async function appendEvent(tx: Db, entry: EventEntry): Promise<string> {
	const id = newId(entry.at);
	await tx.insert(event).values({
		id,
		at: entry.at,
		personId: entry.personId,
		verb: entry.verb,
		targetType: entry.targetType,
		targetId: entry.targetId,
		documentId: entry.documentId ?? null,
		detail: entry.detail ?? {}
	});
	return id;
}
