import pino from 'pino';

/**
 * Structured logs without personal data: callers pass ids, codes, counts and durations, never bodies, names or codes that
 * open anything. What is not on the list of keys is dropped, so that a careless call leaks nothing.
 */
const ALLOWED = new Set([
	'ms',
	'status',
	'method',
	'route',
	'code',
	'ops',
	'outcomes',
	'bytes',
	'organisation',
	'device',
	'errorId',
	'error',
	'fault',
	'address',
	'store'
]);

type Level = 'debug' | 'info' | 'warn' | 'error';

export type Log = Record<Level, (event: string, facts?: Record<string, unknown>) => void>;

export function makeLog(level: string): Log {
	const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
	const at =
		(name: Level) =>
		(event: string, facts: Record<string, unknown> = {}) =>
			logger[name](Object.fromEntries(Object.entries(facts).filter(([key]) => ALLOWED.has(key))), event);
	return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
