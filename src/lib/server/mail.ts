import { createTransport } from 'nodemailer';
import type { Config } from './config.ts';

/** A letter as it goes out. */
export interface OutgoingLetter {
	/** The same at every attempt, so that who gets it twice can tell. */
	messageId: string;
	to: string;
	subject: string;
	text: string;
	html: string;
	headers: Record<string, string>;
}

/** Takes letters to the mail server. */
export interface Carrier {
	/** Hands a letter over. @throws NotTaken */
	send(letter: OutgoingLetter): Promise<void>;
	close(): void;
}

/** The mail server did not take a letter. */
export class NotTaken extends Error {
	/** `letter`: this one, for good. `later`: this one, for now. `server`: no letter gets through just now. */
	readonly what: 'letter' | 'later' | 'server';

	constructor(what: NotTaken['what'], message: string) {
		super(message);
		this.what = what;
	}
}

/** Longer than any step of a living conversation; shorter than an attempt is held for. */
const PATIENCE_MS = 60_000;
const LONGEST_SAID = 300;

/** The way to the configured mail server; null when there is none. */
export function smtpCarrier({ smtpUrl, mailFrom }: Config): Carrier | null {
	if (!smtpUrl) return null;
	const transport = createTransport({
		url: smtpUrl,
		pool: true,
		maxConnections: 2,
		connectionTimeout: PATIENCE_MS / 3,
		greetingTimeout: PATIENCE_MS / 3,
		socketTimeout: PATIENCE_MS,
		// Letters are made of words alone: nothing in them is ever fetched.
		disableFileAccess: true,
		disableUrlAccess: true
	});
	return {
		async send(letter) {
			try {
				await transport.sendMail({ ...letter, from: mailFrom });
			} catch (error) {
				throw notTaken(error);
			}
		},
		close: () => transport.close()
	};
}

function notTaken(error: unknown): NotTaken {
	const { code, permanent, response, message } = error as {
		code?: string;
		permanent?: boolean;
		response?: string;
		message?: string;
	};
	const said = (response ?? message ?? String(error)).replace(/\s+/g, ' ').slice(0, LONGEST_SAID);
	// Only an answer to the letter itself is about the letter; a wrong password is about us.
	if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return new NotTaken('server', said);
	return new NotTaken(permanent ? 'letter' : 'later', said);
}
