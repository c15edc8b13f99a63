import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withdrawContribution } from '#lib/contributions/amend.server.ts';
import { reply } from '#lib/contributions/annotate.server.ts';
import { meeting, type Meeting } from '#lib/contributions/meeting.testing.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { listVersions } from '#lib/documents/version-list.server.ts';
import { freezeVersion } from '#lib/documents/versions.server.ts';
import { answer } from './answer.server.ts';
import { marksOf } from './marks.server.ts';
import { unanswered } from './waiting.server.ts';

let at: Meeting;
beforeEach(async () => {
	at = await meeting();
});
afterEach(() => at.close());

const marks = async (id: string) => (await marksOf(at.house, [id])).get(id);

test('A11 each mark is earned, leads to its proof, and is lost with it', async () => {
	const ines = await at.as('ines');
	const { id: documentId, slug } = at.document;
	const row = await at.say('ama', 'two metres');
	expect(await marks(row.id)).toEqual({
		heard: { at: row.createdAt, href: `/documents/${slug}/annotations/${row.id}` },
		...{ answered: null, used: null, resulted: null }
	});

	await at.rewrite('two metres', 'three metres');
	const version = await freezeVersion(at.house, at.live, ines, documentId, 'Wider.');
	const reason = 'Three metres, as you say.';
	const cites = [{ type: 'version' as const, id: version.id }];
	await answer(at.house, ines, documentId, {
		...{ contributionIds: [row.id], outcome: 'accepted', reason, cites }
	});
	const used = { at: at.house.clock(), href: `/documents/${slug}/versions/1` };
	expect(await marks(row.id)).toMatchObject({
		answered: { outcome: 'accepted', number: 1, reason, href: `/documents/${slug}/decisions/1` },
		used,
		resulted: null
	});

	const move = (to: 'consultation' | 'revising' | 'final' | 'adopted') => {
		at.house.time.advance(1_000);
		const closes = to === 'consultation' ? '2026-12-31' : '';
		const input = { to, reason: 'It is time.', closes };
		return moveStage(at.house, at.live, ines, documentId, input, unanswered);
	};
	for (const to of ['consultation', 'revising', 'final', 'adopted'] as const) await move(to);
	const [adopted] = (await listVersions(at.house, documentId)).items;
	expect((await marks(row.id))?.resulted).toEqual({
		at: adopted!.frozenAt,
		href: `/documents/${slug}/versions/${adopted!.number}`
	});
	await withdrawContribution(at.house, await at.as('ama'), row.id);
	expect(await marks(row.id)).toMatchObject({ heard: null, answered: { number: 1 } });
});

test('A11 a reply shares the answer of its thread, what was merged that of what speaks for it', async () => {
	const ines = await at.as('ines');
	const [row, same] = [await at.say('ama', 'two metres'), await at.say('jonas', 'two metres')];
	const { id: replyId } = await reply(at.house, await at.as('jonas'), {
		...{ id: row.id, body: 'So do I.', key: at.key() }
	});
	await at.house.store.db
		.update(contribution)
		.set({ outcome: 'merged', mergedInto: row.id, answeredAt: at.house.clock() })
		.where(eq(contribution.id, same.id));
	expect((await marks(same.id))?.answered).toBeNull();
	await answer(at.house, ines, at.document.id, {
		...{ contributionIds: [row.id], outcome: 'declined', reason: 'Two are enough.' }
	});
	expect((await marks(replyId))?.answered).toMatchObject({ outcome: 'declined', number: 1 });
	expect((await marks(same.id))?.answered).toMatchObject({
		...{ outcome: 'merged', number: 1, reason: 'Two are enough.' }
	});
	expect((await marks(same.id))?.used).toBeNull();
	expect(await marksOf(at.house, ['nothing'])).toEqual(new Map());
});
