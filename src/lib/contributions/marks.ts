import type { AnchorStatus } from './kinds.ts';
import type { Mark } from './views.ts';

/** A piece of text to paint once, with every annotation that covers it. Pieces never overlap. */
export interface Paint {
	from: number;
	to: number;
	ids: string[];
	/** `changed` when one of them sits on words that changed since. */
	status: Exclude<AnchorStatus, 'orphaned'>;
}

/**
 * Cuts marks, which may overlap, into pieces that do not, in order. Orphaned marks and marks on whole
 * blocks are not painted: the former have no words, the latter are counted beside their block.
 */
export function paint(marks: Mark[]): Paint[] {
	const painted = marks.filter(
		(mark) => !mark.whole && mark.status !== 'orphaned' && mark.to > mark.from
	);
	const starts = [...painted].sort((a, b) => a.from - b.from);
	const edges = [...new Set(painted.flatMap((mark) => [mark.from, mark.to]))].sort((a, b) => a - b);
	const pieces: Paint[] = [];
	let open: Mark[] = [];
	let next = 0;
	for (const [place, from] of edges.entries()) {
		const to = edges[place + 1];
		if (to === undefined) break;
		open = open.filter((mark) => mark.to > from);
		while (next < starts.length && starts[next]!.from <= from) open.push(starts[next++]!);
		if (open.length === 0) continue;
		const changed = open.some((mark) => mark.status === 'changed');
		pieces.push({
			from,
			to,
			ids: open.map((mark) => mark.id),
			status: changed ? 'changed' : 'exact'
		});
	}
	return pieces;
}
