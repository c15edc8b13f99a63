import { eq } from 'drizzle-orm';
import { readDocument } from '#lib/documents/documents.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { Closed, Forbidden, NotFound } from '#lib/errors.ts';
import type { Actor, SignedIn } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { mayAnnotate, maySee } from './policy.ts';
import { contribution, type ContributionRow } from './schema.server.ts';

/** A contribution on a document that this person may read. */
export interface Scene {
	row: ContributionRow;
	document: DocumentRow;
}

/** The contribution as this person may see it; whatever they may not see is NotFound (C6). */
export async function sceneOf(house: House, actor: Actor, id: string): Promise<Scene> {
	const [row] = await house.store.db.select().from(contribution).where(eq(contribution.id, id));
	if (!row?.documentId || !maySee(actor, row)) throw new NotFound('contribution_not_found');
	const { document } = await readDocument(house, actor, row.documentId);
	return { row, document };
}

/** Somebody signed in whose account is active, or Forbidden `sign_in_needed` (C1). */
export function signedIn(actor: Actor): SignedIn {
	const { person } = actor;
	if (!person) throw new Forbidden('sign_in_needed');
	if (person.status !== 'active') throw new Forbidden('account_disabled');
	return { ...actor, person };
}

/** Refuses when the text takes no remarks any more: Closed `document_closed` (C1). */
export function requireOpen(house: House, actor: SignedIn, document: DocumentRow): void {
	if (!mayAnnotate(actor, document, house.clock())) throw new Closed('document_closed');
}
