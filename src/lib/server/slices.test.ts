import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gzipOf, Slice } from './slices.ts';

test('what is put together from parts reads as one text', async () => {
	const part = fc.record({
		text: fc.string({ unit: 'binary', maxLength: 400 }),
		packed: fc.boolean()
	});
	await fc.assert(
		fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
			const slices = await Promise.all(
				parts.map(({ text, packed }) => (packed ? Slice.of(text) : Slice.stored(text)))
			);
			const whole = Buffer.from(parts.map(({ text }) => text).join(''));
			// Unpacking checks checksum and length.
			expect(gunzipSync(gzipOf(slices))).toEqual(whole);
			expect(Buffer.concat(slices.map((slice) => slice.plain()))).toEqual(whole);
		})
	);
});

test('long parts too', async () => {
	const long = 'Every stop is shaded. '.repeat(40_000);
	const slices = [await Slice.of(long), Slice.stored('Ama'), await Slice.of(long)];
	expect(gunzipSync(gzipOf(slices)).toString()).toBe(`${long}Ama${long}`);
});
