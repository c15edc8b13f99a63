/** Letters that Unicode does not take apart into a base letter and a mark. */
const LETTERS: Record<string, string> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ı: 'i',
	ħ: 'h',
	ŋ: 'ng',
	...pairs('абвгдезийклмнопрстуфыэіґ', 'abvgdeziyklmnoprstufyeig'),
	...{ ж: 'zh', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ю: 'yu', я: 'ya', є: 'ye' },
	...{ ъ: '', ь: '' },
	...pairs('αβγδεζηικλμνξοπρσςτυφω', 'avgdeziiklmnxoprsstyfo'),
	...{ θ: 'th', χ: 'ch', ψ: 'ps' }
};

/** Addresses below /documents that are pages of their own. */
const RESERVED = new Set(['new']);
const LONGEST = 60;

function pairs(from: string, to: string): Record<string, string> {
	return Object.fromEntries([...from].map((letter, at) => [letter, to[at] ?? '']));
}

/**
 * The name of a title in addresses: lowercase latin letters, digits and hyphens, at most 60, cut
 * between words. Titles in scripts we cannot spell out become `document`.
 */
export function slugOf(title: string): string {
	const spelled = [...title.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')]
		.map((letter) => LETTERS[letter] ?? letter)
		.join('');
	const words = spelled
		.replace(/['’]/g, '')
		.split(/[^a-z0-9]+/)
		.filter(Boolean);
	let slug = '';
	for (const word of words) {
		if (slug && slug.length + 1 + word.length > LONGEST) break;
		slug = slug ? `${slug}-${word}` : word.slice(0, LONGEST);
	}
	return slug === '' || RESERVED.has(slug) ? `document${slug ? `-${slug}` : ''}` : slug;
}
