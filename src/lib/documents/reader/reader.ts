/**
 * What a reading page runs first: a few kilobytes that follow the living text, the place in the outline
 * and the cards beside it. The page's components are fetched at the first sign that somebody wants to
 * speak (see patience.server.ts); then all this makes way.
 */
import { Following } from './follow.ts';
import { awaitIntent } from './intent.ts';
import { levelCards } from './level.ts';
import { showPlace } from './place.ts';

const article = document.querySelector<HTMLElement>('[data-reader]');
if (article) {
	const said = document.querySelector<HTMLElement>('[data-said]');
	const following = new Following(article, {
		changed: () => said && (said.textContent = said.dataset.said ?? '')
	});
	const stops = [() => following.stop(), levelCards(article), showPlace(article)];
	awaitIntent(article, () => {
		for (const stop of stops) stop();
	});
}
