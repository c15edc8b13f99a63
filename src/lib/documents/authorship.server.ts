import { namesOf } from '#lib/people/people.server.ts';
import type { House } from '#lib/server/house.ts';
import type { Written } from './authorship.ts';
import type { LiveEngine } from './live/engine.server.ts';
import { alignedText } from './text/blocks.ts';

const LONGEST_WORDS = 200;

/**
 * Who wrote a stretch of the living text, from the attribution rows. Neighbouring stretches of one
 * person are told as one.
 */
export async function wordsOf(
	house: House,
	live: Pick<LiveEngine, 'authorsOf' | 'read'>,
	documentId: string,
	from: number,
	to: number
): Promise<Written[]> {
	const authored = await live.authorsOf(documentId, from, to);
	const { blocks } = await live.read(documentId);
	const text = blocks.map((block) => `${alignedText(block)}\n`).join('');
	const names = await namesOf(
		house.store.db,
		authored.map((one) => one.personId)
	);
	const written: Array<Written & { personId: string }> = [];
	for (const { from: start, to: end, personId, at } of authored) {
		const words = text.slice(start, end).replaceAll('\uFFFC', '');
		const last = written.at(-1);
		if (last?.personId === personId) {
			last.words += words;
			last.at = Math.max(last.at, at);
		} else written.push({ personId, words, at, name: names.get(personId) ?? null });
	}
	return written.map(({ words, name, at }) => ({ words: shortened(words), name, at }));
}

function shortened(words: string): string {
	const line = words.replace(/\s+/g, ' ').trim();
	return line.length <= LONGEST_WORDS ? line : `${line.slice(0, LONGEST_WORDS - 1)}…`;
}
