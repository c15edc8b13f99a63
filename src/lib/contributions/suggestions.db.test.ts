import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Delta } from '#lib/documents/text/blocks.ts';
import { asAccepted } from '#lib/documents/branches/pieces.ts';
import { meeting, type Meeting } from './meeting.testing.ts';
import { contribution } from './schema.server.ts';
import { suggestInWords } from './suggest-words.server.ts';
import { nearTo, suggestionsOn } from './suggestions.server.ts';

const LINES = 60;
/** Long enough for the thread to be asked. */
const TEXT: Delta = Array.from({ length: LINES }, (_, line) => [
	{ insert: `Clause ${line} says ${'that much and more '.repeat(60)}and ends.` },
	{ insert: '\n', attributes: { block: { id: `c${line}`, type: 'clause', level: 1 } } }
]).flat();

let here: Meeting;
beforeEach(async () => void (here = await meeting({}, TEXT)));
afterEach(() => here.close());

async function suggest(who: 'ama' | 'jonas', line: number, by: string) {
	here.house.time.advance(20_000);
	const { seq, blocks } = await here.live.read(here.document.id);
	const block = blocks.find(({ id }) => id === `c${line}`)!;
	const words = block.spans.map((span) => ('text' in span ? span.text : '')).join('');
	return suggestInWords(here.house, here.live, await here.as(who), here.document.id, {
		block: `c${line}`,
		words: words.replace('ends', by),
		seq,
		reason: 'Better.',
		key: here.key(),
		termsAccepted: true
	});
}
const shown = () => suggestionsOn(here.house, here.live, here.document.id);

it('L7: open suggestions are read together, once for all who ask, and again when one comes or goes', async () => {
	for (let line = 0; line < 30; line += 1) await suggest('ama', line, `stops here ${line}`);
	const [first, same] = await Promise.all([shown(), shown()]);
	expect(first.open.size).toBe(30);
	expect(first).toBe(same);
	expect(first.blocks).toHaveLength(30);
	expect(first.text).toHaveLength(LINES);
	expect(first.overlaps).toEqual([]);
	const extra = await suggest('jonas', 7, 'finishes');
	const more = await shown();
	const [mine, other] = more.byBlock.get('c7')!.map((id) => more.open.get(id)!);
	expect(more.overlapping(mine!.id)).toEqual([other!.id]);
	expect(more.overlaps).toMatchObject([
		{ reasons: [{ kind: 'both_delete' }, { kind: 'same_place' }] }
	]);
	expect((await nearTo(here.house, here.live, here.document.id, ['c7'])).length).toBe(2);
	await here.house.store.db
		.update(contribution)
		.set({ outcome: 'declined' })
		.where(eq(contribution.id, extra.id));
	expect((await shown()).open.size).toBe(30);
});

it('L7: what is shown fits the text it comes with, while people type', async () => {
	for (let line = 0; line < 30; line += 1) await suggest('ama', line, `stops here ${line}`);
	await shown();
	for (let round = 0; round < 5; round += 1) {
		await here.rewrite(`Clause ${round} says`, `Clause ${round}, typed, says`);
		const { blocks, text, seq, open } = await shown();
		const plain = asAccepted(blocks, () => false);
		const fits = text.filter(({ id }) => blocks.some(({ block }) => block.id === id));
		expect(plain).toEqual(fits.map(({ attrs, spans }) => ({ attrs, spans })));
		expect(seq).toBeLessThanOrEqual((await here.live.read(here.document.id)).seq);
		expect(open.size).toBe(30);
	}
	const { seq } = await here.live.read(here.document.id);
	let at = 0;
	for (const end = Date.now() + 10_000; at < seq && Date.now() < end;) {
		await new Promise((next) => setTimeout(next, 50));
		at = (await shown()).seq;
	}
	expect(at).toBe(seq);
});

it('L7: a suggestion whose words main has lost is stale, and is shown as such', async () => {
	for (let line = 0; line < 30; line += 1) await suggest('ama', line, `stops here ${line}`);
	await here.live.write(here.document.id, here.ids.ines, (body) => {
		const at = body.toString().indexOf(' ends', body.toString().indexOf('Clause 3 says'));
		body.delete(at + 1, 4);
		body.insert(at + 1, 'halts');
	});
	let view = await shown();
	for (const end = Date.now() + 10_000; view.stale.length === 0 && Date.now() < end;) {
		await new Promise((next) => setTimeout(next, 50));
		view = await shown();
	}
	const { stale, open, byBlock } = view;
	expect(stale).toEqual(byBlock.get('c3'));
	expect(open.size).toBe(30);
});
