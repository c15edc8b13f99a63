/**
 * Markdown, as people really write it (with HTML inside), to the flat text. Runs in the browser and
 * on the server. No word is lost: what the flat text cannot say keeps its words and is reported.
 */
import type { Delta } from '#lib/documents/text/blocks.ts';
import { newBlockId } from '#lib/documents/text/ids.ts';
import { Invalid } from '#lib/errors.ts';
import { Budget } from './budget.ts';
import { type Chunk, chunksOf } from './chunks.ts';
import { Composer } from './compose.ts';
import { Definitions } from './definitions.ts';
import { withoutCode } from './dropped.ts';
import type { Event } from './events.ts';
import { withFootnotes } from './footnotes.ts';
import { parse } from './parse.ts';
import { type Problem, Problems } from './problems.ts';
import { IMPORT_LIMIT, sourceText } from './source.ts';
import { TreeReader } from './tree.ts';

export type { Problem } from './problems.ts';
export { IMPORT_LIMIT } from './source.ts';

export interface ImportOptions {
	/** Inputs of this many bytes or more are refused. */
	limit?: number;
	/** Names blocks, notes, tables and rows; random unless given. */
	newId?: () => string;
}

export interface Imported {
	delta: Delta;
	/** The words of the first heading, or '' when there is none. */
	title: string;
	/** Everything that could not be taken over as it was, in order. */
	problems: Problem[];
}

/**
 * Reads a Markdown text.
 * @throws Invalid `import_too_large` `{limitMB}`, `import_binary` or `import_empty`; never anything else.
 */
export function importMarkdown(input: Uint8Array | string, options: ImportOptions = {}): Imported {
	const text = sourceText(input, options.limit ?? IMPORT_LIMIT);
	const problems = new Problems();
	const composer = new Composer(problems, options.newId ?? newBlockId);
	composer.read(withFootnotes(withoutCode(eventsOf(text, problems), problems)));
	const { delta, title } = composer.finish();
	if (delta.length === 0) throw new Invalid('import_empty');
	return { delta, title, problems: problems.list() };
}

function eventsOf(text: string, problems: Problems): Event[] {
	const chunks = chunksOf(text);
	const definitions = new Definitions(chunks);
	const budget = new Budget();
	const events: Event[] = [];
	const reader = new TreeReader();
	for (const chunk of chunks) {
		const affordable = budget.affords(chunk.text);
		if (!affordable) problems.add('too_complex', chunk.line);
		const found = affordable
			? reader.events(parse(definitions.completed(chunk.text)), chunk.text, chunk.line)
			: plainEvents(chunk);
		for (const event of found) events.push(event);
	}
	return events;
}

/** A chunk that is not parsed: its paragraphs as plain words. */
function plainEvents({ text, line }: Chunk): Event[] {
	const paragraphs = text.split(/\n[ \t]*\n/).filter((paragraph) => paragraph.trim() !== '');
	return paragraphs.flatMap((paragraph): Event[] => [
		{ kind: 'open', tag: 'p', attrs: {}, line },
		{ kind: 'text', text: paragraph, line, verbatim: false },
		{ kind: 'close', tag: 'p', line }
	]);
}
