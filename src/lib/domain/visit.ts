import * as z from 'zod/mini';
import { CLIENT_CARD } from './client-card.ts';
import type { JsonValue } from './json.ts';

/**
 * A visit (Finnish: yhteydenotto, asiakaskäynti): one contact with one client, calls and messages too. Each member below is
 * one field of an op. Absent means "not asked"; the code `unknown` means asked and not known. The two are never mixed.
 *
 * Codes are checked for their form only: a code that this version does not know comes from a newer one and is kept.
 */

/** Version of the visit's fields; an op carries the one its author knew. From 2 on no card is written without its client's consent. */
export const VISIT_SCHEMA = 2;

/** Longest note, characters. */
export const NOTE_LENGTH = 500;

const CODE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/;
const MOST_CODES = 40;
const INSTANT =
	/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?Z$/;

const code = z.string().check(z.regex(CODE));
const codes = z.array(code).check(z.maxLength(MOST_CODES));
const instant = z.string().check(z.regex(INSTANT));

/** Where the client was sent on, and how; `service` is the directory entry it was chosen from. */
const referral = z.strictObject({
	to: code,
	how: z.optional(code),
	service: z.optional(z.uuid())
});

/** How many people with one language took part in a group's advice. */
const participants = z.strictObject({ language: code, count: z.int().check(z.minimum(1), z.maximum(9999)) });

/** Whether the client got what a referral was for. */
const takenUp = z.strictObject({ to: code, result: code });

/** A civil date. */
const day = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/));

/**
 * That the client wanted the card (Finnish: suostumus). It stands in every visit that names the card, so that it goes wherever the card is taken off
 * or erased, and nobody needs another phone to know of it.
 */
const cardConsent = z.strictObject({
	/** In which language the client was asked, BCP 47. */
	language: code,
	/** Which words: the language they are written in and what is left of their hash. */
	text: code,
	/** Civil date; the hour is nobody's business. */
	on: day,
	/** The client read them, heard them, or somebody interpreted. */
	how: code
});
export type CardConsent = z.infer<typeof cardConsent>;

const note = z.strictObject({
	text: z.string().check(z.maxLength(NOTE_LENGTH)),
	/** When it was written, ISO 8601 UTC. */
	at: instant
});

export const visitFields = {
	/** When, ISO 8601 UTC. */
	at: instant,
	/** Desk, or null: without a place (phone, message). */
	desk: z.nullable(z.uuid()),
	/** Official municipality code of the desk, as it was when the visit was logged. */
	deskMunicipality: z.nullable(code),
	/** The client's municipality: an official code, `elsewhere`, `abroad` or `unknown`. Never inferred. */
	clientMunicipality: code,
	channel: code,
	/** Language of service, BCP 47, `other` or `unknown`. */
	language: code,
	interpreting: code,
	/** Topic group or topic ids. */
	topics: codes,
	/** What "other matter" was, one line. */
	topicText: z.string().check(z.maxLength(120)),
	actions: codes,
	referrals: z.array(referral).check(z.maxLength(20)),
	/** Of a group, by language; one record for all of them. */
	participants: z.array(participants).check(z.maxLength(40)),
	/** Day on which somebody looks what came of the referrals; null: nobody has to any more. */
	followUp: z.nullable(day),
	/** What came of them, by where the client was sent. */
	takenUp: z.array(takenUp).check(z.maxLength(20)),
	duration: code,
	clientStatus: code,
	residenceLength: code,
	residenceGround: code,
	ageBand: code,
	citizenshipGroup: code,
	/** Country of origin, ISO 3166-1 alpha-2, or `unknown`. */
	origin: code,
	education: code,
	employment: code,
	/** Code of the client's card, see client-card.ts; null: it was taken off. */
	clientCard: z.nullable(z.string().check(z.regex(CLIENT_CARD))),
	/** Of that card; null: it was taken off. */
	cardConsent: z.nullable(cardConsent),
	/** The event that this visit stands for, see event.ts. */
	event: z.uuid(),
	/** What of it was counted when participants and topics were last taken from the count; where they say something else, a hand has changed them. */
	eventCounted: z.string().check(z.maxLength(4000)),
	removed: z.boolean()
} as const;

export type VisitField = keyof typeof visitFields;

/** A note is a field of its own that is written once: `notes/<uuid>`. Notes append, they never conflict. */
export const NOTE_FIELD = /^notes\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a field holds what somebody wrote in words of their own: it is kept for less long than the rest. */
export const isOwnWords = (field: string): boolean => field === 'topicText' || NOTE_FIELD.test(field);

/** Values of the fields that this version knows. */
export type KnownValues = { -readonly [F in VisitField]?: z.infer<(typeof visitFields)[F]> | undefined };

/** The values of a visit as people see them. Unknown fields of newer versions are in `rest`. */
export interface Visit extends KnownValues {
	id: string;
	notes: { id: string; text: string; at: string }[];
	rest: Record<string, JsonValue>;
}

/** The fields of the optional background block, in the classes of the ALPO register, in the order they are asked. */
export const backgroundFields = [
	'residenceLength',
	'residenceGround',
	'ageBand',
	'citizenshipGroup',
	'origin',
	'education',
	'employment'
] as const satisfies readonly VisitField[];

const isCode = (value: JsonValue) => typeof value === 'string' && CODE.test(value);

/**
 * The same answer as these schemas give, which nearly every field of a visit has: own figures look at each field of five thousand visits, and most of
 * that time a schema would spend on saying why.
 */
const quickly = new Map<z.ZodMiniType, (value: JsonValue) => boolean>([
	[code, isCode],
	[codes, (value) => Array.isArray(value) && value.length <= MOST_CODES && value.every(isCode)],
	[instant, (value) => typeof value === 'string' && INSTANT.test(value)]
]);

function fits(schema: z.ZodMiniType, value: JsonValue): boolean {
	const quick = quickly.get(schema);
	return quick ? quick(value) : schema.safeParse(value).success;
}

/** All fields at once: one look at an op instead of one for each of its fields. */
const known = z.partial(z.object(visitFields));

/** Whether these fields name a card and not that its client has agreed to it. */
export const lacksConsent = ({
	clientCard,
	cardConsent
}: {
	clientCard?: unknown;
	cardConsent?: unknown;
}): boolean => typeof clientCard === 'string' && !cardConsent;

/**
 * Reads the fields of an op: the values that this version knows, or the first field whose value has the wrong form. A field that it
 * does not know is not a fault: it comes from a newer one and is kept.
 *
 * @param schema of the op: a phone that knew nothing of consents yet could not write any
 */
export function readFields(
	fields: Record<string, JsonValue>,
	schema = VISIT_SCHEMA
): { fault: string; values?: undefined } | { fault?: undefined; values: KnownValues } {
	const { data, error } = known.safeParse(fields);
	if (!data) return { fault: String(error.issues[0]?.path[0]) };
	if (schema > 1 && lacksConsent(fields)) return { fault: 'cardConsent' };
	const fault = Object.keys(fields).find(
		(field) => NOTE_FIELD.test(field) && !note.safeParse(fields[field]).success
	);
	return fault === undefined ? { values: data } : { fault };
}

/** The first field whose value has the wrong form, or undefined. */
export function visitFault(fields: Record<string, JsonValue>): string | undefined {
	return readFields(fields).fault;
}

/** Reads the shown values of a record as a visit; a known field with a value of the wrong form goes to `rest`. */
export function readVisit(id: string, values: Record<string, JsonValue>): Visit {
	const visit: Visit = { id, notes: [], rest: {} };
	for (const [field, value] of Object.entries(values)) {
		const schema = Object.hasOwn(visitFields, field) && visitFields[field as VisitField];
		if (schema && fits(schema, value)) Object.assign(visit, { [field]: value });
		else if (NOTE_FIELD.test(field)) {
			const parsed = note.safeParse(value);
			if (parsed.success) visit.notes.push({ id: field.slice('notes/'.length), ...parsed.data });
		} else visit.rest[field] = value;
	}
	visit.notes.sort((a, b) => (a.at < b.at ? -1 : 1));
	return visit;
}
