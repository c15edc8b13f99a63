import { error, fail, type ActionFailure } from '@sveltejs/kit';
import type * as v from 'valibot';
import { HouseError, httpStatus } from '#lib/errors.ts';
import { checkForm } from '#lib/people/inputs.ts';
import { refusalText } from '#lib/people/refusals.ts';
import { formValues } from '#lib/server/http.ts';

/** A form that was refused: what was typed, and what is wrong with it in the reader's words. */
export interface Refused {
	/** Which of the page's forms it was. */
	form: string;
	/** To fill the form again; never passwords or tokens. */
	values: Record<string, string>;
	/** By field. */
	errors: Record<string, string>;
	/** What belongs to no field. */
	general: string | null;
}

const SECRETS = ['password', 'current', 'token'];

/**
 * Reads a form against its schema and does the work. Expected refusals come back as `fail` with what was
 * typed; what does not exist for this person is a page that does not exist.
 */
export async function act<const Schema extends v.GenericSchema, T>(
	form: string,
	request: Request,
	schema: Schema,
	work: (input: v.InferOutput<Schema>) => Promise<T>
): Promise<T | ActionFailure<Refused>> {
	const values = formValues(await readable(request));
	try {
		return await work(checkForm(schema, values));
	} catch (thrown) {
		if (!(thrown instanceof HouseError)) throw thrown;
		// What is not there for this person, and a field our form does not have, are not answered in the form.
		if (['not_found', 'unknown_field'].includes(thrown.code)) {
			error(httpStatus(thrown), { message: thrown.code, code: thrown.code, params: {} });
		}
		return fail(httpStatus(thrown), { form, values: withoutSecrets(values), ...words(thrown) });
	}
}

/** A body that is no form is the sender's mistake, not ours. */
async function readable(request: Request): Promise<FormData> {
	try {
		return await request.formData();
	} catch (thrown) {
		if (!(thrown instanceof TypeError)) throw thrown;
		error(400, { message: 'invalid', code: 'invalid', params: {} });
	}
}

function words({ code, params }: HouseError): Pick<Refused, 'errors' | 'general'> {
	if (code !== 'fields') return { errors: {}, general: refusalText(code, params) };
	const errors = Object.entries(params).map(([field, wrong]) => [field, refusalText(`${wrong}`)]);
	return { errors: Object.fromEntries(errors), general: null };
}

function withoutSecrets(values: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(values).filter(([name]) => !SECRETS.includes(name)));
}
