import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createDocument } from '#lib/documents/documents.server.ts';
import { createLiveEngine } from '#lib/documents/live/engine.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { bringIn } from '#lib/documents/team.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { sessionCookie } from '#lib/people/cookie.ts';
import { createPerson } from '#lib/people/registration.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { beginSession } from '#lib/people/sign-in.server.ts';
import { Bus } from '#lib/server/bus.ts';
import { readConfig } from '#lib/server/config.ts';
import { openStore } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';

export interface Townsperson {
	id: string;
	cookie: string;
}

/** A database with a draft and people who may write in it, each signed in. */
export interface Town {
	folder: string;
	file: string;
	documentId: string;
	slug: string;
	/** Every draft there, the one above first; who writes in which is told by `TownPlan`. */
	drafts: Draft[];
	/** Leads the draft: may let people go. */
	lead: Townsperson;
	editors: Townsperson[];
	remove(): Promise<void>;
}

export interface Draft {
	id: string;
	slug: string;
}

export interface TownPlan {
	folder?: string;
	/** How many drafts there are. */
	drafts?: number;
	/** Who may write in a draft, by number; everybody when left out. */
	teamOf?: (draft: number, editor: number) => boolean;
}

/** Builds a town with so many editors, by the product's own use-cases. */
export async function buildTown(editors: number, plan: TownPlan = {}): Promise<Town> {
	const { drafts: count = 1, teamOf = () => true } = plan;
	const folder = plan.folder ?? (await mkdtemp(join(tmpdir(), 'folkmoot-faults-')));
	const file = join(folder, 'folkmoot.sqlite');
	const store = await openStore({ file });
	const house: House = {
		store,
		config: readConfig({}),
		log: pino({ level: 'silent' }),
		bus: new Bus(),
		clock: Date.now
	};
	const live = createLiveEngine({
		house,
		rightsOf: async () => 'write',
		actorOfCookie: async () => VISITOR
	});
	const { name } = sessionCookie(house, new URL('http://127.0.0.1'));
	const signedIn = async (id: string): Promise<Townsperson> => {
		const begun = await store.transact((tx) => beginSession(tx, house, id, 'faults'));
		return { id, cookie: `${name}=${begun.token}` };
	};

	const duty = { kind: 'policy_team', scopeType: 'house', scopeId: null } as const;
	const { id: leadId } = await createPerson(house, {
		name: 'Lead',
		email: 'lead@faults.example',
		duties: [duty]
	});
	let actor = await actorOf(house, leadId);
	const form = {
		title: 'Shade by 2030',
		summary: '',
		kind: 'policy' as const,
		language: 'en' as const,
		licence: 'CC-BY-4.0' as const
	};
	const people: Townsperson[] = [];
	for (let index = 0; index < editors; index += 1) {
		const { id } = await createPerson(house, { name: `Editor ${index}`, email: emailOf(index) });
		people.push(await signedIn(id));
	}
	const drafts: Draft[] = [];
	for (let draft = 0; draft < count; draft += 1) {
		const { id, slug } = await createDocument(house, live, actor, form, [
			{ insert: 'Every square has a tree.' },
			{ insert: '\n', attributes: { block: { id: 'b1', type: 'paragraph' } } }
		]);
		drafts.push({ id, slug });
		actor = await actorOf(house, leadId);
		await moveStage(house, live, actor, id, { to: 'co_drafting', reason: '', closes: '' });
		for (let index = 0; index < editors; index += 1) {
			const wanted = { email: emailOf(index), part: 'co_drafter' } as const;
			if (teamOf(draft, index)) await bringIn(house, actor, id, wanted);
		}
	}
	const lead = await signedIn(leadId);
	await live.close();
	await store.close();
	return {
		folder,
		file,
		documentId: drafts[0]!.id,
		slug: drafts[0]!.slug,
		drafts,
		lead,
		editors: people,
		remove: () => rm(folder, { recursive: true, force: true })
	};
}

const emailOf = (editor: number) => `editor-${editor}@faults.example`;
