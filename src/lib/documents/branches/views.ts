import * as Y from 'yjs';
import { sameValue } from '../text/change.ts';
import type { Step, Strand } from './strands.ts';

export type Attributes = Map<string, unknown>;

/**
 * The formatting in force at one place of the common copy: for main, and for each branch where it
 * differs from main's. Text is formatted by boundaries, so it is known by walking over them in order.
 */
export class Views {
	readonly base: Attributes;
	/** Only what differs from `base`; null is an attribute that main has and the branch has not. */
	readonly differ: Map<Strand, Attributes>;

	constructor(base: Attributes = new Map(), differ: Map<Strand, Attributes> = new Map()) {
		this.base = base;
		this.differ = differ;
	}

	/** A copy that goes its own way; with `only`, of these branches' views alone. */
	copy(only: Iterable<Strand> = this.differ.keys()): Views {
		const differ = [...only].flatMap((strand) => {
			const own = this.differ.get(strand);
			return own ? [[strand, new Map(own)] as const] : [];
		});
		return new Views(new Map(this.base), new Map(differ));
	}

	/** Passes a formatting boundary. */
	pass({ item, known, dead, owners, by }: Step): void {
		const content = item.content;
		if (!(content instanceof Y.ContentFormat)) return;
		const { key, value } = content;
		if (!known) for (const strand of owners) this.set(strand, key, value);
		else if (!dead) {
			// Who deletes the boundary keeps what was in force; for all others main's word is the last.
			const kept = by.map((strand) => [strand, this.value(strand, key)] as const);
			this.base.set(key, value);
			for (const strand of [...this.differ.keys()]) this.set(strand, key, value);
			for (const [strand, before] of kept) this.set(strand, key, before);
		}
	}

	/** What an attribute is in a branch's view. */
	value(strand: Strand, key: string): unknown {
		const own = this.differ.get(strand);
		return own?.has(key) ? own.get(key) : (this.base.get(key) ?? null);
	}

	private set(strand: Strand, key: string, value: unknown): void {
		const own = this.differ.get(strand);
		if (sameValue(this.base.get(key) ?? null, value ?? null)) {
			own?.delete(key);
			if (own?.size === 0) this.differ.delete(strand);
		} else if (own) own.set(key, value);
		else this.differ.set(strand, new Map([[key, value]]));
	}

	/** All attributes in main's view, or in a branch's. */
	of(strand?: Strand): Record<string, unknown> {
		const all = { ...Object.fromEntries(this.base), ...differing(this.differ, strand) };
		for (const key of Object.keys(all)) if (all[key] === null) delete all[key];
		return all;
	}
}

function differing(differ: Map<Strand, Attributes>, strand?: Strand): Record<string, unknown> {
	const own = strand && differ.get(strand);
	return own ? Object.fromEntries(own) : {};
}
