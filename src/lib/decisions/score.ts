import type { DeskSupport } from './desk-views.ts';

/** How many more are for it, also on a condition, than against it. */
export function scoreOf(support: DeskSupport): number {
	return support.for + support.if - support.against;
}
