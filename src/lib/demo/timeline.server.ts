import { rate } from '#lib/ballots/rate.server.ts';
import { annotate, reply } from '#lib/contributions/annotate.server.ts';
import { withdrawContribution } from '#lib/contributions/amend.server.ts';
import { resolveThread } from '#lib/contributions/resolve.server.ts';
import { suggestInWords } from '#lib/contributions/suggest-words.server.ts';
import { acceptTogether } from '#lib/decisions/accept.server.ts';
import { answer } from '#lib/decisions/answer.server.ts';
import { createDocument } from '#lib/documents/documents.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { bringIn } from '#lib/documents/team.server.ts';
import { alignedText, plainText, toDelta } from '#lib/documents/text/blocks.ts';
import { freezeVersion, readVersion } from '#lib/documents/versions.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import { actorOf } from '#lib/people/session.server.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { applyEdit } from './changes/apply.ts';
import type { DaysAgo } from './changes/edit.ts';
import { cast } from './cast.ts';
import type { Inhabitants } from './inhabit.server.ts';
import type { Story } from './story.ts';
import type { Annotation } from './talk/annotation.ts';
import type { Answered } from './talk/answers.ts';
import type { Suggested } from './talk/suggestions.ts';

/** Something that somebody does on one day. */
export interface Moment {
	at: DaysAgo;
	act: () => Promise<unknown>;
}

/** Where the story takes place: a house whose clock its teller turns, and the engine of that house. */
export interface Stage {
	house: House;
	live: LiveEngine;
	people: Inhabitants;
	/** The last day of a consultation that ends so many days after the story is told, `YYYY-MM-DD`. */
	lastDay: (daysLeft: number) => string;
}

const A_WHILE = 0.3;

/** Everything that happens to one document, in no particular order; the document comes to be in it. */
export function momentsOf(story: Story, stage: Stage): Moment[] {
	const { house, live, people } = stage;
	const lead = () => actorOf(house, people.idOf(story.lead));
	const [first, ...later] = story.passages;
	let id = '';
	/** The remarks made so far, by who made them where. */
	const said = new Map<string, string>();

	const moments: Moment[] = [
		{
			at: story.begun,
			act: async () => {
				const about = { ...story.about, language: 'en' as const };
				id = (await createDocument(house, live, await lead(), about, toDelta(first!.drafts))).id;
				for (const key of story.coDrafters) {
					const { email } = cast.find((one) => one.key === key)!;
					await bringIn(house, await lead(), id, { email, part: 'co_drafter' });
				}
			}
		},
		...later.map(({ author, drafts }, place) => ({
			at: story.begun - (place + 1) * A_WHILE,
			act: () =>
				live.write(id, people.idOf(author), (body) => {
					const delta = toDelta(drafts).map((op) => ({ attributes: {}, ...op }));
					body.applyDelta([{ retain: body.length }, ...delta]);
				})
		})),
		{
			at: story.opened,
			act: async () =>
				moveStage(house, live, await lead(), id, {
					to: 'co_drafting',
					reason: 'Open to its co-drafters, and to everyone who wants to read along.',
					closes: ''
				})
		},
		...story.edits.map((edit) => ({
			at: edit.at,
			act: () => live.write(id, people.idOf(edit.author), (body) => applyEdit(body, edit))
		})),
		...story.talk.flatMap((remark) => talkOf(remark, () => id, said, stage)),
		...story.answers.map((one) => ({
			at: one.at,
			act: async () => answerAs(await lead(), one, id, said, stage)
		})),
		...story.suggestions.flatMap((one) => suggestedOf(one, () => id, lead, stage)),
		...story.support.map(({ author, at, on, value, condition }) => ({
			at,
			act: async () => {
				const actor = await actorOf(house, people.idOf(author));
				const capacity = await people.capacityOf(author);
				const given = { type: 'clause' as const, id: on, value, condition, capacity };
				await rate(house, live, actor, id, given);
			}
		}))
	];
	const { frozen, consultation } = story;
	if (frozen) {
		const act = async () => freezeVersion(house, live, await lead(), id, frozen.label);
		moments.push({ at: frozen.at, act });
	}
	if (consultation) {
		const { reason, daysLeft } = consultation;
		const move = { to: 'consultation' as const, reason, closes: stage.lastDay(daysLeft) };
		const act = async () => moveStage(house, live, await lead(), id, move);
		moments.push({ at: consultation.at, act });
	}
	return moments;
}

/** A suggestion, and the day on which the team took it in. */
function suggestedOf(
	one: Suggested,
	document: () => string,
	lead: () => Promise<Actor>,
	stage: Stage
): Moment[] {
	const { house, live } = stage;
	const { taken, in: block } = one;
	let made = { id: '', words: '' };
	const begin = async () => {
		made = await suggest(one, document(), stage);
	};
	if (!taken) return [{ at: one.at, act: begin }];
	const act = async () => {
		const { reason, words } = taken;
		const edits = words === undefined ? [] : [{ block, was: made.words, words }];
		const input = { contributionIds: [made.id], reason, edits };
		await acceptTogether(house, live, await lead(), document(), input);
	};
	return [
		{ at: one.at, act: begin },
		{ at: taken.at, act }
	];
}

/** Other words for a clause, as somebody without JavaScript would suggest them, and their support. */
async function suggest(one: Suggested, documentId: string, { house, live, people }: Stage) {
	const { blocks, seq } = await live.read(documentId);
	const block = blocks.find(({ id }) => id === one.in)!;
	const words = one.swaps.reduce(
		(text, [old, better]) => text.replace(old, better),
		plainText(block)
	);
	const capacity = await people.capacityOf(one.author);
	const author = await actorOf(house, people.idOf(one.author));
	const form = { block: one.in, words, seq, reason: one.reason, capacity };
	const agreed = { ...form, key: newId(), termsAccepted: true };
	const { id } = await suggestInWords(house, live, author, documentId, agreed);
	for (const [key, value, condition] of one.support) {
		const actor = await actorOf(house, people.idOf(key));
		const given = {
			type: 'suggestion' as const,
			id,
			value,
			capacity: await people.capacityOf(key)
		};
		await rate(house, live, actor, documentId, { ...given, condition });
	}
	return { id, words };
}

/** One decision on remarks that were made, with the version it points at. */
async function answerAs(
	actor: Actor,
	{ to, outcome, reason, version }: Answered,
	documentId: string,
	said: ReadonlyMap<string, string>,
	{ house }: Stage
) {
	const contributionIds = to.map(([author, on]) => said.get(`${author} ${on}`)!);
	const cited = version === undefined ? null : await readVersion(house, documentId, version);
	const cites = cited ? [{ type: 'version' as const, id: cited.id }] : [];
	await answer(house, actor, documentId, { contributionIds, outcome, reason, cites });
}

/** A remark and what follows from it. */
function talkOf(
	remark: Annotation,
	document: () => string,
	said: Map<string, string>,
	stage: Stage
): Moment[] {
	const { house, live, people } = stage;
	const actor = (key: string) => actorOf(house, people.idOf(key));
	const { resolved, withdrawn } = remark;
	let id = '';

	const begin = async () => {
		const { blocks, seq } = await live.read(document());
		const block = blocks.find((one) => one.id === remark.in)!;
		const from = block.from + alignedText(block).indexOf(remark.quote);
		const selected = { from, to: from + remark.quote.length, quote: remark.quote, seq };
		const words = { body: remark.body, key: newId(), prefix: '', suffix: '' };
		const capacity = await people.capacityOf(remark.author, remark.as);
		const input = { ...selected, ...words, capacity };
		id = (await annotate(house, live, await actor(remark.author), document(), input)).id;
		said.set(`${remark.author} ${remark.in}`, id);
	};
	const moments: Moment[] = [{ at: remark.at, act: begin }];
	for (const { author, at, body, as } of remark.replies) {
		const act = async () => {
			const capacity = await people.capacityOf(author, as);
			await reply(house, await actor(author), { id, body, key: newId(), capacity });
		};
		moments.push({ at, act });
	}
	if (resolved) {
		const act = async () => resolveThread(house, await actor(resolved.author), id);
		moments.push({ at: resolved.at, act });
	}
	if (withdrawn) {
		const act = async () => withdrawContribution(house, await actor(remark.author), id);
		moments.push({ at: withdrawn, act });
	}
	return moments;
}
