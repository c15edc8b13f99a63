import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('has a usable answer for everything that is not set', () => {
	expect(readConfig({})).toMatchObject({ port: 3000, logLevel: 'info', holdFirstPosts: false });
	expect(readConfig({ PORT: '', LOG_LEVEL: '' })).toEqual(readConfig({}));
});

it('names every wrong setting and what it must be', () => {
	const wrong = {
		PORT: '70000',
		ORIGIN: 'folkmoot.example/',
		DATABASE_URL: 'mysql://x',
		LOG_LEVEL: 'loud'
	};
	const start = () => readConfig(wrong);
	for (const name of Object.keys(wrong))
		expect(start).toThrow(new RegExp(`^\\s+${name} must`, 'm'));
});

it('sends no letter without a sender, or without an address for its links', () => {
	const SMTP_URL = 'smtp://mail.folkmoot.example';
	const whole = {
		SMTP_URL,
		ORIGIN: 'https://folkmoot.example',
		MAIL_FROM: 'news@folkmoot.example'
	};
	expect(readConfig(whole).smtpUrl).toBe(SMTP_URL);
	expect(() => readConfig({ ...whole, ORIGIN: '' })).toThrow('ORIGIN must be given with SMTP_URL');
	expect(() => readConfig({ ...whole, MAIL_FROM: '' })).toThrow('MAIL_FROM must be given');
	expect(() => readConfig({ ...whole, SMTP_URL: 'http://x' })).toThrow('SMTP_URL must begin');
});

it('explains every setting in the example file, which itself can be used', () => {
	const example = readFileSync('.env.example', 'utf8');
	const given = Object.fromEntries(
		[...example.matchAll(/^(?:# )?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value])
	) as Record<string, string>;
	expect(() => readConfig(given)).not.toThrow();
	for (const name of [
		'PORT',
		'HOST',
		'ORIGIN',
		'DATABASE_FILE',
		'DATABASE_URL',
		'TRUSTED_PROXIES',
		'SMTP_URL',
		'MAIL_FROM'
	]) {
		expect(given).toHaveProperty(name);
	}
});
