import { isTyping } from '#lib/contributions/target.ts';

/** The keys n and p on a page of cards: the focus goes to the next or previous one. */
export function stepFocus(event: KeyboardEvent): void {
	if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
	const step = { n: 1, p: -1 }[event.key];
	if (!step) return;
	const cards = [...document.querySelectorAll<HTMLElement>('[data-card]')];
	if (cards.length === 0) return;
	const focused = document.activeElement?.closest<HTMLElement>('[data-card]');
	const at = focused ? cards.indexOf(focused) + step : step === 1 ? 0 : cards.length - 1;
	event.preventDefault();
	cards[Math.min(Math.max(at, 0), cards.length - 1)]?.focus();
}
