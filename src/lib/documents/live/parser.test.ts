import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodePacket, encodePacket, Encoder, Decoder, type Packet } from './parser.ts';

const bytes = fc.uint8Array({ maxLength: 300 });
const argument = fc.oneof(
	bytes,
	fc.string(),
	fc.integer(),
	fc.constant(null),
	fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(fc.string(), fc.integer(), fc.boolean()))
);
const event: fc.Arbitrary<Packet> = fc.record(
	{
		type: fc.constant(2),
		nsp: fc.constantFrom('/', '/other'),
		id: fc.nat({ max: 2 ** 31 }),
		data: fc
			.array(argument, { maxLength: 8 })
			.map((list) => ['edit', ...list.map((one) => (Object.is(one, -0) ? 0 : one))])
	},
	{ requiredKeys: ['type', 'nsp', 'data'] }
);

it('gives back every packet as it was, binary in its place', () => {
	fc.assert(
		fc.property(event, (packet) => {
			// Through JSON as well: it knows no difference between a plain object and one without a prototype.
			const plain = (value: unknown): unknown =>
				JSON.parse(
					JSON.stringify(value, (_, one: unknown) => (one instanceof Uint8Array ? [...one] : one))
				);
			expect(plain(decodePacket(encodePacket(packet)))).toEqual(plain(packet));
		}),
		{ numRuns: 500 }
	);
});

it('carries an event with binary in one message', () => {
	const packet = { type: 2, nsp: '/', data: ['frame', { seq: 7 }, Uint8Array.of(1, 2), 0] };
	const messages = new Encoder().encode(packet);
	expect(messages).toHaveLength(1);
	const heard: Packet[] = [];
	const decoder = new Decoder().on('decoded', (one) => heard.push(one));
	decoder.add(messages[0]);
	decoder.add(Uint8Array.from(messages[0]!).buffer);
	decoder.destroy();
	decoder.add(messages[0]);
	expect(heard).toEqual([packet, packet]);
});

const update = fc.uint8Array({ maxLength: 300 });
const integer = fc.integer({ min: 0, max: 2 ** 35 - 1 });
const frame = fc
	.tuple(fc.string(), integer, integer, fc.array(fc.tuple(integer, integer)), fc.array(update))
	.map(([document, epoch, seq, pairs, updates]) => [
		'frame',
		{ document, epoch, seq, saved: pairs.flat() },
		...updates
	]);
const edit = fc
	.tuple(fc.string(), integer, update)
	.map(([document, n, bytes]) => ['edit', { document, n }, bytes]);

it('writes edits and frames short, and gives them back as they were', () => {
	fc.assert(
		fc.property(fc.oneof(frame, edit), (data) => {
			const short = encodePacket({ type: 2, nsp: '/', data });
			expect([5, 6]).toContain(short[0]);
			const back = decodePacket(short).data as unknown[];
			expect(back.map(plainBytes)).toEqual(data.map(plainBytes));
			// With an acknowledgement it is no short event.
			expect(encodePacket({ type: 2, nsp: '/', data, id: 3 })[0]).toBe(2);
		}),
		{ numRuns: 1_000 }
	);
});

it.each([
	['an integer too large', ['edit', { document: 'd', n: 2 ** 35 }, new Uint8Array()]],
	['no integer', ['edit', { document: 'd', n: 1.5 }, new Uint8Array()]],
	['more than it should', ['edit', { document: 'd', n: 1, as: 'lead' }, new Uint8Array()]],
	['no bytes', ['edit', { document: 'd', n: 1 }, 'x']],
	['an odd list', ['frame', { document: 'd', epoch: 1, seq: 1, saved: [1] }]]
])('leaves an event with %s as it is', (_, data) => {
	const packet = { type: 2, nsp: '/', data };
	expect(encodePacket(packet)[0]).toBe(2);
	expect(decodePacket(encodePacket(packet))).toEqual(packet);
});

const plainBytes = (value: unknown) => (value instanceof Uint8Array ? [...value] : value);

it.each([
	['text', '2["edit"]'],
	['nothing', new Uint8Array()],
	['an unknown type', Uint8Array.of(7, 0, 0, 0, 0)],
	['an event without a name', encodePacket({ type: 2, nsp: '/', data: [1] })],
	['a reserved event', encodePacket({ type: 2, nsp: '/', data: ['disconnect'] })],
	['an event that is no list', encodePacket({ type: 2, nsp: '/', data: { a: 1 } })],
	['broken JSON', Uint8Array.of(2, 0, 0, 0, 2, 123, 123)],
	['trailing bytes', Uint8Array.of(...encodePacket({ type: 1, nsp: '/' }), 0)],
	['an attachment without a place', Uint8Array.of(2, 0, 0, 1, 1, 1, 5, 91, 34, 97, 34, 93, 9)],
	[
		'an attachment that is not there',
		Uint8Array.of(2, 0, 0, 1, 1, 99, 7, 91, 34, 97, 34, 44, 48, 93)
	],
	['a flood of attachments', Uint8Array.of(2, 0, 0, 255, 255, 255, 127)],
	['a short edit without a number', Uint8Array.of(5, 1, 97)],
	['a short edit of an endless document', Uint8Array.of(5, 90, 97)],
	['a short frame that is cut off', Uint8Array.of(6, 1, 97, 1, 2, 0, 5, 1)],
	['a short frame of endless numbers', Uint8Array.of(6, 1, 97, 1, 2, 255, 255, 255, 127)],
	['an endless integer', Uint8Array.of(2, 255, 255, 255, 255, 255, 255, 255)]
])('throws on %s', (_, message) => {
	expect(() => decodePacket(message)).toThrow();
});

it('throws, and nothing worse, on any bytes', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 60 }), (message) => {
			try {
				decodePacket(message);
			} catch (error) {
				expect(error).toBeInstanceOf(Error);
			}
		}),
		{ numRuns: 5_000 }
	);
});
