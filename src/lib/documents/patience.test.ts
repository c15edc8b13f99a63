import { expect, test } from 'vitest';
import { startPatiently } from './patience.server.ts';

const starter = `<script nonce="x">
	Promise.all([
		import("/_app/immutable/entry/start.a.js"),
		import("/_app/immutable/entry/app.b.js")
	]).then(([kit, app]) => { kit.start(app, element, { data: [] }); });
</script>`;

test('a page that names its reader waits for it', () => {
	const page = `<article data-reader="/r.js">Text</article>${starter}`;
	const patient = startPatiently(page);
	expect(patient).toContain('addEventListener("folkmoot:intent", go');
	expect(patient).toMatch(
		/\.then\(\(\) => Promise\.all\(\[\s*import\("\/_app\/immutable\/entry\/start/
	);
	expect(patient).toMatch(/app\.b\.js"\)\s*\]\)\)\.then\(\(\[kit, app\]\)/);
});

test('other pages start as always', () => {
	expect(startPatiently(starter)).toBe(starter);
	expect(startPatiently('<article data-reader="/r.js">no starter</article>')).not.toContain(
		'Promise'
	);
});
