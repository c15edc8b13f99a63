import type { SuggestedHere, SuggestionLine } from './suggestion-views.ts';
import type { AnnotationView } from './views.ts';

/**
 * A card beside the text: a suggestion or a thread, and the block it stands at. `more` suggestions for the
 * block are only in the list; the last one shown says so.
 */
export type Beside = { id: string; blockId: string | null; from: number } & (
	| { line: SuggestionLine; more: number; thread?: never }
	| { thread: AnnotationView; line?: never; more?: never }
);

/** Suggestions as cards, each once, at the first of the blocks it changes. */
export function suggestionCards(of: Readonly<Record<string, SuggestedHere>>): Beside[] {
	const cards = new Map<string, Beside>();
	const here = Object.entries(of).sort(([, a], [, b]) => a.from - b.from);
	for (const [blockId, { from, count, lines }] of here) {
		for (const line of lines) {
			if (cards.has(line.id)) continue;
			const more = line === lines.at(-1) ? count - lines.length : 0;
			cards.set(line.id, { id: line.id, blockId, from, line, more });
		}
	}
	return [...cards.values()];
}

/** Threads as cards. */
export function threadCards(threads: readonly AnnotationView[]): Beside[] {
	return threads.map((thread) => {
		const { blockId, from } = thread.place;
		return { id: thread.id, blockId, from, thread };
	});
}

/**
 * Both sorts of cards in the order of the text: what people suggest for a clause first, then what they
 * say of it. `order` is where each block stands once the page has looked; before, indices tell it.
 */
export function inTextOrder(
	suggestions: readonly Beside[],
	threads: readonly Beside[],
	order: ReadonlyMap<string, number>
): Beside[] {
	const place = ({ blockId }: Beside) => order.get(blockId ?? '') ?? 0;
	const isBefore = (a: Beside, b: Beside) => {
		if (a.blockId !== b.blockId) return place(a) - place(b) || a.from - b.from;
		return Number(Boolean(a.thread)) - Number(Boolean(b.thread));
	};
	// The sort is stable: within a clause both keep the order they came in.
	return [...suggestions, ...threads].sort(isBefore);
}
