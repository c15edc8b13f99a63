import * as v from 'valibot';

const port = v.pipe(
	v.optional(v.string(), '3000'),
	v.regex(/^\d{1,5}$/, 'must be a number from 0 to 65535'),
	v.transform(Number),
	v.maxValue(65_535, 'must be a number from 0 to 65535')
);
const flag = v.pipe(
	v.optional(v.picklist(['0', '1', 'true', 'false'], 'must be 1 or 0'), '0'),
	v.transform((value) => value === '1' || value === 'true')
);
const count = (fallback: string) =>
	v.pipe(
		v.optional(v.string(), fallback),
		v.regex(/^\d{1,9}$/, 'must be a whole number'),
		v.transform(Number)
	);

/** Every setting there is; `.env.example` explains them in the same order. */
const Settings = v.object({
	PORT: port,
	HOST: v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty')), '0.0.0.0'),
	ORIGIN: v.optional(
		v.pipe(v.string(), v.regex(/^https?:\/\/[^/]+$/, 'must look like https://folkmoot.example'))
	),
	DATABASE_URL: v.optional(
		v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'))
	),
	DATABASE_FILE: v.optional(v.pipe(v.string(), v.minLength(1)), 'data/folkmoot.sqlite'),
	LOG_LEVEL: v.optional(
		v.picklist(
			['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
			'must be one of fatal, error, warn, info, debug, trace, silent'
		),
		'info'
	),
	TRUSTED_PROXIES: v.optional(v.string(), ''),
	HOLD_FIRST_POSTS: flag,
	SESSION_IDLE_DAYS: count('14'),
	SESSION_ABSOLUTE_DAYS: count('90'),
	SMTP_URL: v.optional(
		v.pipe(v.string(), v.regex(/^smtps?:\/\/\S+$/, 'must begin with smtp:// or smtps://'))
	),
	MAIL_FROM: v.optional(
		v.pipe(v.string(), v.regex(/^[^\r\n]*\S@\S[^\r\n]*$/, 'must hold an address'))
	),
	METRICS_TOKEN: v.optional(v.pipe(v.string(), v.minLength(16, 'must have 16 characters'))),
	FOLKMOOT_DEMO: flag
});

/** The validated settings of this process. */
export interface Config {
	/** 0 asks the system for a free port. */
	port: number;
	host: string;
	/** The public address; its absence means: what the request says (development, demo). */
	origin: string | undefined;
	databaseUrl: string | undefined;
	databaseFile: string;
	logLevel: string;
	/** Addresses of peers whose X-Forwarded-For is believed. */
	trustedProxies: string[];
	/** Default of the setting: a new account's first post waits for a moderator. */
	holdFirstPosts: boolean;
	sessionIdleDays: number;
	sessionAbsoluteDays: number;
	/** Where letters go out, with its password; undefined: they are kept in the database instead. */
	smtpUrl: string | undefined;
	/** Whom letters are from. */
	mailFrom: string;
	/** Who brings this sees /metrics; this machine does in any case. */
	metricsToken: string | undefined;
	demo: boolean;
}

/** Reads and checks the environment. Throws an error that names every wrong setting and what it must be. */
export function readConfig(env: Record<string, string | undefined>): Config {
	const given = Object.fromEntries(
		Object.keys(Settings.entries)
			.filter((key) => env[key] !== undefined && env[key] !== '')
			.map((key) => [key, env[key]])
	);
	const result = v.safeParse(Settings, given);
	if (!result.success) {
		refuse(result.issues.map((issue) => `${v.getDotPath(issue)} ${issue.message}`));
	}
	const settings = result.output;
	// A letter has a sender, and links that lead somewhere from wherever it is read.
	if (settings.SMTP_URL) {
		const needed = (['ORIGIN', 'MAIL_FROM'] as const).filter((name) => !settings[name]);
		if (needed.length > 0) refuse(needed.map((name) => `${name} must be given with SMTP_URL`));
	}
	return {
		port: settings.PORT,
		host: settings.HOST,
		origin: settings.ORIGIN,
		databaseUrl: settings.DATABASE_URL,
		databaseFile: settings.DATABASE_FILE,
		logLevel: settings.LOG_LEVEL,
		trustedProxies: settings.TRUSTED_PROXIES.split(/[\s,]+/).filter(Boolean),
		holdFirstPosts: settings.HOLD_FIRST_POSTS,
		sessionIdleDays: settings.SESSION_IDLE_DAYS,
		sessionAbsoluteDays: settings.SESSION_ABSOLUTE_DAYS,
		smtpUrl: settings.SMTP_URL,
		mailFrom: settings.MAIL_FROM ?? 'Folkmoot <folkmoot@localhost>',
		metricsToken: settings.METRICS_TOKEN,
		demo: settings.FOLKMOOT_DEMO
	};
}

function refuse(wrong: string[]): never {
	throw new Error(
		`The configuration cannot be used:\n${wrong.map((line) => `  ${line}`).join('\n')}`
	);
}

/** The address that links in letters begin with. */
export function publicAddress({ origin, port }: Pick<Config, 'origin' | 'port'>): string {
	return origin ?? `http://localhost:${port}`;
}
