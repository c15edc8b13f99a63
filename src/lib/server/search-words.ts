/**
 * How words are made alike for searching: the same on both databases, so that the same question finds
 * the same. Capitals and accents do not count, words that every sentence has are left out, and the
 * endings of the languages we know are taken off.
 */

/** More words than this in one entry add nothing; a question has fewer. */
const MOST_WORDS = 2_000;
export const MOST_ASKED = 40;
const LONGEST_WORD = 40;

const WORD = /[\p{L}\p{N}]+/gu;

const STOP: Record<string, Set<string>> = {
	en: new Set(
		`a an and are as at be been but by can could did do does for from had has have he her him his how i if in into is it its
		may me more most must my no nor not of on one only or our out shall she should so some such than that the their them
		then there these they this those to too under up was we were what when where which while who why will with would you your`.split(
			/\s+/
		)
	),
	fr: new Set(
		`a afin ai ainsi alors as au aucun aussi autre aux avec car ce ceci cela ces cet cette chez comme d dans de des donc dont du elle
		elles en encore entre est et etaient etait ete etre eu fait il ils j je l la le les leur leurs lui m ma mais me meme mes
		mon n ne ni nos notre nous on ont ou par pas plus pour qu quand que quel quelle qui s sa sans se sera ses si son sont sous
		sur t ta te tes ton tous tout toute toutes tres tu un une vers vos votre vous y`.split(/\s+/)
	)
};

/** Text without capitals and accents, in any script. */
function folded(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of a text in the form in which they are kept and asked for, in order, repeated as they are. */
export function searchWords(text: string, language: string): string[] {
	const stop = STOP[language];
	const words: string[] = [];
	for (const [word] of folded(text).matchAll(WORD)) {
		if (stop?.has(word)) continue;
		words.push(stemmed(word.slice(0, LONGEST_WORD), language));
		if (words.length === MOST_WORDS) break;
	}
	return words;
}

/** The different words of a question; when it has nothing but words that do not count, those. */
export function askedWords(text: string, language: string): string[] {
	const words = searchWords(text, language);
	const asked = words.length > 0 ? words : searchWords(text, '');
	return [...new Set(asked)].slice(0, MOST_ASKED);
}

/** A light hand: what is cut too far finds too much, and what is not cut finds too little. */
function stemmed(word: string, language: string): string {
	if (word.length < 4 || /\p{N}/u.test(word)) return word;
	if (language === 'en') return english(word);
	if (language === 'fr') return french(word);
	return word;
}

function english(word: string): string {
	let stem = word.replace(/(?:'s|s')$/, '');
	if (/(?:ss|us|is)$/.test(stem)) return stem;
	stem = stem
		.replace(/ies$/, 'y')
		.replace(/(sh|ch|x|z|s)es$/, '$1')
		.replace(/s$/, '');
	if (/[aeiouy].*(?:ed|ing)$/.test(stem) && stem.length > 5) {
		stem = stem.replace(/(?:ed|ing)$/, '').replace(/([bdfgmnprt])\1$/, '$1');
	}
	return stem.length > 4 ? stem.replace(/e$/, '') : stem;
}

function french(word: string): string {
	let stem = word.replace(/aux$/, 'al').replace(/(?:s|x)$/, '');
	if (stem.length > 5) stem = stem.replace(/(?:ee|er|ez|ai[st]?|ant|ent)$/, '');
	return stem.length > 3 ? stem.replace(/e$/, '') : stem;
}

/** How alike two sets of words are, 0 … 1: what they share beside how much each has. */
export function likeness(asked: readonly string[], words: ReadonlySet<string>): number {
	if (asked.length === 0 || words.size === 0) return 0;
	const shared = asked.filter((word) => words.has(word)).length;
	return shared / Math.sqrt(asked.length * words.size);
}
