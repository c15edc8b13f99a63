/**
 * A page with `data-reader` starts patiently: instead of all its components it first runs the small
 * script which that attribute names, and fetches the components only when that script says so. This
 * rewrites the starter that SvelteKit wrote; a page it does not recognise starts as always.
 */
const STARTER = /Promise\.all\(\[(\s*import\("[^"]+"\),\s*import\("[^"]+"\)\s*)\]\)\.then/;

const WAIT = `new Promise((go) => {
						addEventListener("folkmoot:intent", go, { once: true });
						import(document.querySelector("[data-reader]").dataset.reader).catch(go);
					})`;

export function startPatiently(html: string): string {
	if (!html.includes(' data-reader="')) return html;
	return html.replace(
		STARTER,
		(_, imports: string) => `${WAIT}.then(() => Promise.all([${imports}])).then`
	);
}

const IMPORTS =
	/Promise\.all\(\[(\s*import\("[^"]+"\),\s*import\("[^"]+"\))\s*\]\)\)\.then\(\(\[kit, app\]\)/;
/** What the components begin with: SvelteKit writes it on one line. */
const DATA = /^\t+data: (\[.*\]),$/m;

/**
 * Takes out of a patient page what its components begin with: all its words once more. They are fetched
 * with the components, from the address that `addressOf` gives them. Should they be gone by then, the
 * page is loaded anew. `undefined` for a page that does not start patiently.
 */
export function startLater(
	html: string,
	addressOf: (data: string) => string
): { html: string; data: string } | undefined {
	const data = DATA.exec(html)?.[1];
	if (data === undefined || !html.includes(WAIT) || !IMPORTS.test(html)) return undefined;
	const gone = '() => new Promise(() => navigator.onLine && location.reload())';
	const later = html
		.replace(DATA, (line) => line.slice(0, line.indexOf('data:')) + 'data,')
		.replace(
			IMPORTS,
			(_, imports: string) =>
				`Promise.all([${imports},\n\t\t\t\t\t\timport(${JSON.stringify(addressOf(data))}).catch(${gone})\n\t\t\t\t\t])).then(([kit, app, { data }])`
		);
	return { html: later, data };
}
