import { pino, type Logger } from 'pino';

/**
 * Structured logs on standard output; secrets that might slip into an object are blanked. Every line
 * that names an `alarm` is told to `onAlarm` as well.
 */
export function createLog(level: string, onAlarm?: (alarm: string) => void): Logger {
	return pino({
		level,
		base: undefined,
		hooks: {
			logMethod(given, write) {
				const [facts] = given as unknown[];
				const alarm = facts && typeof facts === 'object' && 'alarm' in facts && facts.alarm;
				if (typeof alarm === 'string') onAlarm?.(alarm);
				write.apply(this, given);
			}
		},
		timestamp: pino.stdTimeFunctions.isoTime,
		redact: ['*.password', '*.token', '*.cookie', '*.authorization', 'req.headers.cookie']
	});
}
