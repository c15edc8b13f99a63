/**
 * Which tokens of a changed stretch stay and which go. Characters outside the stretch never
 * move; inside it, line-ends that keep their block's id stay, and between them the common
 * beginning and end stay. What stays keeps its Yjs identity, and with it anchors, authorship
 * and the words someone else is typing there.
 */
import { isHigh, isLow } from './ranges.ts';
import { type Stretch, sameToken } from './stretch.ts';

/** Old tokens [from, to) become new tokens [newFrom, newTo); between edits all stay. */
export interface Edit {
	from: number;
	to: number;
	newFrom: number;
	newTo: number;
}

/**
 * The edits that turn one stretch into the other, in order.
 * @param keepLast the old stretch ends with the text's final line-end, which must stay
 */
export function align(before: Stretch, after: Stretch, keepLast: boolean): Edit[] {
	const edits: Edit[] = [];
	let [from, newFrom] = [0, 0];
	const end = [before.text.length, after.text.length] as [number, number];
	for (const [to, newTo] of [...keptEnds(before, after, keepLast), end]) {
		const edit = trim(before, after, { from, to, newFrom, newTo });
		if (edit.from < edit.to || edit.newFrom < edit.newTo) edits.push(edit);
		[from, newFrom] = [to + 1, newTo + 1];
	}
	return edits;
}

/** Pairs of offsets of line-ends whose block keeps its id, in order on both sides. */
function keptEnds(before: Stretch, after: Stretch, keepLast: boolean): Array<[number, number]> {
	const old = new Map([...before.ends].map(([at, node]) => [String(node.attrs.id), at]));
	const kept: Array<[number, number]> = [];
	let reached = -1;
	for (const [newAt, node] of after.ends) {
		const at = old.get(String(node.attrs.id));
		if (at === undefined || at <= reached) continue;
		kept.push([at, newAt]);
		reached = at;
	}
	const last = before.text.length - 1;
	if (!keepLast || reached === last) return kept;
	// The final line-end pairs with the new final one, whose old partner then goes instead.
	const newLast = after.text.length - 1;
	return [...kept.filter(([, newAt]) => newAt < newLast), [last, newLast]];
}

function trim(before: Stretch, after: Stretch, edit: Edit): Edit {
	let { from, to, newFrom, newTo } = edit;
	while (from < to && newFrom < newTo && sameToken(before, from, after, newFrom)) {
		from++;
		newFrom++;
	}
	if (from > edit.from && splitsPair(before, from, after, newFrom)) {
		from--;
		newFrom--;
	}
	while (to > from && newTo > newFrom && sameToken(before, to - 1, after, newTo - 1)) {
		to--;
		newTo--;
	}
	if (to < edit.to && splitsPair(before, to, after, newTo)) {
		to++;
		newTo++;
	}
	return { from, to, newFrom, newTo };
}

/** Whether a cut at these offsets would fall inside a surrogate pair on either side. */
function splitsPair(before: Stretch, at: number, after: Stretch, newAt: number): boolean {
	return inPair(before.text, at) || inPair(after.text, newAt);
}

function inPair(text: string, at: number): boolean {
	return isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
}
