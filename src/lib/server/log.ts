import { pino, type Logger } from 'pino';

/** Structured logs on standard output; secrets that might slip into an object are blanked. */
export function createLog(level: string): Logger {
	return pino({
		level,
		base: undefined,
		timestamp: pino.stdTimeFunctions.isoTime,
		redact: ['*.password', '*.token', '*.cookie', '*.authorization', 'req.headers.cookie']
	});
}
