import type { Transport } from '@sveltejs/kit';
import { Unsent } from '#lib/ui/unsent.ts';

/** How what `load` returns comes into the browser, besides what every page can send. */
export const transport: Transport = {
	Unsent: {
		encode: (value) => value instanceof Unsent && 1,
		// Not nothing: it tells the page that there is markup to take over.
		decode: () => new Unsent(' ')
	}
};
