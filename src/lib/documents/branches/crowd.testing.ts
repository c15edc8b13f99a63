/** A long text with a crowd of suggestions on it and much typing since: what the benchmark measures. */
import * as Y from 'yjs';
import { openBody, seedBody } from '../text/body.ts';
import { branchUpdate, openBranch } from './branch.ts';

const WORDS = 10_000;
const BRANCHES = 1_000;
const TYPED = 2_000;
const PER_BLOCK = 50;

/**
 * Ten thousand words, a thousand branches of which every tenth overlaps its neighbour, main edited since.
 * The last `onOneClause` of them are all on one clause: on its words, and every other between two of them.
 * With a `state` they stand on that text, which reads like the one made here.
 */
export function crowd({
	onOneClause = 0,
	state
}: { onOneClause?: number; state?: Uint8Array } = {}) {
	const doc = new Y.Doc();
	doc.clientID = 1;
	const body = openBody(doc);
	const blocks = Array.from({ length: WORDS / PER_BLOCK }, (_, block) => [
		{ insert: wordsOf(block) },
		{ insert: '\n', attributes: { block: { id: `b${block}`, type: 'clause', level: 1 } } }
	]);
	if (state) Y.applyUpdate(doc, state);
	else seedBody(body, blocks.flat());
	const fork = Y.encodeStateAsUpdate(doc);
	const spread = BRANCHES - onOneClause;
	const branches = Array.from({ length: BRANCHES }, (_, index) =>
		index < spread ? suggestion(fork, index) : crowded(fork, index)
	);
	const rows: Array<{ seq: number; update: Uint8Array }> = [];
	doc.on('update', (update: Uint8Array) => rows.push({ seq: rows.length + 2, update }));
	for (let turn = 0; turn < TYPED; turn++) {
		doc.clientID = 2 + (turn % 5);
		const at = (turn * 7_919) % (body.length - 10);
		if (turn % 4 > 0) body.insert(at, 'typed ');
		else if (
			!body
				.toString()
				.slice(at, at + 5)
				.includes('\n')
		)
			body.delete(at, 5);
	}
	return { main: Y.encodeStateAsUpdate(doc), fork, branches, rows, words: WORDS };
}

function wordsOf(block: number): string {
	return Array.from({ length: PER_BLOCK }, (_, word) => `word${(block * 7 + word) % 97}`).join(' ');
}

/** One word replaced, at a place of its own for most; every tenth takes its neighbour's. */
function suggestion(fork: Uint8Array, index: number) {
	const branch = openBranch(fork);
	branch.doc.clientID = 10_000 + index;
	const place = index % 10 === 9 ? index - 1 : index;
	const text = branch.body.toString();
	let at = 0;
	for (let line = Math.floor(place / 5); line > 0; line--) at = text.indexOf('\n', at) + 1;
	for (let word = (place % 5) * 9 + 2; word > 0; word--) at = text.indexOf(' ', at) + 1;
	branch.body.delete(at, text.slice(at).search(/[ \n]/));
	branch.body.insert(at, `suggestion${index}`);
	return { id: `s${index}`, update: branchUpdate(branch), seq: 1 };
}

/** One of many in one clause: every other replaces a word, the others put a word at one of few places. */
function crowded(fork: Uint8Array, index: number) {
	const branch = openBranch(fork);
	branch.doc.clientID = 10_000 + index;
	const text = branch.body.toString();
	let at = 0;
	for (let line = 100; line > 0; line--) at = text.indexOf('\n', at) + 1;
	const word = index % 2 === 0 ? (index >> 1) % (PER_BLOCK - 1) : ((index >> 1) % 5) * 9;
	for (let left = word; left > 0; left--) at = text.indexOf(' ', at) + 1;
	if (index % 2 === 0) branch.body.delete(at, text.slice(at).search(/[ \n]/));
	branch.body.insert(at, index % 2 === 0 ? `suggestion${index}` : `suggested${index} `);
	return { id: `s${index}`, update: branchUpdate(branch), seq: 1 };
}
