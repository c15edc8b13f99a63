import { describe, expect, it } from 'vitest';
import { sliceMeter } from './meter.ts';

describe('sliceMeter', () => {
	it('lays the parts end to end over the whole width, in their order', () => {
		const slices = sliceMeter({ against: 1, strong: 2, if: 1 });
		expect(slices).toEqual([
			{ part: 'strong', count: 2, from: 0, width: 50 },
			{ part: 'if', count: 1, from: 50, width: 25 },
			{ part: 'against', count: 1, from: 75, width: 25 }
		]);
	});

	it('is empty when nobody has spoken', () => {
		expect(sliceMeter({})).toEqual([]);
		expect(sliceMeter({ strong: 0, none: 0 })).toEqual([]);
	});
});
