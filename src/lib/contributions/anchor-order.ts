/** Beyond this many comparisons the order of sentences is not consulted. */
const MOST_PAIRS = 30_000_000;

/**
 * Which sentence of one text is which of another, going by their order: the longest run of equal
 * sentences that both texts have in the same order. It tells repeated sentences apart (every section
 * may have a heading “Footnotes”) the way a reader does with the two texts side by side.
 * @returns for each index of `before` its index in `after`, where there is one.
 */
export function inOrder(before: string[], after: string[]): Map<number, number> {
	const pairs = new Map<number, number>();
	const width = after.length + 1;
	if ((before.length + 1) * width > MOST_PAIRS) return pairs;
	const lengths = new Uint16Array((before.length + 1) * width);
	for (let i = before.length - 1; i >= 0; i--) {
		for (let j = after.length - 1; j >= 0; j--) {
			const here = i * width + j;
			lengths[here] =
				before[i] === after[j]
					? lengths[here + width + 1]! + 1
					: Math.max(lengths[here + width]!, lengths[here + 1]!);
		}
	}
	for (let i = 0, j = 0; i < before.length && j < after.length;) {
		if (before[i] === after[j]) pairs.set(i++, j++);
		else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
		else j++;
	}
	return pairs;
}
