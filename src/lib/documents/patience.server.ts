/**
 * A page with `data-reader` starts patiently: instead of all its components it first runs the small
 * script which that attribute names, once the text is on the screen, and fetches the components only when
 * that script says so. This rewrites the starter that SvelteKit wrote; a page it does not recognise starts as always.
 */
const STARTER = /Promise\.all\(\[(\s*import\("[^"]+"\),\s*import\("[^"]+"\)\s*)\]\)\.then/;

/** The browser tells of its first paint; one that cannot is given a moment. */
const WAIT = `new Promise((go) => {
						addEventListener("folkmoot:intent", go, { once: true });
						const read = () => import(document.querySelector("[data-reader]").dataset.reader).catch(go);
						if (globalThis.PerformanceObserver?.supportedEntryTypes?.includes("paint")) {
							new PerformanceObserver((_, it) => (it.disconnect(), read())).observe({ type: "paint", buffered: true });
						} else setTimeout(read, 500);
					})`;

export function startPatiently(html: string): string {
	if (!html.includes(' data-reader="')) return html;
	return html.replace(
		STARTER,
		(_, imports: string) => `${WAIT}.then(() => Promise.all([${imports}])).then`
	);
}
