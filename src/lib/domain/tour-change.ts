import * as z from 'zod/mini';
import { isCivilDay } from './civil-day.ts';
import { fieldFault, instant } from './field-fault.ts';
import type { JsonValue } from './json.ts';
import { removal, shownValues, type RecordState } from './record.ts';

/**
 * A reported change (Finnish: ilmoitettu muutos): what an adviser on tour says of one day of a reception, in their own part like a visit. It changes nothing by itself:
 * a coordinator answers in the same record, and writes what follows from it (decision 0045).
 */

/** The collection name on the wire. */
export const TOUR_CHANGE = 'tour-change';

/** Version of the fields. */
export const TOUR_CHANGE_SCHEMA = 1;

/** What may change, in the order of the buttons. */
export const changeKinds = ['cannot-hold', 'hours', 'moved', 'door-closed', 'guide'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Why a day cannot be held. Illness is not among them: nobody has to know. */
export const hindrances = ['prevented', 'journey', 'elsewhere', 'other'] as const;
export type Hindrance = (typeof hindrances)[number];

/** What in a desk's guide is wrong: its field, or `other`. */
export const guideFaults = ['keys', 'wifi', 'opener', 'other'] as const;
export type GuideFault = (typeof guideFaults)[number];

/** Longest words, characters: one line. */
export const CHANGE_WORDS = 200;

const code = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/));
const time = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const words = z.string().check(z.trim(), z.minLength(1), z.maxLength(CHANGE_WORDS));
const orNull = <T>(schema: z.ZodMiniType<T>) => z.optional(z.nullable(schema));

/** State and word are one fact, in one field: two coordinators leave two whole answers beside each other. */
const decision = z.object({ state: z.enum(['accepted', 'declined']), words: z.nullable(words) });
export type ChangeDecision = z.infer<typeof decision>;

const changeFields = {
	reception: z.uuid(),
	/** Said with it, so that the report can be read where the reception is gone. */
	desk: z.uuid(),
	/** Civil date. */
	date: z.string().check(z.refine(isCivilDay)),
	/** When it was reported. */
	at: instant,
	/** One of the kinds; one that is not known here comes from a newer version. */
	what: code,
	/** Why the day cannot be held. */
	why: orNull(code),
	/** Hours of that day, local; an end that is not after the beginning is on the next day. */
	from: orNull(time),
	to: orNull(time),
	/** The new place or room. */
	place: orNull(words),
	/** What of the guide is wrong, and how it should read. */
	guide: orNull(code),
	right: orNull(words),
	/** For the coordinator. */
	text: orNull(words)
} as const;

/** The field that only a coordinator writes. */
export const DECISION = 'decision';

/** The first field of a report that has the wrong form, or undefined. */
export const tourChangeFault = (fields: Readonly<Record<string, JsonValue>>): string | undefined =>
	fieldFault({ ...changeFields, [DECISION]: decision, removed: z.boolean() }, fields);

const reported = z.object(changeFields);

/** What an adviser reports. */
export type ReportedChange = z.infer<typeof reported>;

/** What the fields of an op report; undefined where they are no whole report. */
export const reportedIn = (fields: unknown): ReportedChange | undefined => reported.safeParse(fields).data;

export interface TourChange extends ReportedChange {
	id: string;
	/** Whose it is, by membership, where it is another's. */
	member: string | undefined;
	/** What coordinators have answered, the latest first; more than one: they decided differently without knowing of each other. */
	decisions: ChangeDecision[];
	/** The record as it was read: an answer has seen this, and nothing that came meanwhile. */
	record: RecordState;
}

/** A record as a reported change; undefined where it was taken back, or is of a form unknown here. */
export function readTourChange(
	id: string,
	record: RecordState,
	member: string | undefined
): TourChange | undefined {
	if (removal(record) === 'yes') return undefined;
	const data = reportedIn(shownValues(record));
	if (!data) return undefined;
	const answers = (record.heads[DECISION] ?? []).toReversed().flatMap(({ value }) => {
		const answer = decision.safeParse(value).data;
		return answer ? [answer] : [];
	});
	const decisions = answers.filter((one, at) => answers.findIndex(({ state }) => state === one.state) === at);
	return { ...data, id, member, decisions, record };
}

/** Whether a coordinator still has to say what becomes of it. */
export const isUndecided = ({ decisions }: Pick<TourChange, 'decisions'>): boolean => decisions.length !== 1;
