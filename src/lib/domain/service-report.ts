import * as z from 'zod/mini';
import { instant } from './field-fault.ts';

/**
 * "Something is wrong here" (Finnish: virheilmoitus): what an adviser has noticed about an entry of the directory, in their own part like a
 * visit. The coordinator answers in the same record.
 */

/** The collection name on the wire. */
export const SERVICE_REPORT = 'service-report';

/** Version of the fields of a report. */
export const REPORT_SCHEMA = 1;

/** What may be wrong, in the order of the buttons. */
export const faults = ['phone', 'hours', 'address', 'closed', 'language', 'link', 'other'] as const;
export type Fault = (typeof faults)[number];

/**
 * The code of a suggestion: there is no such entry, and the remark says which one there should be. Its `service` is the id of no entry.
 */
export const MISSING = 'missing';

/** Whether a report suggests an entry. */
export const isSuggestion = ({ what }: Pick<ServiceReport, 'what'>): boolean => what.includes(MISSING);

/** Longest remark and longest answer, characters: one line. */
export const REMARK_LENGTH = 200;

const line = z.string().check(z.maxLength(REMARK_LENGTH));

export const reportFields = {
	service: z.uuid(),
	/** When it was noticed. */
	at: instant,
	/** Codes; one that is not known here comes from a newer version. */
	what: z.array(z.string().check(z.maxLength(40))).check(z.minLength(1), z.maxLength(10)),
	text: z.nullable(line),
	/** Absent: nobody has answered yet. `declined`: what stands there is right. */
	state: z.nullable(z.enum(['settled', 'declined'])),
	answer: z.nullable(line),
	removed: z.boolean()
} as const;

/** Fields that only a coordinator writes. */
export const ANSWER_FIELDS = ['state', 'answer'] as const;

export const serviceReport = z.object({
	service: reportFields.service,
	at: reportFields.at,
	what: reportFields.what,
	text: z.optional(reportFields.text),
	state: z.optional(reportFields.state),
	answer: z.optional(reportFields.answer)
});

export type ServiceReport = z.infer<typeof serviceReport>;
