import { error, fail, type ActionFailure } from '@sveltejs/kit';
import * as v from 'valibot';
import { HouseError, Invalid, httpStatus, type ErrorParams } from '#lib/errors.ts';

/** What a form gets back when its act was refused: the reason, and what was typed. */
export interface Refusal {
	code: string;
	params: ErrorParams;
	/** What the person had typed, to fill the form again. Never passwords. */
	values: Record<string, string>;
}

/** For `load`: runs the work, turning an expected refusal into the page of its HTTP status. */
export async function forPage<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		if (!(thrown instanceof HouseError)) throw thrown;
		error(httpStatus(thrown), { message: thrown.code, code: thrown.code, params: thrown.params });
	}
}

/**
 * For form actions: runs the work, turning an expected refusal into `fail` with what was typed, so
 * that the form shows the reason and loses nothing.
 */
export async function forForm<T>(
	values: Record<string, string>,
	work: () => Promise<T>
): Promise<T | ActionFailure<Refusal>> {
	try {
		return await work();
	} catch (thrown) {
		if (!(thrown instanceof HouseError)) throw thrown;
		return fail(httpStatus(thrown), { code: thrown.code, params: thrown.params, values });
	}
}

/**
 * Checks unknown input against a schema. A key the schema does not know is refused as well.
 * @throws Invalid with `params.field` naming the first wrong field.
 */
export function parseInput<const Entries extends v.ObjectEntries>(
	schema: v.StrictObjectSchema<Entries, undefined>,
	input: unknown
): v.InferOutput<typeof schema> {
	const result = v.safeParse(schema, input);
	if (result.success) return result.output;
	const issue = result.issues[0];
	const field = v.getDotPath(issue) ?? '';
	const unknown = issue.type === 'strict_object' && issue.expected === 'never';
	throw new Invalid(unknown ? 'unknown_field' : 'field_invalid', { field, message: issue.message });
}

/** The text fields of a form as a plain object (files are left out; of repeated names the last counts). */
export function formValues(form: FormData): Record<string, string> {
	const values: Record<string, string> = {};
	for (const [name, value] of form) {
		if (typeof value === 'string') values[name] = value;
	}
	return values;
}
