import { error, fail, type ActionFailure } from '@sveltejs/kit';
import * as v from 'valibot';
import { refusalText } from '#lib/documents/refusals.ts';
import { HouseError, httpStatus } from '#lib/errors.ts';
import { formValues } from '#lib/server/http.ts';

/** A form that was refused: what was typed, and what is wrong with it in the reader's words. */
export interface Refused {
	/** Which of the page's forms it was. */
	form: string;
	values: Record<string, string>;
	/** By field. */
	errors: Record<string, string>;
	/** What belongs to no field. */
	general: string | null;
}

type Answer<T> = Promise<T | ActionFailure<Refused>>;

/**
 * Reads a form against its schema and does the work. Wrong fields and expected refusals come back with
 * everything that was typed; a field the form does not have is no mistake of a person, hence 400.
 */
export async function act<const Entries extends v.ObjectEntries, T>(
	form: string,
	data: FormData,
	schema: v.StrictObjectSchema<Entries, undefined>,
	work: (input: v.InferOutput<typeof schema>) => Promise<T>
): Answer<T> {
	const values = formValues(data);
	const read = v.safeParse(schema, values);
	if (!read.success) return refuseFields(form, values, read.issues);
	try {
		return await work(read.output);
	} catch (thrown) {
		if (!(thrown instanceof HouseError)) throw thrown;
		if (thrown.kind === 'NotFound' && thrown.params.field === undefined) {
			error(404, { message: thrown.code, code: 'not_found', params: {} });
		}
		const text = refusalText(thrown.code, thrown.params);
		const field = thrown.params.field;
		return fail(httpStatus(thrown), {
			form,
			values,
			errors: field === undefined ? {} : { [field]: text },
			general: field === undefined ? text : null
		});
	}
}

function refuseFields(
	form: string,
	values: Record<string, string>,
	issues: v.BaseIssue<unknown>[]
) {
	const errors: Record<string, string> = {};
	for (const issue of issues) {
		if (issue.type === 'strict_object' && issue.expected === 'never') {
			error(400, { message: 'unknown_field', code: 'invalid', params: {} });
		}
		const field = v.getDotPath(issue) ?? '';
		errors[field] ??= refusalText(issue.type === 'strict_object' ? 'missing' : issue.message);
	}
	return fail(400, { form, values, errors, general: null });
}
