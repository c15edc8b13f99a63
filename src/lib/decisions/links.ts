import type { ContributionKind } from '#lib/contributions/kinds.ts';

/** The page of a contribution. A reply leads to its place in its thread. */
export function contributionPath(
	slug: string,
	it: { id: string; kind: ContributionKind; parentId?: string | null }
): string {
	const folder = it.kind === 'suggestion' ? 'suggestions' : 'annotations';
	if (!it.parentId) return `/documents/${slug}/${folder}/${it.id}`;
	return `/documents/${slug}/annotations/${it.id}`;
}

/** The page of a decision; with `changes`, where it shows what it changed. */
export function decisionPath(slug: string, number: number, part: '' | 'changes' = ''): string {
	return `/documents/${slug}/decisions/${number}${part && `#${part}`}`;
}
