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
