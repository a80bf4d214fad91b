import { readMeta } from '#lib/device/device.ts';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import { isNumber, isOneOf, isShaped, maybe, type Checks } from '#lib/domain/shape.ts';
import type { Failure } from './exchange.ts';

/** How the last request ended. It is a row, so that page, worker and every tab tell the same. */
export interface Contact {
	/** When it ended, ms since 1970 by the device's clock. */
	at: number;
	/** `ok`, or why it failed. */
	result: 'ok' | Failure['why'];
	/** Failed requests in a row. */
	failures: number;
	/** When the next try is due by itself, ms since 1970 by the device's clock. */
	nextTry?: number | undefined;
	/** When the server last answered, ms since 1970, corrected where the device's clock is wrong. */
	okAt?: number | undefined;
	/** Ops that the line has proved to carry in one request; see pace.ts. */
	limit?: number | undefined;
}

const results: readonly string[] = [
	'ok',
	'offline',
	'blocked',
	'server',
	'too_large',
	'sign_in',
	'revoked',
	'outdated',
	'refused',
	'full'
] satisfies Contact['result'][];

const checks: Checks<Contact> = {
	at: isNumber,
	result: isOneOf(...results),
	failures: isNumber,
	nextTry: maybe(isNumber),
	okAt: maybe(isNumber),
	limit: maybe(isNumber)
};

export async function readContact(db: MembershipDb): Promise<Contact | undefined> {
	const value = await readMeta(db, 'contact');
	return isShaped<Contact>(value, checks) ? value : undefined;
}
