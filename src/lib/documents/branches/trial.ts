import * as Y from 'yjs';
import { readBlockAttrs, readMarks } from '../text/blocks.ts';
import { sameValue } from '../text/change.ts';
import type { Hunk } from './changes.ts';
import type { Course } from './course.ts';
import type { Step } from './strands.ts';

type Look = Record<string, unknown>;

/**
 * Tries two touching hunks of two branches together, on the common copy and only there where both are:
 * whether each insertion stays in one piece and looks as its branch has it, and each word of main gets
 * exactly the marks that one of them gives it. Returns what goes wrong, or null.
 */
export function trial(course: Course, a: Hunk, b: Hunk): 'order' | 'style' | null {
	// Before the later one begins only the other one is at work, so there is nothing to try.
	const [early, late] = a.start.order < b.start.order ? [a, b] : [b, a];
	const pair = [early.strand, late.strand] as const;
	const { place, views: before, fresh } = late.start;
	const views = before.copy(pair);
	const both = new Map(Object.entries(views.of(early.strand)));
	let index = late.start.index;
	let writing: Hunk | null = fresh.has(early.strand) ? early : null;
	const wrote = new Set<Hunk>(writing ? [writing] : []);

	for (const step of course.among(pair, place)) {
		const owner = [early, late].find(({ strand }) => step.owners.includes(strand));
		const kept = !pair.some((strand) => step.by.includes(strand));
		const content = step.item.content;
		if (content instanceof Y.ContentFormat) {
			if (!step.known || kept) both.set(content.key, content.value);
			// Only the two count, however many branches do something here.
			const among = (all: Step['by']) => pair.filter((strand) => all.includes(strand));
			views.pass({ ...step, owners: among(step.owners), by: among(step.by) });
			continue;
		}
		if (!step.item.countable) continue;
		for (const end of endsOf(step)) {
			const merged = lookOf(Object.fromEntries(both), end);
			const [mine, theirs] = pair.map((strand) => lookOf(views.of(strand), end)) as [Look, Look];
			if (owner) {
				if (!sameValue(merged, owner === early ? mine : theirs)) return 'style';
			} else if (kept) {
				const wanted = combined(lookOf(views.of(), end), mine, theirs);
				if (!wanted || !sameValue(merged, wanted)) return 'style';
			}
		}
		if (owner) {
			if (writing !== owner && wrote.has(owner)) return 'order';
			writing = owner;
			wrote.add(owner);
			continue;
		}
		index += step.length;
		wrote.clear();
		writing = null;
		if (kept && (index > early.to || index > late.to)) return null;
	}
	return null;
}

/** Whether a stretch holds words, line-ends, or both: they have different attributes. */
function endsOf({ item, at, length }: Step): boolean[] {
	if (!(item.content instanceof Y.ContentString)) return [false];
	const text = item.content.str.slice(at, at + length);
	const ends = text.includes('\n');
	return ends && text !== '\n' ? [true, false] : [ends];
}

function lookOf(attributes: Look, end: boolean): Look {
	return end ? { ...readBlockAttrs(attributes.block ?? null) } : { ...readMarks(attributes) };
}

/** What main has, with what either changed; undefined when both changed the same otherwise. */
function combined(base: Look, a: Look, b: Look): Look | undefined {
	const out: Look = {};
	for (const key of new Set([...Object.keys(base), ...Object.keys(a), ...Object.keys(b)])) {
		const changed = !sameValue(a[key], base[key]) ? a : b;
		const clash = changed === a && !sameValue(b[key], base[key]) && !sameValue(a[key], b[key]);
		if (clash) return undefined;
		if (changed[key] !== undefined) out[key] = changed[key];
	}
	return out;
}
