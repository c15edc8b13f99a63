import { Forbidden, Invalid } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { createDocument } from './documents.server.ts';
import type { NewDocument, Start } from './inputs.ts';
import type { LiveEngine } from './live/engine.server.ts';
import { importMarkdown, type Problem } from './markdown/import.ts';
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
 * or its name. Invalid `file_missing`, `import_too_large`, `import_binary` or `import_empty` on `file`.
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
	const { delta, title, problems } = read(file);
	const titled = { ...input, title: input.title || titleFrom(title, file.name) };
	return { document: await createDocument(house, live, actor, titled, delta), problems };
}

function read(file: Brought) {
	try {
		return importMarkdown(file.bytes);
	} catch (error) {
		if (!(error instanceof Invalid)) throw error;
		throw new Invalid(error.code, { ...error.params, field: 'file' });
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
