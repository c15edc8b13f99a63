import { pushState } from '$app/navigation';
import { page } from '$app/state';
import type { InPlace, Unpublished } from '#lib/contributions/branch-views.ts';
import type { Conversation } from '#lib/contributions/conversation.svelte.ts';
import type { Target } from '#lib/contributions/target.ts';
import type { LivingReader } from '#lib/documents/living.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import { tick } from 'svelte';
import { beginOn, levelWith, placeOf } from './in-place.ts';

/** How writing a suggestion ended. */
export interface End {
	/** As this contribution. */
	published?: string;
	/** Which waits for a moderator. */
	held?: boolean;
	/** The words are kept for later. */
	kept: boolean;
}

interface Parts {
	slug: string;
	/** The element that holds the rendered text. */
	text: () => HTMLElement | undefined;
	talk: Conversation;
	reader: LivingReader;
}

/** Writing suggestions where the text is read: begun, taken up again, and back to the text where it was left. */
export class Suggesting {
	/** The words have made way for the editor. */
	covered = $state(false);
	/** One's own that are not published. */
	unpublished = $state.raw<Unpublished[]>([]);
	readonly #parts: Parts;
	#left: InPlace | undefined;

	constructor(parts: Parts, unpublished: Unpublished[]) {
		this.#parts = parts;
		this.unpublished = unpublished;
	}

	/** The one being written: it is in the history, so that going back ends it. */
	get place(): InPlace | undefined {
		return page.state.suggesting;
	}

	/** Opens the text for a change; what one began on the same clause before is taken up again. */
	begin = async (target: Target): Promise<void> => {
		const { slug, text } = this.#parts;
		const at = placeOf(text(), target);
		const before = this.unpublished.find(({ blockId }) => blockId === target.blockId);
		const branchId = before?.id ?? (await beginOn(slug, target.blockId));
		if (branchId) pushState('', { suggesting: { ...at, branchId, fresh: !before } });
	};

	resume = ({ id, blockId, number }: Unpublished): void => {
		const at = { blockId, number, words: null, top: null, fresh: false };
		pushState('', { suggesting: { ...at, branchId: id } });
	};

	/** It is over: what was published stands beside the text; what is kept, above it. */
	end = async (was: InPlace, { published, held, kept }: End): Promise<void> => {
		const { talk, reader } = this.#parts;
		const { branchId: id, blockId, number } = was;
		const others = this.unpublished.filter((one) => one.id !== id);
		this.unpublished = kept ? [{ id, blockId, number, changedAt: Date.now() }, ...others] : others;
		if (kept) toasts.show(m.contributions_suggest_later());
		if (!published) return;
		toasts.show(held ? m.contributions_done_held() : m.contributions_suggest_done());
		await Promise.all([reader.refresh(), talk.refresh()]);
		if (blockId) await talk.load(blockId, talk.suggestionsOf(blockId).count + 1);
		talk.current = published;
	};

	/** For an effect: when writing is over the words come back, the clause where it stood, the focus on it. */
	restore(): void {
		if (this.place) {
			this.#left = this.place;
			return;
		}
		const was = this.#left;
		if (!was) return;
		this.#left = undefined;
		this.covered = false;
		void tick().then(() => {
			const at = CSS.escape(was.blockId ?? '');
			const text = this.#parts.text();
			levelWith(text?.querySelector(`[data-block="${at}"]`), was.top);
			const link = text?.querySelector<HTMLElement>(`[data-suggest-block="${at}"]`);
			link?.focus({ preventScroll: true });
		});
	}
}
