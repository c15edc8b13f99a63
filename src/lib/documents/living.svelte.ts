import { untrack } from 'svelte';
import { m } from '#lib/paraglide/messages.js';
import type { TextFacts, TextPatch } from './living.ts';
import { Following } from './reader/follow.ts';

/** Remarks come without a change of the text, and the live connection may be impossible. */
const POLL_EVERY_MS = 5 * 60_000;
const QUIET = 'folkmoot:quiet';

/**
 * What a reading page's components know of a text that goes on living. The words themselves belong to
 * nobody but `Following`, which puts in place what changed.
 */
export class LivingReader {
	text = $state.raw() as TextFacts;
	/** What screen readers are told, in batches. */
	said = $state('');
	quiet = $state(false);
	readonly #onpatch: () => void;
	#following: Following | undefined;

	constructor(text: TextFacts, { onpatch }: { onpatch: () => void }) {
		this.text = text;
		this.#onpatch = onpatch;
	}

	/** For `{@attach}` on the element that holds the pieces: follows the text while it is on screen. */
	follow = (article: HTMLElement) => {
		this.quiet = localStorage.getItem(QUIET) !== null;
		const following = new Following(article, {
			patched: (patch) => this.#take(patch),
			changed: (count) => this.#say(count)
		});
		this.#following = following;
		const poll = setInterval(() => document.hidden || void following.ask(), POLL_EVERY_MS);
		return () => {
			clearInterval(poll);
			following.stop();
		};
	};

	/** Whether changes are spoken; remembered on this device. */
	setQuiet(quiet: boolean): void {
		this.quiet = quiet;
		if (quiet) localStorage.setItem(QUIET, '1');
		else localStorage.removeItem(QUIET);
	}

	/** Asks now, e.g. after somebody's remark changed what is painted. */
	async refresh(): Promise<void> {
		await untrack(() => this.#following)?.ask();
	}

	#take({ epoch, seq, changedAt, minutes, outline, drawing }: TextPatch): void {
		this.text = { epoch, seq, changedAt, minutes, outline, drawing };
		this.#onpatch();
	}

	#say(count: number): void {
		if (!this.quiet) this.said = m.documents_changed_live({ count });
	}
}
