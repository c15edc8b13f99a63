import { expect, test } from 'vitest';
import { slugOf } from './slugs.ts';

test.each([
	['Urban Heat and Shade Ordinance', 'urban-heat-and-shade-ordinance'],
	['Œuvres & règles : l’été à Liège', 'oeuvres-regles-lete-a-liege'],
	['Straße, Łódź, Smørrebrød', 'strasse-lodz-smorrebrod'],
	['Закон о защите', 'zakon-o-zashchite'],
	['Νόμος για τη σκιά', 'nomos-gia-ti-skia'],
	['法律', 'document'],
	['   ', 'document'],
	['New', 'document-new'],
	['<script>alert(1)</script>', 'script-alert-1-script'],
	['../../etc/passwd', 'etc-passwd']
])('the title %j is found at %j', (title, slug) => {
	expect(slugOf(title)).toBe(slug);
});

test('a long title is cut between words, a single endless word inside', () => {
	const slug = slugOf('word '.repeat(40));
	expect(slug.length).toBeLessThanOrEqual(60);
	expect(slug.endsWith('word')).toBe(true);
	expect(slugOf('x'.repeat(300))).toBe('x'.repeat(60));
});
