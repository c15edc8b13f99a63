import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plainText } from '../text/blocks.ts';
import { openBody, seedBody } from '../text/body.ts';
import { mergeBranches, pick, preview } from './accept.ts';
import { branchUpdate, catchUp, isEmpty, openBranch, sizeOf } from './branch.ts';
import { changesOf, painted, touchedBlocks, visibleHunks } from './marks.ts';
import { overlapOf, overlaps } from './overlap.ts';
import { revert } from './revert.ts';
import { readSince, staleOf, wordsOf } from './stale.ts';
import { excerpt, summarise } from './summary.ts';
import { asAccepted } from './pieces.ts';
import { weave } from './weave.ts';
import { renderHtml } from '../render/html.ts';

const CLAUSE =
	'Street vendors may trade within ten metres of a shaded stop, provided that a passage of two metres ' +
	'stays free for people walking, pushing a pram or using a wheelchair.';

function town() {
	const doc = new Y.Doc();
	doc.clientID = 1000;
	const body = openBody(doc);
	const end = (id: string, type: string) => ({ insert: '\n', attributes: { block: { id, type } } });
	seedBody(body, [
		{ insert: 'Vendors' },
		end('h', 'heading'),
		{ insert: CLAUSE },
		end('c42', 'clause'),
		{ insert: 'Fines are set by the council.' },
		end('c43', 'clause')
	]);
	const state = () => Y.encodeStateAsUpdate(doc);
	return { doc, body, state };
}

type Town = ReturnType<typeof town>;

/** Replaces words, found by their text, as somebody on a branch. */
function suggest(main: Town, id: string, client: number, ...edits: Array<[string, string]>) {
	const branch = openBranch(main.state());
	branch.doc.clientID = client;
	for (const [words, instead] of edits) replace(branch.body, words, instead);
	return { id, update: branchUpdate(branch) };
}

/** `words` may hold a `|`: what is before it stays, and `instead` replaces what is after. */
function replace(body: Y.Text, words: string, instead: string) {
	const [before = '', gone = ''] = words.includes('|') ? words.split('|') : ['', words];
	const at = body.toString().indexOf(before + gone);
	if (at < 0) throw new Error(`"${words}" is not there`);
	body.doc!.transact(() => {
		if (gone) body.delete(at + before.length, gone.length);
		body.insert(at + before.length, instead);
	});
}

const clauseOf = (blocks: Array<{ spans: never } | Parameters<typeof plainText>[0]>) =>
	plainText(blocks[1]!);

function fiveOfThePicture(main: Town) {
	return [
		suggest(main, 'amina', 11, ['ten', 'twenty']),
		suggest(main, 'vendors', 12, ['may', 'shall be allowed to']),
		suggest(main, 'jonas', 13, ['two metres|', ', awning included,']),
		suggest(main, 'seniors', 14, ['walking,|', ' using a stick,']),
		suggest(main, 'dana', 15, ['pram or|', ' a delivery trolley or'])
	];
}

describe('the clause on street vendors', () => {
	it('reads as the picture shows when the five are accepted together', () => {
		const main = town();
		const five = fiveOfThePicture(main);
		expect(overlaps(weave(main.state(), five))).toEqual([]);
		const { updates, blocks } = mergeBranches(main.state(), five);
		const text =
			'Street vendors shall be allowed to trade within twenty metres of a shaded stop, provided that a ' +
			'passage of two metres, awning included, stays free for people walking, using a stick, pushing a ' +
			'pram or a delivery trolley or using a wheelchair.';
		expect(clauseOf(blocks)).toBe(text);
		expect(clauseOf(preview(main.state(), five))).toBe(text);
		for (const { rows } of [...updates].reverse()) {
			for (const { update } of rows) Y.applyUpdate(main.doc, update);
		}
		expect(main.body.toString().split('\n')[1]).toBe(text);
	});

	it('asks a person about ten metres, and shows it three ways', () => {
		const main = town();
		const all = [
			...fiveOfThePicture(main),
			suggest(main, 'lena', 16, ['ten metres', 'sight']),
			suggest(main, 'paul', 17, [CLAUSE, ''])
		];
		const woven = weave(main.state(), all);
		const pair = overlapOf(woven, 'lena', 'amina')!;
		expect(pair.reasons.map(({ kind }) => kind)).toEqual(['both_delete', 'inside', 'same_place']);
		const words = (id: string | null) =>
			excerpt(woven.blocks, pair, id, 2)
				.map(({ kind, text }) =>
					kind === 'same' ? text : kind === 'ins' ? `[${text}]` : `-${text}-`
				)
				.join('');
		expect(words(null)).toBe('trade within ten metres of a');
		expect(words('amina')).toBe('trade within -ten-[twenty] metres of a');
		expect(words('lena')).toBe('trade within -ten metres-[sight] of a');
		const withPaul = overlaps(woven).filter(({ a, b }) => a === 'paul' || b === 'paul');
		expect(withPaul.length).toBe(6);
		expect(overlaps(woven).length).toBe(7);
		expect(() => mergeBranches(main.state(), all)).toThrow('branches_overlap');
	});

	it('sums each suggestion up for its row', () => {
		const main = town();
		const all = [...fiveOfThePicture(main), suggest(main, 'paul', 17, [CLAUSE, ''])];
		const { blocks } = weave(main.state(), all);
		const row = (id: string) => summarise(blocks, id);
		expect(row('amina').text).toBe('ten → twenty');
		expect(row('amina').parts).toEqual([
			{ kind: 'same', text: 'trade within ' },
			{ kind: 'del', text: 'ten' },
			{ kind: 'ins', text: 'twenty' },
			{ kind: 'same', text: ' metres of' }
		]);
		expect(row('jonas').text).toBe('+ , awning included,');
		expect(row('paul').removedBlocks).toBe(1);
		expect(row('paul').text).toMatch(/^− Street vendors may trade within .*…$/);
		expect(row('amina').removedBlocks).toBe(0);
	});

	it('draws the five as ins and del on the living text', () => {
		const main = town();
		const woven = weave(main.state(), fiveOfThePicture(main));
		const shown = painted(woven.blocks);
		const html = renderHtml(shown.blocks, { marks: shown.marks });
		expect(html).toContain('within <del>ten</del><ins>twenty</ins> metres');
		expect(html).toContain('two metres<ins>, awning included,</ins> stays');
		expect(shown.by.map(([id]) => id)).toContain('dana');
	});

	it('coexists at one place when nothing is taken away there, and asks when words are the same', () => {
		const main = town();
		const sun = suggest(main, 'sun', 11, ['metres of a shaded stop|', ' or a tree']);
		const fountain = suggest(main, 'fountain', 12, ['metres of a shaded stop|', ' or a fountain']);
		const again = suggest(main, 'again', 13, ['metres of a shaded stop|', ' or a tree']);
		const about = suggest(main, 'about', 14, ['within |', 'about ']);
		const amina = suggest(main, 'amina', 15, ['ten', 'twenty']);
		const woven = weave(main.state(), [sun, fountain, again, about, amina]);
		const kinds = overlaps(woven).map(({ a, b, reasons }) => [a, b, ...reasons.map((r) => r.kind)]);
		expect(kinds).toContainEqual(['again', 'sun', 'same_words']);
		expect(kinds).toContainEqual(['about', 'amina', 'same_place']);
		expect(kinds.length).toBe(2);
		const text = clauseOf(mergeBranches(main.state(), [fountain, sun]).blocks);
		expect(text).toContain('stop or a tree or a fountain, provided');
	});

	it('stays on its words when main is split, joined and edited meanwhile', () => {
		const main = town();
		const five = fiveOfThePicture(main);
		const end = (id: string) => ({ block: { id, type: 'clause' } });
		main.body.insert(main.body.toString().indexOf(' provided'), '\n', end('new'));
		replace(main.body, 'shaded stop|', ' in summer');
		main.body.delete(main.body.toString().indexOf('\nFines'), 1);
		const woven = weave(main.state(), five);
		const { blocks } = mergeBranches(main.state(), five);
		const shown = asAccepted(woven.blocks, () => true);
		expect(shown).toEqual(blocks.map(({ attrs, spans }) => ({ attrs, spans })));
		expect(plainText(blocks[1]!)).toBe(
			'Street vendors shall be allowed to trade within twenty metres of a shaded stop in summer,'
		);
		expect(touchedBlocks(main.state(), five[2]!)).toEqual(['c43']);
	});

	it('reports splits, joins, levels and marks as what they are', () => {
		const main = town();
		const branch = openBranch(main.state());
		branch.doc.clientID = 21;
		const text = () => branch.body.toString();
		branch.body.insert(text().indexOf(' provided'), '\n', { block: { id: 'n', type: 'clause' } });
		branch.body.format(text().indexOf('two metres'), 10, { strong: true });
		branch.body.delete(text().indexOf('\nFines'), 1);
		branch.body.format(text().indexOf('\n'), 1, { block: { id: 'h', type: 'heading', level: 2 } });
		const update = branchUpdate(branch);
		const changes = changesOf(weave(main.state(), [{ id: 'x', update }]), 'x');
		expect(changes.map(({ kind }) => kind)).toEqual(['retype', 'split', 'restyle', 'join']);
		expect(changes[2]).toMatchObject({ text: 'two metres', after: { strong: true } });
	});

	it('says that main has taken away what it builds on', () => {
		const main = town();
		const fork = main.state();
		const inside = {
			...suggest(main, 'inside', 11, ['ten metres of|', ' open ground at']),
			seq: 5
		};
		const instead = { ...suggest(main, 'instead', 12, ['two metres', 'three metres']), seq: 5 };
		const elsewhere = { ...suggest(main, 'elsewhere', 13, ['pram', 'buggy']), seq: 5 };
		const rows: Array<{ seq: number; update: Uint8Array }> = [];
		main.doc.on('update', (update: Uint8Array) => rows.push({ seq: 6 + rows.length, update }));
		replace(main.body, ' within ten metres of a shaded stop', '');
		replace(main.body, 'two', 'four');
		const woven = weave(main.state(), [inside, instead, elsewhere]);
		const stale = staleOf(woven, readSince(rows));
		expect(stale.map(({ branchId }) => branchId).sort()).toEqual(['inside', 'instead']);
		const gone = (id: string) => wordsOf(fork, stale.find((one) => one.branchId === id)!.gone);
		expect(gone('instead')).toContain('two');
		expect(gone('inside')).toBe(' within ten metres of a shaded stop');
		expect(staleOf(weave(fork, [inside, instead, elsewhere]), readSince([]))).toEqual([]);
	});

	it('accepts a part, under its author, and leaves nothing of the rest to read', () => {
		const main = town();
		const both = suggest(main, 'both', 31, ['ten', 'twenty'], ['pram', 'buggy']);
		const [first] = visibleHunks(weave(main.state(), [both]), 'both');
		const { updates, blocks } = pick(main.state(), both, [first!.key]);
		expect(clauseOf(blocks)).toBe(CLAUSE.replace('ten', 'twenty'));
		expect(updates[0]!.rows.map(({ client }) => client)).toEqual([31]);
		expect(new TextDecoder().decode(updates[0]!.update)).not.toContain('buggy');
		expect(() => pick(main.state(), both, ['9.9'])).toThrow('change_not_found');
	});

	it('is taken back by a change that keeps what others wrote since', () => {
		const main = town();
		const before = main.state();
		const [amina] = fiveOfThePicture(main);
		const bold = openBranch(before);
		bold.doc.clientID = 41;
		bold.body.format(bold.body.toString().indexOf('pram'), 4, { strong: true });
		const { updates } = mergeBranches(before, [amina!, { id: 'bold', update: branchUpdate(bold) }]);
		for (const { update } of updates) Y.applyUpdate(main.doc, update);
		replace(main.body, 'twen|', '-XX-');
		replace(main.body, 'metres|', ' (measured)');
		const undo = revert(main.state(), Y.mergeUpdates(updates.map((one) => one.update)), before, 99);
		Y.applyUpdate(main.doc, undo);
		const text = main.body.toString().split('\n')[1]!;
		expect(text).toContain('within ');
		expect(text.replace('-XX-', '')).toBe(CLAUSE.replace('metres', 'metres (measured)'));
		expect(text).toContain('-XX-');
		expect(JSON.stringify(main.body.toDelta())).not.toContain('strong');
	});

	it('holds only what it adds, also after it was brought up to date', () => {
		const main = town();
		const branch = openBranch(main.state());
		branch.doc.clientID = 51;
		expect(isEmpty(branch)).toBe(true);
		replace(branch.body, 'ten|', ' secret');
		replace(branch.body, ' secret', '');
		expect(isEmpty(branch)).toBe(true);
		replace(branch.body, 'ten', 'twenty');
		const size = sizeOf(branch);
		expect(size).toMatchObject({ inserted: 6, deleted: 3 });
		replace(main.body, 'Fines', 'Penalties');
		catchUp(branch, main.state());
		expect(sizeOf(branch)).toEqual(size);
		expect(branch.body.toString()).toContain('Penalties');
		expect(new TextDecoder().decode(branchUpdate(branch))).not.toContain('secret');
		Y.applyUpdate(main.doc, branchUpdate(branch));
		catchUp(branch, main.state());
		expect(isEmpty(branch)).toBe(true);
	});
});
