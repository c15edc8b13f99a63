/**
 * Decides before parsing whether a passage is too much for the parser. Its time grows with the
 * square of the delimiters in a paragraph and of the depth of nested quotes and lists, so passages
 * that no person writes are taken over as plain words instead.
 */
const DEEPEST = 40;
const MOST_IN_ONE = 4_000;
const TOTAL = 25_000_000;
/** So many lines in one chunk means that they are a few characters long each. */
const MANY_LINES = 150;
const LINE_WEIGHT = 16;
const DELIMITER = /[*_[\]`~<&!|\\]/g;
const CONTAINERS = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))+/;
const CONTAINER = />|[-*+][ \t]|\d[.)]/g;
const STEP = 4;

/** One import's allowance of work. */
export class Budget {
	private left = TOTAL;

	/** Whether this chunk may be parsed; counts its cost when it may. */
	affords(text: string): boolean {
		if (depthOf(text) > DEEPEST) return false;
		const lines = text.split('\n').length;
		let cost = lines > MANY_LINES ? lines * lines * LINE_WEIGHT : 0;
		for (const paragraph of text.split(/\n[ \t]*\n/)) {
			const delimiters = paragraph.match(DELIMITER)?.length ?? 0;
			if (delimiters > MOST_IN_ONE) return false;
			// Up to a hundred the cost is that of any other text of this length.
			if (delimiters > 100) cost += delimiters * delimiters;
		}
		if (cost > this.left) return false;
		this.left -= cost;
		return true;
	}
}

/** How deep the lines of a chunk are nested in quotes and lists, by their markers and indents. */
function depthOf(text: string): number {
	let deepest = 0;
	for (const line of text.split('\n')) {
		const opened = CONTAINERS.exec(line)?.[0].match(CONTAINER)?.length ?? 0;
		const indent = opened > 0 ? line.length - line.trimStart().length : 0;
		deepest = Math.max(deepest, opened + Math.floor(indent / STEP));
	}
	return deepest;
}
