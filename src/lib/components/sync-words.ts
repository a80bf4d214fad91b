import type { OutboxCounts } from '#lib/device/delivery.ts';
import { formatTime } from '#lib/domain/dates.ts';
import { correction } from '#lib/domain/device-clock.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Contact } from '#lib/sync/contact-row.ts';
import type { FlushResult } from '#lib/sync/flush.ts';
import type { Pill } from '#lib/sync/pill.ts';

export interface Situation {
	pill: Pill;
	counts: OutboxCounts;
	/** Something waits that is no visit. */
	notes?: boolean;
	contact: Contact | undefined;
	/** The network does not carry, as far as the phone knows. */
	offline: boolean;
	/** The browser can deliver with no page open. Where it cannot, nothing is promised. */
	background: boolean;
}

/** How things stand, in whole sentences; the first part names the state, the rest says what happens next. */
export function syncTruth(situation: Situation, locale: Locale): string[] {
	const full = situation.contact?.result === 'full' ? [m.sync_full({}, { locale })] : [];
	return [...delivery(situation, locale), ...full];
}

function delivery(
	{ pill, counts, notes, contact, offline, background }: Situation,
	locale: Locale
): string[] {
	const inLocale = { locale };
	const { waiting: count } = counts;
	const words = notes ? m.sync_kept_entries : m.sync_kept;
	const kept = count > 0 ? [words({ count }, inLocale)] : [];
	switch (pill.kind) {
		case 'outdated':
			return [m.sync_outdated({}, inLocale), ...kept];
		case 'revoked':
			return [m.sync_revoked({}, inLocale), ...kept];
		case 'sign-in':
			return [m.sync_sign_in({}, inLocale), ...kept];
		case 'sending':
			return [m.sync_sending({}, inLocale)];
		case 'delivered':
			return [m.sync_all_delivered({}, inLocale)];
		case 'offline':
			return [m.sync_nothing_waits({}, inLocale)];
	}
	const attention = counts.attention > 0 ? [m.sync_attention({ count: counts.attention }, inLocale)] : [];
	if (count === 0) return attention;
	const why =
		contact?.result === 'blocked'
			? [m.sync_blocked({}, inLocale)]
			: offline && pill.kind === 'attention'
				? [m.sync_no_connection({}, inLocale)]
				: [];
	const goes = background ? m.sync_goes_by_itself({}, inLocale) : m.sync_goes_when_open({}, inLocale);
	return [...attention, ...why, ...kept, goes];
}

export interface Try {
	result: FlushResult;
	/** Records that waited before and after. */
	before: number;
	after: number;
	/** When the answer came, ms. */
	at: number;
	browserOnline: boolean;
}

/** What came of a tap on "try now": always something, and never better than the rows say. */
export function tryAnswer({ result, before, after, at, browserOnline }: Try, locale: Locale): string {
	const inLocale = { locale };
	const time = formatTime(at, locale);
	if (result.ok) {
		if (after > 0) return m.sync_try_left({ count: after, time }, inLocale);
		return before > 0 ? m.sync_try_sent({ count: before }, inLocale) : m.sync_try_nothing({ time }, inLocale);
	}
	if ('busy' in result) return m.sync_try_busy({}, inLocale);
	switch (result.failure.why) {
		case 'offline':
			return browserOnline
				? m.sync_try_no_answer({ time }, inLocale)
				: m.sync_try_no_connection({ time }, inLocale);
		case 'blocked':
			return m.sync_try_blocked({ time }, inLocale);
		case 'sign_in':
			return m.sync_try_sign_in({ time }, inLocale);
		case 'revoked':
			return m.sync_try_revoked({ time }, inLocale);
		case 'outdated':
			return m.sync_try_outdated({ time }, inLocale);
		case 'full':
			return m.sync_try_full({ time }, inLocale);
		case 'device':
			return m.sync_try_device({ time }, inLocale);
		default:
			return m.sync_try_server({ time }, inLocale);
	}
}

const HOUR = 3_600_000;
/** The units in which it is said how wrong a clock is, from the smallest on, ms. */
const UNITS = [
	['minute', 60_000],
	['hour', HOUR],
	['day', 24 * HOUR],
	['year', 365 * 24 * HOUR]
] as const;

/**
 * How wrong this device's clock is, in the largest unit of which there are two.
 *
 * @param offset server's time − device's time, ms; undefined: not measured yet
 */
export function clockTruth(offset: number | undefined, locale: Locale): string {
	if (offset === undefined) return m.sync_clock_unknown({}, { locale });
	if (correction(offset) === 0) return m.sync_clock_right({}, { locale });
	const wrong = Math.abs(offset);
	const [unit, length] = UNITS.findLast(([, each]) => wrong >= 2 * each) ?? UNITS[0];
	const options = { style: 'unit', unit, unitDisplay: 'long' } as const;
	const amount = new Intl.NumberFormat(locale, options).format(Math.round(wrong / length));
	return offset > 0
		? m.sync_clock_behind({ amount }, { locale })
		: m.sync_clock_ahead({ amount }, { locale });
}
