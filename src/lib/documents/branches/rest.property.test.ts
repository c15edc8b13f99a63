import fc from 'fast-check';
import { describe, it } from 'vitest';
import { pick } from './accept.ts';
import { rewritten } from './rest.ts';
import { aScene, mustEqual, play, reading, withUpdates } from './scenes.testing.ts';
import { weave } from './weave.ts';

/** Hundreds of runs, on machines that may be busy. */
const PATIENCE = 120_000;

describe('the rest of a branch, on random texts', () => {
	it(
		'B9: a part and then the rest come to the same text as the whole',
		() => {
			fc.assert(
				fc.property(aScene, fc.nat(), (scene, mask) => {
					const { main, branches } = play(scene);
					const hunks = weave(main, [branches[0]!]).hunks.get('b0')!;
					const isPicked = (_: unknown, index: number) => ((mask >> index) & 1) === 1;
					const keys = hunks.filter(isPicked).map(({ key }) => key);
					const rest = hunks.filter((hunk) => !keys.includes(hunk.key));
					const part = pick(main, branches[0]!, keys);
					const update = rewritten(main, rest, 999);
					const whole = reading(withUpdates(main, branches[0]!.update));
					mustEqual(reading(withUpdates(part.state, update)), whole);
				}),
				{ numRuns: 500 }
			);
		},
		PATIENCE
	);
});
