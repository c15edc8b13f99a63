import type { ErrorParams } from '#lib/errors.ts';

/** A key for one showing of a form (C9). Works where `crypto.randomUUID` does not: plain http on a LAN. */
export function formKey(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a form learned from the server. */
export type Sent =
	| { done: true; answer: Record<string, unknown> }
	| { done: false; code: string; params: ErrorParams };

/** The part of SvelteKit's `ActionResult` that a form beside the text needs. */
export interface ActionAnswer {
	type: string;
	data?: Record<string, unknown>;
	error?: { code?: string };
}

/** Reads the answer of a form action: done, or refused with a code the person's words are kept for. */
export function readAnswer(result: ActionAnswer): Sent {
	if (result.type === 'success' || result.type === 'redirect') {
		return { done: true, answer: result.data ?? {} };
	}
	if (result.type === 'failure' && typeof result.data?.code === 'string') {
		const params = (result.data.params ?? {}) as ErrorParams;
		return { done: false, code: result.data.code, params };
	}
	return {
		done: false,
		code: navigator.onLine ? (result.error?.code ?? 'other') : 'offline',
		params: {}
	};
}

/** A refused form as its page reads it. */
export interface RefusedForm {
	code: string;
	params: ErrorParams;
	values: Record<string, string>;
}

/** The refusal in a page's `form`, if that is what it holds. */
export function refusalOf(form: object | null | undefined): RefusedForm | null {
	return form && 'code' in form && typeof form.code === 'string' ? (form as RefusedForm) : null;
}
