/**
 * `npm run reanchor -- <old.md> <new.md>`: anchors every sentence of the old text and looks each up
 * in the new one, with the code that the product uses when a new version is imported.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { importMarkdown } from '#lib/documents/markdown/import.ts';
import { type Block, readBlocks } from '#lib/documents/text/blocks.ts';
import { type Anchor, anchorIn, type Place, Resolver } from './anchor.ts';
import { inOrder } from './anchor-order.ts';
import { sentencesOf } from './anchor-sentences.ts';
import { normal, TextIndex } from './anchor-text.ts';

export interface Reanchored {
	anchor: Anchor;
	place: Place;
}

/**
 * Every sentence of one text, looked up in another. A sentence that stands in the new text more than
 * once, and that its surroundings do not tell apart, is told apart by the order of all sentences.
 */
export function reanchor(before: Block[], after: Block[]): Reanchored[] {
	const old = new TextIndex(before);
	const anchors = sentencesOf(before).map(({ from, to }) => anchorIn(old, null, from, to, 0));
	const resolver = new Resolver({ blocks: after });
	const sentences = sentencesOf(after);
	const pairs = inOrder(
		anchors.map((anchor) => normal(anchor.quote).text),
		sentences.map(({ from, to }) => normal(resolver.index.words(from, to)).text)
	);
	return anchors.map((anchor, at) => {
		const place = resolver.resolve(anchor);
		const pair = sentences[pairs.get(at) ?? -1];
		const settled = place.status === 'exact' || !pair ? place : resolver.place('exact', pair);
		return { anchor, place: settled };
	});
}

function main([oldFile, newFile]: string[]): void {
	if (!oldFile || !newFile) {
		console.error('Usage: npm run reanchor -- <old.md> <new.md>');
		process.exit(2);
	}
	const [before, after] = [oldFile, newFile].map((file) =>
		readBlocks(importMarkdown(readFileSync(file)).delta)
	);
	for (const { anchor, place } of reanchor(before!, after!)) {
		const { status, found } = place;
		console.log(JSON.stringify({ quote: anchor.quote, status, found }));
	}
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
