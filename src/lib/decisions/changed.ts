import { painted } from '#lib/documents/branches/marks.ts';
import type { MarkedBlock } from '#lib/documents/branches/pieces.ts';
import { renderBlocks } from '#lib/documents/render/html.ts';
import type { ChangedBlock } from './views.ts';

/**
 * Blocks with what is put in and taken away in them, drawn one by one: those of the chosen branches that
 * change something. Each is drawn as a passage; what it is, and its number, is said beside it.
 */
export function changedBlocks(
	marked: readonly MarkedBlock[],
	numberOf: ReadonlyMap<string, string>,
	{ chosen = () => true, prefix }: { chosen?: (branchId: string) => boolean; prefix: string }
): ChangedBlock[] {
	return marked
		.filter((one) => changes(one, chosen))
		.map((one) => {
			const { blocks, marks } = painted([one], chosen);
			const { id, attrs } = one.block;
			const plain = blocks.map((block) => ({
				...block,
				attrs: { id, type: 'paragraph' as const }
			}));
			const html = renderBlocks(plain, { marks, prefix })
				.map((piece) => piece.html)
				.join('');
			return {
				id,
				number: numberOf.get(id) ?? null,
				type: attrs.type,
				html,
				restyled: restyled(one, chosen)
			};
		});
}

function changes({ pieces }: MarkedBlock, chosen: (branchId: string) => boolean): boolean {
	return pieces.some(
		({ by, restyled }) => by.some(chosen) || restyled?.some((change) => chosen(change.by))
	);
}

/** Marks or the kind of block change without a word changing: that cannot be seen in what is drawn. */
function restyled({ pieces }: MarkedBlock, chosen: (branchId: string) => boolean): boolean {
	return pieces.some(({ restyled }) => restyled?.some((change) => chosen(change.by)) ?? false);
}
