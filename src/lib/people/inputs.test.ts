import { describe, expect, it } from 'vitest';
import { checkForm, OrgForm, RegistrationForm, SettingsForm, SignInForm } from './inputs.ts';

const ana = {
	name: '  Ana   Dubois ',
	email: ' Ana@Meravia.EXAMPLE ',
	password: 'the fig tree leans'
};
const refusal = (values: Record<string, string>) => {
	try {
		checkForm(RegistrationForm, values);
	} catch (error) {
		return error;
	}
};

describe('forms', () => {
	it('tidies what is typed', () => {
		expect(checkForm(RegistrationForm, ana)).toMatchObject({
			name: 'Ana Dubois',
			email: 'ana@meravia.example'
		});
	});

	it('says everything that is wrong at once', () => {
		expect(refusal({ name: '', email: 'nobody', password: '' })).toMatchObject({
			kind: 'Invalid',
			code: 'fields',
			params: {
				name: 'name_missing',
				email: 'email_invalid',
				password: 'password_missing'
			}
		});
		expect(refusal({ name: 'Ana', email: 'a@b.example' })).toMatchObject({
			params: { password: 'field_missing' }
		});
	});

	it('refuses a key that the form does not have, whatever else is right', () => {
		for (const extra of ['duty', 'verification', 'id', '__proto__x']) {
			expect(refusal({ ...ana, [extra]: 'admin' })).toMatchObject({ code: 'unknown_field' });
		}
	});

	it.each([
		['qwertyuiop', 'password_common'],
		['short', 'password_short'],
		['ana-dubois-1', 'password_personal']
	])('judges the password %s with the person in mind', (password, code) => {
		expect(refusal({ ...ana, password })).toMatchObject({ params: { password: code } });
	});

	it.each(['a@b', 'ana.dubois+moot@sub.meravia.example', 'élodie@méravia.example'])(
		'takes the address %s',
		(email) => {
			expect(checkForm(SignInForm, { email, password: 'x' }).email).toBe(email);
		}
	);

	it.each([
		'',
		'ana',
		'@',
		'a@',
		'a@b..c',
		'a b@c.d',
		'a@b@c',
		'<a@b.c>',
		`${'a'.repeat(255)}@b.c`
	])('refuses the address "%s"', (email) => {
		expect(() => checkForm(SignInForm, { email, password: 'x' })).toThrow('fields');
	});

	it('refuses names that would play tricks on readers', () => {
		for (const name of ['<script>', 'Ana\u202Enimda', 'a\u0000b', 'x'.repeat(121)]) {
			expect(refusal({ ...ana, name })).toMatchObject({ code: 'fields' });
		}
	});

	it('reads numbers, boxes and empty choices', () => {
		const org = { name: 'City', kind: 'public_body', level: 'local' };
		expect(checkForm(OrgForm, { ...org, headcount: ' 6200 ', parent: '' })).toMatchObject({
			headcount: 6200,
			parent: null,
			innovation: false
		});
		expect(checkForm(OrgForm, { ...org, innovation: 'on' }).headcount).toBeNull();
		expect(() => checkForm(OrgForm, { ...org, headcount: '-1' })).toThrow('fields');
		expect(checkForm(SettingsForm, {}).holdFirstPosts).toBe(false);
	});
});
