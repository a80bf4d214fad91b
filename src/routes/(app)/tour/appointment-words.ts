import type { Appointment, Slot } from '#lib/domain/appointment.ts';
import { formatDate, formatTime } from '#lib/domain/dates.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { slotSpan } from '#lib/domain/slots.ts';
import { m } from '#lib/paraglide/messages.js';

/** Appointments in the adviser's words. What a newer version says is called by its code. */

const channels: Readonly<Record<string, () => string>> = {
	desk: m.slots_channel_desk,
	phone: m.slots_channel_phone,
	video: m.slots_channel_video
};
const asked: Readonly<Record<string, () => string>> = {
	phone: m.slots_asked_phone,
	desk: m.slots_asked_desk,
	message: m.slots_asked_message,
	partner: m.slots_asked_partner
};
const states: Readonly<Record<string, () => string>> = {
	booked: m.slots_state_booked,
	came: m.slots_state_came,
	missed: m.slots_state_missed,
	'cancelled-by-client': m.slots_state_client,
	'cancelled-by-us': m.slots_state_us
};

const word = (words: Readonly<Record<string, () => string>>, code: string, other: string) =>
	Object.hasOwn(words, code) ? (words[code]?.() ?? other) : other;

export const channelWord = (code: string): string => word(channels, code, code);
export const askedWord = (code: string): string => word(asked, code, code);
export const stateWord = (code: string): string => word(states, code, m.slots_state_other());

/** `10.30`, and with the day where that is not told already: `perjantai 6.3. 10.30`. */
export const timeWords = (slot: Slot, locale: Locale, day = false): string => {
	const { from } = slotSpan(slot);
	const time = formatTime(from, locale);
	return day ? `${formatDate(from, locale, 'weekday')} ${time}` : time;
};

/**
 * What became of an appointment, each with who said so.
 *
 * @param who a member in words
 */
export const stateWords = ({ states: told }: Appointment, who: (membership: string) => string): string =>
	told.map(({ value, author }) => m.slots_told_by({ what: stateWord(value), who: who(author) })).join(' · ');
