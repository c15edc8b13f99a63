import type { ContributionKind } from '#lib/contributions/kinds.ts';

/** The page of a thread; with a reply, its place there. */
export function threadPath(
	slug: string,
	head: { id: string; kind: ContributionKind },
	reply?: string
): string {
	const folder = head.kind === 'suggestion' ? 'suggestions' : 'annotations';
	return `/documents/${slug}/${folder}/${head.id}${reply ? `#reply-${reply}` : ''}`;
}
