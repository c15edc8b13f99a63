import { json } from '@sveltejs/kit';
import { Alike } from '#lib/contributions/inputs.ts';
import { similarTo } from '#lib/contributions/similar.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { Invalid } from '#lib/errors.ts';
import { signedIn } from '#lib/contributions/scene.server.ts';
import { forPage, parseInput } from '#lib/server/http.ts';
import { takeFrom, type Limit } from '#lib/server/limits.ts';
import type { RequestHandler } from './$types';

/** As often as somebody's typing can rest. */
const PACE: Limit = { name: 'similar', most: 60, within: 60_000 };

/** What was said that says something like the words somebody is writing; they are in no address and no log. */
export const POST: RequestHandler = async ({ locals, params, request, setHeaders }) => {
	const { house, actor } = locals;
	setHeaders({ 'cache-control': 'private, no-store' });
	return forPage(async () => {
		const { person } = signedIn(actor);
		const { words } = parseInput(Alike, await bodyOf(request));
		const { document } = await findDocument(house, actor, params.slug);
		await takeFrom(house, [{ limit: PACE, subject: person.id }]);
		return json(await similarTo(house, document, words));
	});
};

async function bodyOf(request: Request): Promise<unknown> {
	try {
		return await request.json();
	} catch {
		throw new Invalid('field_invalid');
	}
}
