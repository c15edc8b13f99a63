/** A card to be laid beside the text: where it would like to begin, and how tall it is (px). */
export interface Laid {
	wanted: number;
	height: number;
}

/**
 * Where each card begins so that none overlaps another: the card at `anchor` exactly where it wants
 * to be, those after it pushed down, those before it pushed up, each as little as possible.
 */
export function arrange(cards: Laid[], anchor: number, gap: number): number[] {
	const tops = cards.map((card) => card.wanted);
	for (let at = Math.max(anchor, 0) + 1; at < cards.length; at++) {
		tops[at] = Math.max(tops[at]!, tops[at - 1]! + cards[at - 1]!.height + gap);
	}
	for (let at = Math.min(anchor, cards.length - 1) - 1; at >= 0; at--) {
		tops[at] = Math.min(tops[at]!, tops[at + 1]! - cards[at]!.height - gap);
	}
	// Pushed up beyond the top edge: rather everything a little lower than a card nobody can reach.
	const over = Math.min(0, tops[0] ?? 0);
	return over === 0 ? tops : settleDown(cards, tops, gap);
}

function settleDown(cards: Laid[], tops: number[], gap: number): number[] {
	let floor = 0;
	return tops.map((top, at) => {
		const settled = Math.max(top, floor);
		floor = settled + cards[at]!.height + gap;
		return settled;
	});
}
