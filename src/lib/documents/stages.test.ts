import { describe, expect, test } from 'vitest';
import {
	daysLeft,
	mayMove,
	PUBLIC_STAGES,
	STAGES,
	stageFacts,
	takesRemarks,
	type Stage
} from './stages.ts';

const ALLOWED = new Set([
	'private>co_drafting',
	'co_drafting>consultation',
	'co_drafting>withdrawn',
	'consultation>revising',
	'consultation>withdrawn',
	'revising>consultation',
	'revising>final',
	'revising>withdrawn',
	'final>adopted',
	'final>revising',
	'final>withdrawn',
	'adopted>withdrawn'
]);
const PAIRS = STAGES.flatMap((from) => STAGES.map((to): [Stage, Stage] => [from, to]));

test.each(PAIRS)('the move %s > %s is allowed exactly when the table says so', (from, to) => {
	expect(mayMove(from, to)).toBe(ALLOWED.has(`${from}>${to}`));
});

test('only private documents are hidden', () => {
	expect(STAGES.filter((stage) => !PUBLIC_STAGES.includes(stage))).toEqual(['private']);
});

test('final, adopted and withdrawn texts are closed to writing, and each says why', () => {
	for (const stage of ['final', 'adopted', 'withdrawn'] as const) {
		expect(stageFacts(stage)).toMatchObject({ writable: false, remarks: false, needsReason: true });
	}
});

test('a version is frozen on the way into consultation, final and adopted', () => {
	const freezing = STAGES.filter((stage) => stageFacts(stage).freezes);
	expect(freezing).toEqual(['consultation', 'final', 'adopted']);
});

test('a text becomes final or adopted only when everything said about it is answered', () => {
	const answered = STAGES.filter((stage) => stageFacts(stage).needsAnswers);
	expect(answered).toEqual(['final', 'adopted']);
});

describe('a consultation with a closing date', () => {
	const closesAt = Date.UTC(2026, 4, 20);
	const document = { stage: 'consultation' as const, closesAt };

	test('takes remarks until that very moment', () => {
		expect(takesRemarks(document, closesAt - 1)).toBe(true);
		expect(takesRemarks(document, closesAt)).toBe(false);
	});

	test('counts the days left, the last one as one', () => {
		expect(daysLeft(document, closesAt - 12 * 86_400_000)).toBe(12);
		expect(daysLeft(document, closesAt - 1)).toBe(1);
		expect(daysLeft(document, closesAt + 1)).toBe(0);
		expect(daysLeft({ stage: 'revising', closesAt }, 0)).toBeNull();
	});
});
