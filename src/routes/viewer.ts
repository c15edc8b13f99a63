/** A place of the site that the header leads to. */
export type Place = 'documents' | 'moderation' | 'admin';

/** The places of the header that this viewer may enter; `match` is the prefix of their addresses. */
export function placesFor(viewer: App.PageData['viewer']): Array<{ id: Place; href: string }> {
	const places: Array<{ id: Place; href: string }> = [{ id: 'documents', href: '/documents' }];
	if (viewer?.duties.includes('moderator')) places.push({ id: 'moderation', href: '/moderation' });
	if (viewer?.duties.includes('admin')) places.push({ id: 'admin', href: '/admin' });
	return places;
}
