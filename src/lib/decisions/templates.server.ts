import { and, asc, count, eq, isNull } from 'drizzle-orm';
import { Conflict, Invalid, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { documentOfTeam } from './answer.server.ts';
import { cleaned, readReason } from './reason.ts';
import { reasonTemplate } from './schema.server.ts';

/** Words a team uses often as a reason. */
export interface Template {
	id: string;
	title: string;
	body: string;
}

const TITLE_MAX = 80;
const MOST = 100;

/** The reasons that a document's team keeps at hand, by title. */
export async function templatesOf(house: House, documentId: string): Promise<Template[]> {
	return house.store.db
		.select({ id: reasonTemplate.id, title: reasonTemplate.title, body: reasonTemplate.body })
		.from(reasonTemplate)
		.where(inUse(documentId))
		.orderBy(asc(reasonTemplate.title), asc(reasonTemplate.id));
}

/**
 * Keeps a reason for later under a title.
 * @throws Invalid `template_title_missing`, `template_title_long`, `reason_missing`, Conflict `too_many_templates`
 */
export async function keepTemplate(
	house: House,
	actor: Actor,
	documentId: string,
	input: { title: string; body: string }
): Promise<Template> {
	const { personId: createdBy } = await documentOfTeam(house, actor, documentId);
	const title = cleaned(input.title).replace(/\s+/g, ' ');
	if (title === '') throw new Invalid('template_title_missing', { field: 'title' });
	if (title.length > TITLE_MAX) {
		throw new Invalid('template_title_long', { field: 'title', limit: TITLE_MAX });
	}
	const body = readReason(input.body);
	const createdAt = house.clock();
	const kept = { id: newId(createdAt), title, body };
	await house.store.transact(async (tx) => {
		const [row] = await tx.select({ many: count() }).from(reasonTemplate).where(inUse(documentId));
		if (row && row.many >= MOST) throw new Conflict('too_many_templates', { limit: MOST });
		await tx
			.insert(reasonTemplate)
			.values({ ...kept, documentId, createdBy, createdAt, retiredAt: null });
	});
	return kept;
}

/** Puts a reason away; decisions that used it keep their words. NotFound `template_not_found`. */
export async function retireTemplate(
	house: House,
	actor: Actor,
	documentId: string,
	id: string
): Promise<void> {
	await documentOfTeam(house, actor, documentId);
	const retired = await house.store.transact((tx) =>
		tx
			.update(reasonTemplate)
			.set({ retiredAt: house.clock() })
			.where(and(eq(reasonTemplate.id, id), inUse(documentId)))
			.returning({ id: reasonTemplate.id })
	);
	if (retired.length === 0) throw new NotFound('template_not_found');
}

function inUse(documentId: string) {
	return and(eq(reasonTemplate.documentId, documentId), isNull(reasonTemplate.retiredAt));
}

/** The reason written, or where none was the one chosen from those at hand. NotFound `template_not_found`. */
export async function reasonFrom(
	house: House,
	documentId: string,
	{ reason, template }: { reason: string; template: string }
): Promise<string> {
	if (reason.trim() !== '' || template === '') return reason;
	const [kept] = await house.store.db
		.select({ body: reasonTemplate.body })
		.from(reasonTemplate)
		.where(and(eq(reasonTemplate.id, template), inUse(documentId)));
	if (!kept) throw new NotFound('template_not_found');
	return kept.body;
}
