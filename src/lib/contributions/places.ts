import { blockAt } from './locate.ts';
import type { AnchorStatus } from './kinds.ts';
import type { Block } from '#lib/documents/text/blocks.ts';
import type { Place } from './views.ts';

/** Where an anchor came to rest, said as a reader understands it: in which clause. */
export function placeOf(
	found: { status: AnchorStatus; from: number; to: number },
	blocks: Block[],
	numbers: ReadonlyMap<string, string>
): Place {
	const block = blockAt(blocks, found.from);
	return {
		status: found.status,
		from: found.from,
		to: found.to,
		blockId: block?.id ?? null,
		number: block ? (numbers.get(block.id) ?? null) : null
	};
}
