import * as v from 'valibot';
import { LedgerQuery } from '#lib/decisions/inputs.ts';
import { ledgerEntries } from '#lib/decisions/ledger.server.ts';
import type { Entry } from '#lib/decisions/views.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { RequestEvent } from '@sveltejs/kit';

type Document = Awaited<ReturnType<typeof findDocument>>['document'];

/** One form in which the ledger is handed out. */
interface Form {
	type: string;
	ending: string;
	write(
		slices: AsyncIterable<Entry[]>,
		about: { document: Document; origin: string; at: number }
	): AsyncGenerator<string>;
}

/** The ledger as a file, written while it is read: its size is no matter. */
export function ledgerFile(event: RequestEvent, slug: string, form: Form): Promise<Response> {
	const { house, live, actor } = event.locals;
	const query = v.parse(LedgerQuery, Object.fromEntries(event.url.searchParams));
	return forPage(async () => {
		const { document } = await findDocument(house, actor, slug);
		const slices = ledgerEntries(house, live, document, query);
		const about = { document, origin: event.url.origin, at: house.clock() };
		return new Response(streamOf(form.write(slices, about)), {
			headers: {
				'content-type': form.type,
				'content-disposition': `attachment; filename="${document.slug}-ledger.${form.ending}"`,
				'cache-control': 'private, no-cache'
			}
		});
	});
}

function streamOf(words: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async pull(controller) {
			const { done, value } = await words.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			await words.return(undefined);
		}
	});
}
