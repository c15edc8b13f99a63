import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPerson } from '#lib/people/registration.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import { freshHouse } from '#tests/support/house.ts';
import { findDocument, listDocuments } from './documents.server.ts';
import { startDocument } from './import.server.ts';
import type { Start } from './inputs.ts';
import { countWords } from './outline.ts';
import { plainText } from './text/blocks.ts';
import { memoryTexts } from './texts.testing.ts';

const FORM: Start = {
	start: 'file',
	title: '',
	summary: '',
	kind: 'policy',
	language: 'en',
	licence: 'CC0-1.0'
};
const POLICIES = new URL('../../../../shared/data/policies/', import.meta.url);
const REAL = [
	'federal-source-code-policy-consultation-2016-04.md',
	'federal-source-code-policy-final-2016-08.md'
];

let house: Awaited<ReturnType<typeof freshHouse>>;
let texts: ReturnType<typeof memoryTexts>;
let lead: Actor;
beforeEach(async () => {
	house = await freshHouse();
	texts = memoryTexts(house.clock);
	const duties = [{ kind: 'innovation_lead', scopeType: 'house', scopeId: null } as const];
	lead = await actorOf(
		house,
		(await createPerson(house, { name: 'Lea', email: 'lea@meravia.example', duties })).id
	);
});
afterEach(() => house.close());

const file = (words: string, name = 'a-plan.md') => ({
	name,
	bytes: new TextEncoder().encode(words)
});
const start = (form: Partial<Start>, brought?: ReturnType<typeof file>) =>
	startDocument(house, texts.live, lead, { ...FORM, ...form }, brought);

test('a file gives its first heading as the title, or else its name', async () => {
	const { document } = await start({}, file('# Shade for all\n\nWords.'));
	expect(document.title).toBe('Shade for all');
	expect((await start({}, file('Only words.'))).document.title).toBe('a plan');
	expect((await start({ title: 'Mine' }, file('# Theirs'))).document.title).toBe('Mine');
});

test('a template and a blank page need a title', async () => {
	const { document } = await start({ start: 'policy', title: 'Quiet streets' });
	expect(document.slug).toBe('quiet-streets');
	const untitled = start({ start: 'blank', title: ' ' });
	await expect(untitled).rejects.toMatchObject({ code: 'title_short', params: { field: 'title' } });
});

test.each([
	['nothing', undefined, 'file_missing'],
	['an empty file', file('  \n'), 'import_empty'],
	['a binary', { name: 'x.md', bytes: new Uint8Array([0, 1, 2, 255]) }, 'import_binary'],
	['5 MB', { name: 'x.md', bytes: new Uint8Array(5_000_000).fill(97) }, 'import_too_large']
])('%s is refused beside the field, and nothing is made', async (_, brought, code) => {
	const refused = start({ title: 'A title' }, brought as ReturnType<typeof file>);
	await expect(refused).rejects.toMatchObject({ kind: 'Invalid', code, params: { field: 'file' } });
	expect((await listDocuments(house, lead)).total).toBe(0);
});

test('what could not be mapped is listed', async () => {
	const { problems } = await start({}, file('# A plan\n\n<script>alert(1)</script>\n\nText.'));
	expect(problems).toMatchObject([{ code: 'html_dropped', params: { tag: 'script' }, line: 3 }]);
});

// The real policies are not part of the project: this says so where they are not beside it.
test.skipIf(!existsSync(POLICIES)).each(REAL)('the real policy %s comes over', async (name) => {
	const bytes = new Uint8Array(await readFile(new URL(name, POLICIES)));
	const { document, problems } = await start({ title: 'Source code policy' }, { name, bytes });
	const { blocks } = await texts.live.read(document.id);
	expect((await findDocument(house, lead, document.slug)).document.id).toBe(document.id);
	expect(countWords(blocks)).toBeGreaterThan(5_800);
	const footnotes = new Set(new TextDecoder().decode(bytes).match(/<li id="fn\d+"/g));
	const notes = new Set(blocks.flatMap(({ attrs }) => (attrs.type === 'note' ? attrs.note : [])));
	expect(notes.size).toBe(footnotes.size);
	expect(blocks.map(plainText).join(' ')).not.toMatch(/<\/?(li|ul|sup|em|br)\b/);
	expect(problems.map(({ code }) => code)).not.toContain('too_complex');
});
