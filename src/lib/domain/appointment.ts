import * as z from 'zod/mini';
import { isCivilDay } from './civil-day.ts';
import { fieldFault } from './field-fault.ts';
import type { FillRandom } from './ids.ts';
import type { JsonValue } from './json.ts';
import { removal, shownValues, type Head, type RecordState } from './record.ts';
import { sameJson } from './same-json.ts';

/**
 * An appointment (Finnish: varattu aika): a nameless time in a reception. Each is a record of its own, so that two that were booked for one time without
 * knowing of each other both stand (decision 0048). It says when somebody of which language comes where: personal data, although it names nobody.
 */

/** The collection name on the wire. */
export const APPOINTMENT = 'appointment';

/** Version of the fields of an appointment. */
export const APPOINTMENT_SCHEMA = 1;

/** Longest note, characters. */
export const APPOINTMENT_NOTE = 120;

/** Letters and digits that are told apart by eye and by ear, as those of a client card. */
const LETTERS = '23456789ACDEFHJKMPRTWXY';
/** Four of them are 280 000 codes: among five hundred appointments to come two are alike once in two cases, and their times tell them apart. */
const REFERENCE_LENGTH = 4;

const code = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/));
const isDay = z.refine<string>(isCivilDay);

/**
 * When and where: one fact, in one field. Two devices that move an appointment at once leave two whole times beside each other, and never the day of
 * one with the hour of the other.
 */
const slot = z.object({
	/** Where the client was told to come. */
	desk: z.uuid(),
	reception: z.uuid(),
	/** Civil date and `HH:MM` in Helsinki. */
	date: z.string().check(isDay),
	start: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
	/** Minutes. */
	length: z.int().check(z.minimum(5), z.maximum(480))
});

export type Slot = z.infer<typeof slot>;

/** How an appointment is kept. A code that is not among these comes from a newer version. */
export const appointmentChannels = ['desk', 'phone', 'video'] as const;
/** How it was asked for. */
export const waysToAsk = ['phone', 'desk', 'message', 'partner'] as const;

/** What became of an appointment. `booked`: it is still to come, or nobody has said. */
export const appointmentStates = [
	'booked',
	'came',
	'missed',
	'cancelled-by-client',
	'cancelled-by-us'
] as const;
export type AppointmentState = (typeof appointmentStates)[number];

/** After these the time is free again. */
const LEFT: readonly string[] = ['missed', 'cancelled-by-client', 'cancelled-by-us'];
/** After these nobody waits for anybody. */
const OVER: readonly string[] = ['came', ...LEFT];

const appointmentFields = {
	slot,
	state: code,
	/** Language of the client, BCP 47, `other` or `unknown`. */
	language: code,
	channel: code,
	asked: code,
	/** For the adviser; never who it is. */
	note: z.nullable(z.string().check(z.maxLength(APPOINTMENT_NOTE))),
	/** What the client says to move or cancel; made on the device, and of this appointment only. */
	reference: z.string().check(z.regex(/^[2-9ACDEFHJKMPRTWXY]{4}$/))
} as const;

/** The first field of an appointment that has the wrong form, or undefined. */
export const appointmentFault = (fields: Readonly<Record<string, JsonValue>>): string | undefined =>
	fieldFault(appointmentFields, fields);

/** What is booked: every field but the state. */
export type Booking = {
	[Name in Exclude<keyof typeof appointmentFields, 'state'>]: z.infer<(typeof appointmentFields)[Name]>;
};

/** A value that stands in a field, and who wrote it. */
interface Told<T> {
	value: T;
	/** Membership. */
	author: string;
}

export interface Appointment {
	id: string;
	/** Its time, the one written last first; more than one: it was moved to two times by people who did not know of each other. */
	slots: [Told<Slot>, ...Told<Slot>[]];
	/** What became of it, as above. */
	states: [Told<string>, ...Told<string>[]];
	language: string;
	channel: string;
	asked: string;
	note: string | null;
	reference: string;
	/** The record as it was read: what is written on it later has seen this, and nothing that came meanwhile. */
	record: RecordState;
}

/** The different values of a field that this version can read, the highest first. */
function told<T>(heads: readonly Head[] | undefined, schema: z.ZodMiniType<T>): Told<T>[] {
	const found: Told<T>[] = [];
	for (const { value, author } of (heads ?? []).toReversed()) {
		const parsed = schema.safeParse(value);
		if (parsed.success && !found.some((one) => sameJson(one.value, parsed.data)))
			found.push({ value: parsed.data, author });
	}
	return found;
}

/** A record as an appointment; undefined where it was removed, or says no time that this version can read. */
export function readAppointment(id: string, record: RecordState): Appointment | undefined {
	if (removal(record) === 'yes') return undefined;
	const [time, ...times] = told(record.heads['slot'], slot);
	if (!time) return undefined;
	const [state = { value: 'booked', author: time.author }, ...states] = told(record.heads['state'], code);
	const values = shownValues(record);
	const text = (name: string, otherwise: string) => {
		const value = values[name];
		return typeof value === 'string' ? value : otherwise;
	};
	return {
		id,
		slots: [time, ...times],
		states: [state, ...states],
		language: text('language', 'unknown'),
		channel: text('channel', 'desk'),
		asked: text('asked', 'phone'),
		note: text('note', '') || null,
		reference: text('reference', ''),
		record
	};
}

/**
 * Whether somebody may still come. Where one has cancelled what another has moved at the same time, somebody may: a client whom nobody
 * expects is worse than an hour that stays empty.
 */
export const isExpected = ({ states }: Pick<Appointment, 'states'>): boolean =>
	states.some(({ value }) => !OVER.includes(value));

/** Whether its time is taken. */
export const isTaken = ({ states }: Pick<Appointment, 'states'>): boolean =>
	states.some(({ value }) => !LEFT.includes(value));

/** Whether two have written what does not go together, and somebody has to choose. */
export const isDisputed = ({ slots, states }: Pick<Appointment, 'slots' | 'states'>): boolean =>
	slots.length > 1 || states.length > 1;

/** A new code for the client to say. */
export function newReference(random: FillRandom): string {
	// Bytes that would make some letters likelier than others are left out.
	const fair = 256 - (256 % LETTERS.length);
	let made = '';
	while (made.length < REFERENCE_LENGTH)
		for (const byte of random(new Uint8Array(REFERENCE_LENGTH)))
			if (byte < fair && made.length < REFERENCE_LENGTH) made += LETTERS[byte % LETTERS.length];
	return made;
}

/** What booking one writes. */
export const bookedFields = (booking: Booking) => ({ ...booking, state: 'booked' });

/** What moving one writes. That it is expected is said again: whoever cancels it at the same time contradicts this, and both are seen. */
export const movedFields = (to: Slot) => ({ slot: to, state: 'booked' });
