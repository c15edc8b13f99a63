/**
 * Branches laid onto one copy of the main text. Yjs puts the words of all of them in one order, and
 * the order of any two words does not depend on who else is there; so one copy holds the truth about
 * every branch alone and every choice of branches together.
 */
import * as Y from 'yjs';
import { openBody } from '../text/body.ts';
import { mustBeWhole, openFork, ownIds } from './branch.ts';
import { type Clocks, firstEndingAfter, type IdSet, without } from './ids.ts';
import { deadIn, type Parts, readParts, unknownTo } from './update.ts';

/** A branch as it is kept: its own update, and where in the log of main its base stood. */
export interface Suggested {
	id: string;
	update: Uint8Array;
	/** Without it, only words the branch itself deletes can be seen to be gone from main. */
	seq?: number;
}

/** A branch laid onto the text. */
export interface Strand {
	readonly id: string;
	readonly seq: number;
	/** What main does not have of it yet. */
	readonly parts: Parts;
	/** Words of main it deletes, that main deleted by itself meanwhile. */
	readonly missed: IdSet;
}

/** Neighbouring ids of one client with the same fate. */
export interface Fate extends Clocks {
	/** Main deleted them. */
	dead: boolean;
	/** The branches that insert them, and keep them. Empty for main's own. */
	owners: readonly Strand[];
	/** The branches that delete them. */
	by: readonly Strand[];
}

/** A stretch of one item in the common copy. */
export interface Step extends Omit<Fate, 'from' | 'to'> {
	item: Y.Item;
	/** Where in the item it begins, and how long it is. */
	at: number;
	length: number;
	/** It is main's, dead or alive. */
	known: boolean;
}

/** The common copy. */
export interface Cloth {
	readonly doc: Y.Doc;
	readonly body: Y.Text;
	readonly strands: Strand[];
	/** Main's clock of each client. */
	readonly known: (client: number) => number;
	readonly fates: Map<number, Fate[]>;
}

/**
 * Lays branches onto a state of the main text. `read` sees the copy while it holds main alone.
 * @throws Invalid `branch_out_of_place`
 */
export function layOut(
	mainState: Uint8Array,
	branches: readonly Suggested[],
	read?: (body: Y.Text) => void
): Cloth {
	const doc = openFork(mainState);
	const body = openBody(doc);
	read?.(body);
	const dead = deadIn(doc);
	const clocks = new Map(
		[...doc.store.clients.keys()].map((id) => [id, Y.getState(doc.store, id)])
	);
	const known = (client: number) => clocks.get(client) ?? 0;
	const strands = branches.map((branch) => strandOf(branch, known, dead));
	doc.transact(() => {
		for (const { update } of branches) Y.applyUpdate(doc, update, 'branch');
	});
	mustBeWhole(doc);
	return { doc, body, strands, known, fates: fatesOf(strands, dead) };
}

function strandOf(
	{ id, update, seq = 0 }: Suggested,
	known: (client: number) => number,
	dead: IdSet
): Strand {
	const all = readParts(update);
	const parts = {
		inserted: unknownTo(known, all.inserted),
		deleted: without(all.deleted, dead)
	};
	const missed = without(without(all.deleted, parts.deleted), ownIds(all));
	return { id, seq, parts, missed };
}

/** Where the fate of ids changes, per client, by one sweep over all that happens to them. */
function fatesOf(strands: Strand[], dead: IdSet): Map<number, Fate[]> {
	const edges = new Map<
		number,
		Array<{ at: number; on: boolean; what: 'own' | 'by'; who: Strand | null }>
	>();
	const note = (set: IdSet, what: 'own' | 'by', who: Strand | null) => {
		for (const [client, ranges] of set) {
			const list = edges.get(client) ?? [];
			edges.set(client, list);
			for (const { from, to } of ranges) {
				list.push({ at: from, on: true, what, who }, { at: to, on: false, what, who });
			}
		}
	};
	note(dead, 'by', null);
	for (const strand of strands) {
		note(ownIds(strand.parts), 'own', strand);
		note(strand.parts.deleted, 'by', strand);
	}
	const fates = new Map<number, Fate[]>();
	for (const [client, list] of edges) {
		list.sort((a, b) => a.at - b.at);
		const now = { own: new Set<Strand | null>(), by: new Set<Strand | null>() };
		const out: Fate[] = [];
		for (const [index, { at, on, what, who }] of list.entries()) {
			if (on) now[what].add(who);
			else now[what].delete(who);
			const to = list[index + 1]?.at ?? at;
			if (to > at && now.own.size + now.by.size > 0) out.push(fateOf(at, to, now));
		}
		fates.set(client, out);
	}
	return fates;
}

function fateOf(
	from: number,
	to: number,
	{ own, by }: Record<'own' | 'by', ReadonlySet<Strand | null>>
): Fate {
	const living = (who: Strand | null): who is Strand => who !== null;
	const owners = [...own].filter(living).filter((who) => !by.has(who));
	return { from, to, dead: by.has(null), owners, by: [...by].filter(living) };
}

const NOBODY: readonly Strand[] = [];

/** The stretches of the copy in order, from an item on: each has one fate. */
export function* steps(cloth: Cloth, first: Y.Item | null, skip = 0): Generator<Step> {
	for (let item = first; item; item = item.right as Y.Item | null) {
		const { client, clock } = item.id;
		const end = clock + item.length;
		const fates = cloth.fates.get(client);
		const mainEnd = cloth.known(client);
		let at = clock + (item === first ? skip : 0);
		let index = fates ? firstEndingAfter(fates, at) : 0;
		while (at < end) {
			const fate = fates?.[index];
			const inside = fate !== undefined && fate.from <= at;
			let to = Math.min(end, inside ? fate.to : (fate?.from ?? end));
			const known = at < mainEnd;
			if (known) to = Math.min(to, mainEnd);
			yield {
				item,
				at: at - clock,
				length: to - at,
				known,
				dead: inside && fate.dead,
				owners: inside ? fate.owners : NOBODY,
				by: inside ? fate.by : NOBODY
			};
			if (inside && to === fate.to) index += 1;
			at = to;
		}
	}
}
