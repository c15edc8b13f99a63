import { expect, test } from 'vitest';
import { startLater, startPatiently } from './patience.server.ts';

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

const kitStarter = `<script nonce="x">
	Promise.all([
		import("/_app/immutable/entry/start.a.js"),
		import("/_app/immutable/entry/app.b.js")
	]).then(([kit, app]) => { kit.start(app, element, {
		node_ids: [0, 2],
		data: [{words:"A $& of [trees],"}],
		form: null
	}); });
</script>`;

test('what the components begin with is taken out of a patient page', () => {
	const page = startPatiently(`<article data-reader="/r.js">Text</article>${kitStarter}`);
	const { html, data } = startLater(page, (words) => `/start/${words.length}.js`)!;
	expect(data).toBe('[{words:"A $& of [trees],"}]');
	expect(html).not.toContain('trees');
	expect(html).toContain(`import("/start/${data.length}.js").catch(`);
	expect(html).toMatch(
		/\.then\(\(\[kit, app, \{ data \}\]\) => .*\{\s+node_ids: \[0, 2\],\s+data,/
	);
});

test('a page that starts as always keeps it', () => {
	expect(startLater(kitStarter, () => '/start')).toBeUndefined();
});
