import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delta } from '../text/blocks.ts';
import { type Act, anyAct, perform } from './acts.testing.ts';
import { Room } from './peers.testing.ts';

const RUNS = Number(process.env.FC_RUNS ?? 10_000);

const end = (id: string, type: string, more: object = {}) => ({
	insert: '\n',
	attributes: { block: { id, type, ...more } }
});

const SEED: Delta = [
	{ insert: 'Shade' },
	end('h', 'heading', { level: 2 }),
	{ insert: 'The ' },
	{ insert: 'quick', attributes: { strong: true } },
	{ insert: { type: 'note', note: 'n' } },
	{ insert: ' 😀 fox' },
	end('p', 'paragraph'),
	{ insert: 'a' },
	end('c1', 'cell', { table: 't', row: 'r1' }),
	end('c2', 'cell', { table: 't', row: 'r1' }),
	end('i', 'item', { list: 'bullet', level: 2 }),
	{ insert: 'body' },
	end('n', 'note', { note: 'n' })
];

/** A step: one of three acts, or is given what the others sent. */
const step = fc.record({
	who: fc.nat({ max: 2 }),
	act: fc.option(anyAct(), { freq: 3, nil: null }),
	merged: fc.boolean()
});

test('every editor shows its text after every step, and all agree in the end', () => {
	let repairs = 0;
	fc.assert(
		fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
			const room = new Room(3, SEED);
			for (const { who, act, merged } of steps) {
				const peer = room.peers[who]!;
				if (act) perform(peer, act as Act);
				else room.sync(peer, merged);
				peer.check();
				repairs += peer.repairs.length;
			}
			room.checkConverged();
		}),
		{ numRuns: RUNS }
	);
	expect(repairs).toBe(0);
}, 600_000);
