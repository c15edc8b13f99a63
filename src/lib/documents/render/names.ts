/**
 * The short name of a contribution on a page that paints thousands of them: the end of its id, 35 random
 * bits. Two of one text that share it (one in a million pairs of a large text's) are still both shown.
 */
export function shortName(id: string): string {
	return id.slice(-7);
}
