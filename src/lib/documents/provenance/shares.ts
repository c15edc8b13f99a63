import type { CapacityKind } from '#lib/people/actor.ts';
import { CAPACITY_KINDS } from '#lib/people/actor.ts';
import { alignedText, type Block } from '../text/blocks.ts';
import type { Run } from './runs.ts';

/** Whose characters: what the text began with, of a capacity, or of somebody of whom none is known. */
export type Group = 'begun' | CapacityKind | 'unknown';

/** A share of a text. `permille` of all shares beside it add up to 1,000. */
export interface Share {
	characters: number;
	permille: number;
}

/** What is counted of one contributor: a person in one capacity. */
export interface Part extends Share {
	personId: string;
	group: Group;
	orgName: string | null;
	/** When their first words that still stand came into the text, ms. */
	firstAt: number;
}

export interface Counted {
	/** All characters: line-ends and things that are not letters are not counted. */
	total: number;
	groups: Array<Share & { group: Group; people: number }>;
	parts: Part[];
}

/** The capacity in which somebody wrote a run; null when nothing is known of it. */
export type Speaking = (run: Run) => { kind: CapacityKind; orgName: string | null } | null;

/**
 * How much of a text is whose. Each character counts once, for who wrote it: of a suggestion that the team
 * edited, each has what they wrote.
 */
export function sharesOf(runs: readonly Run[], text: string, speaking: Speaking): Counted {
	const parts = new Map<string, Part>();
	for (const run of runs) {
		const characters = countCharacters(text.slice(run.from, run.to));
		if (characters === 0) continue;
		const as = run.way === 'begun' ? null : speaking(run);
		const group: Group = run.way === 'begun' ? 'begun' : (as?.kind ?? 'unknown');
		const orgName = as?.orgName ?? null;
		const key = `${run.personId} ${group} ${orgName}`;
		const part = parts.get(key);
		if (part) {
			part.characters += characters;
			part.firstAt = Math.min(part.firstAt, run.at);
		} else {
			const { personId, at: firstAt } = run;
			parts.set(key, { personId, group, orgName, characters, permille: 0, firstAt });
		}
	}
	const all = [...parts.values()];
	const groups = ORDER.flatMap((group) => {
		const own = all.filter((part) => part.group === group);
		if (own.length === 0) return [];
		const people = new Set(own.map(({ personId }) => personId)).size;
		return [{ group, people, characters: sum(own), permille: 0 }];
	});
	givePermille(all);
	givePermille(groups);
	return { total: sum(all), groups, parts: all };
}

const ORDER: readonly Group[] = ['begun', ...CAPACITY_KINDS, 'unknown'];

/** The characters a reader sees: no line-ends, nothing that is not a letter. */
export function countCharacters(text: string): number {
	let count = 0;
	for (const sign of text) if (sign !== '\n' && sign !== '\uFFFC') count++;
	return count;
}

/** A text as runs count it: one sign per place. */
export function flatText(blocks: readonly Block[]): string {
	return blocks.map((block) => `${alignedText(block)}\n`).join('');
}

const sum = (shares: readonly Share[]) =>
	shares.reduce((total, { characters }) => total + characters, 0);

/** Shares in thousandths that add up to the whole: the largest remainders are rounded up. */
export function givePermille(shares: Share[]): void {
	const total = sum(shares);
	if (total === 0) return;
	const exact = shares.map((share) => ({ share, of: (share.characters * 1_000) / total }));
	for (const { share, of } of exact) share.permille = Math.floor(of);
	let left = 1_000 - shares.reduce((all, { permille }) => all + permille, 0);
	for (const { share } of exact.sort((a, b) => (b.of % 1) - (a.of % 1))) {
		if (left-- <= 0) break;
		share.permille += 1;
	}
}
