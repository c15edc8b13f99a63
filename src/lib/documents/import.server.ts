import { Forbidden, Invalid, TooMany } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { createDocument } from './documents.server.ts';
import type { NewDocument, Start } from './inputs.ts';
import type { LiveEngine } from './live/engine.server.ts';
import type { Problem } from './markdown/import.ts';
import { WorkerQueue } from './markdown/worker-queue.server.ts';
import { mayCreate } from './policy.ts';
import type { DocumentRow } from './schema.server.ts';
import { templateText } from './templates/templates.ts';

/** A file somebody brought. */
export interface Brought {
	name: string;
	bytes: Uint8Array;
}

/** A new document, and what of its file could not be taken over as it was. */
export interface Started {
	document: DocumentRow;
	problems: Problem[];
}

/** Large files are read aside, a few at a time, so that nobody else waits for them. */
const queue = new WorkerQueue();

const SHORTEST_TITLE = 3;
const LONGEST_TITLE = 160;

/** Starts a document from nothing, a template or a file, whatever the form asked for. */
export async function startDocument(
	house: House,
	live: Pick<LiveEngine, 'create'>,
	actor: Actor,
	{ start, ...input }: Start,
	file?: Brought
): Promise<Started> {
	if (start === 'file') return importDocument(house, live, actor, input, file);
	if (input.title.length < SHORTEST_TITLE) throw new Invalid('title_short', { field: 'title' });
	const text = start === 'blank' ? [] : templateText(start, input.language);
	return { document: await createDocument(house, live, actor, input, text), problems: [] };
}

/**
 * Starts a document from a Markdown file. Without a title of its own it takes the file's first heading,
 * or its name. Invalid `file_missing`, `import_too_large`, `import_binary`, `import_empty` or
 * `import_too_heavy`, or TooMany `imports_waiting`, on `file`.
 */
export async function importDocument(
	house: House,
	live: Pick<LiveEngine, 'create'>,
	actor: Actor,
	input: NewDocument,
	file?: Brought
): Promise<Started> {
	// Before the work of reading it, not after.
	if (!mayCreate(actor)) throw new Forbidden('may_not_create');
	if (!file) throw new Invalid('file_missing', { field: 'file' });
	const { text, title, problems } = await read(file);
	const titled = { ...input, title: input.title || titleFrom(title, file.name) };
	return { document: await createDocument(house, live, actor, titled, text), problems };
}

async function read(file: Brought) {
	try {
		return await queue.read(file.bytes);
	} catch (error) {
		if (error instanceof Invalid) throw new Invalid(error.code, { ...error.params, field: 'file' });
		if (error instanceof TooMany) throw new TooMany(error.code, { ...error.params, field: 'file' });
		throw error;
	}
}

function titleFrom(heading: string, fileName: string): string {
	const name = fileName.replace(/\.[^.]*$/, '').replace(/[-_]+/g, ' ');
	const words = (heading || name)
		.replace(/\p{Cc}/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	if (words.length < SHORTEST_TITLE) throw new Invalid('title_short', { field: 'title' });
	return words.length <= LONGEST_TITLE ? words : `${words.slice(0, LONGEST_TITLE - 1).trimEnd()}…`;
}
