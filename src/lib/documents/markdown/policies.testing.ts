import { existsSync, readFileSync } from 'node:fs';

const FOLDER = '../shared/data/policies';

/** Two versions of a real policy, or null where they are not at hand; the tests then say so. */
export const policies = existsSync(FOLDER)
	? {
			draft: readFileSync(`${FOLDER}/federal-source-code-policy-consultation-2016-04.md`, 'utf8'),
			final: readFileSync(`${FOLDER}/federal-source-code-policy-final-2016-08.md`, 'utf8')
		}
	: null;

if (!policies) console.warn(`Skipped: the real policies are not at ${FOLDER}.`);
