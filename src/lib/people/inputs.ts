import * as v from 'valibot';
import { Invalid } from '#lib/errors.ts';
import { CAPACITY_KINDS, DUTY_KINDS, VERIFICATIONS } from './actor.ts';
import { normalEmail } from './folding.ts';
import { ORG_KINDS, ORG_LEVELS } from './orgs.ts';
import { passwordProblem } from './passwords.ts';

/** What the forms of this area take. A message is an error code; unknown keys are refused. */

const LOCALES = ['en', 'fr'] as const;
// Control characters and the marks that turn the direction of writing have no place in a name.
const NAME = /^[^\p{Cc}\u202a-\u202e\u2066-\u2069<>]*$/u;
const EMAIL = /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\.]+(\.[^\s@<>"(),:;[\]\\.]+)*$/;

const tidy = v.transform((text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' '));
const required = (code: string) => v.pipe(v.string(code), v.minLength(1, code));

const name = v.pipe(
	v.string('name_missing'),
	tidy,
	v.minLength(1, 'name_missing'),
	v.maxLength(120, 'name_long'),
	v.regex(NAME, 'name_signs')
);
const email = v.pipe(
	v.string('email_missing'),
	v.transform(normalEmail),
	v.minLength(1, 'email_missing'),
	v.maxLength(254, 'email_invalid'),
	v.regex(EMAIL, 'email_invalid')
);
/** A password already in use: any length a person may once have chosen. */
const knownPassword = v.pipe(required('password_missing'), v.maxLength(1024, 'password_long'));
/** Whether a browser's box was ticked: it sends `on`, or nothing. */
const ticked = v.pipe(
	v.optional(v.picklist(['on', '']), ''),
	v.transform((value) => value === 'on')
);
const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/, 'choice_invalid'));
const noId = v.pipe(
	v.optional(v.union([v.literal(''), id], 'choice_invalid'), ''),
	v.transform((value) => value || null)
);
const choice = <const Options extends readonly string[]>(options: Options) =>
	v.picklist(options, 'choice_invalid');
const next = v.optional(v.string(), '');

const withNewPassword = <Input extends { password: string; name: string; email: string }>() =>
	v.rawCheck<Input>(({ dataset, addIssue }) => {
		if (!dataset.typed) return;
		const { password, name, email } = dataset.value;
		const problem = passwordProblem(password, [name, email]);
		if (problem) {
			const path = [
				{ type: 'object', origin: 'value', input: dataset.value, key: 'password', value: '' }
			] as never;
			addIssue({ message: problem, path });
		}
	});

export const RegistrationForm = v.pipe(
	v.strictObject({
		name,
		email,
		password: required('password_missing'),
		next
	}),
	withNewPassword()
);
/** The language is the page's, not a field of the form. */
export type Registration = Omit<v.InferOutput<typeof RegistrationForm>, 'next'> & {
	locale: string;
};

export const SetUpForm = v.pipe(
	v.strictObject({
		token: v.pipe(v.string(), v.trim(), v.minLength(1, 'token_missing')),
		name,
		email,
		password: required('password_missing')
	}),
	withNewPassword()
);
/** The language is the page's, not a field of the form. */
export type SetUp = v.InferOutput<typeof SetUpForm> & { locale: string };

export const SignInForm = v.strictObject({ email, password: knownPassword, next });
export type SignIn = v.InferOutput<typeof SignInForm>;

export const PasswordForm = v.strictObject({
	current: knownPassword,
	password: required('password_missing')
});
export const ProfileForm = v.strictObject({ name, locale: choice(LOCALES) });
export type Profile = v.InferOutput<typeof ProfileForm>;
/** Whether one agrees to be named as a writer of texts; a box that is not ticked takes it back. */
export const NamingForm = v.strictObject({ named: ticked });
export const SessionForm = v.strictObject({
	session: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'choice_invalid'))
});
export const NoFields = v.strictObject({});

export const OrgForm = v.strictObject({
	name: v.pipe(
		v.string('name_missing'),
		tidy,
		v.minLength(1, 'name_missing'),
		v.maxLength(200, 'name_long'),
		v.regex(NAME, 'name_signs')
	),
	kind: choice(ORG_KINDS),
	level: choice(ORG_LEVELS),
	parent: noId,
	headcount: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.regex(/^\d{0,9}$/, 'headcount_invalid'),
		v.transform((text) => (text === '' ? null : Number(text)))
	),
	innovation: ticked
});
export type OrgInput = v.InferOutput<typeof OrgForm>;

export const VerificationForm = v.strictObject({ verification: choice(VERIFICATIONS) });
export const CapacityForm = v.strictObject({ kind: choice(CAPACITY_KINDS), org: noId });
export const WithdrawCapacityForm = v.strictObject({ capacity: id });
export const DutyForm = v.strictObject({ duty: choice(DUTY_KINDS), document: noId });
export const SettingsForm = v.strictObject({ holdFirstPosts: ticked });

/**
 * Checks what a form sent. `params` of the refusal maps each wrong field to its error code, so that the
 * page can say everything at once.
 * @throws Invalid `fields`, or `unknown_field` when the form sent a key that it does not have
 */
export function checkForm<const Schema extends v.GenericSchema>(
	schema: Schema,
	values: Record<string, string>
): v.InferOutput<Schema> {
	const result = v.safeParse(schema, values);
	if (result.success) return result.output;
	const wrong: Record<string, string> = {};
	for (const issue of result.issues) {
		const field = v.getDotPath(issue) ?? '';
		if (issue.type === 'strict_object' && issue.expected === 'never') {
			throw new Invalid('unknown_field', { field });
		}
		wrong[field] ??= issue.type === 'strict_object' ? 'field_missing' : issue.message;
	}
	throw new Invalid('fields', wrong);
}
