import * as z from 'zod/mini';

/**
 * Desks (Finnish: neuvontapiste) and receptions (vastaanotto): where advice is given, and when. A reception has a first
 * start in local time and, where it recurs, an RFC 5545 rule by the day or the week (see recurrence.ts); a rule that this version does not
 * know leaves the first occurrence, so that a newer server never empties an older phone's tour.
 */

const localTime = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/));
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const short = z.string().check(z.maxLength(200));

export const deskFields = z.object({
	name: short,
	/** Official municipality code. */
	municipality: z.string().check(z.regex(/^\d{3}$/)),
	/** Code of the list `place-type`. */
	placeType: short,
	/** Room, floor. */
	room: z.optional(z.nullable(short)),
	address: z.optional(z.nullable(short)),
	/** First civil date on which the desk no longer exists; visits from that date on are refused. */
	closedFrom: z.optional(z.nullable(date)),
	/** Made up for a demonstration: shown as such, and never with a phone link. */
	invented: z.optional(z.boolean())
});

const knownReception = z.object({
	desk: z.uuid(),
	/** First start and end, local time in Europe/Helsinki; the end may lie on the next day. */
	start: localTime,
	end: localTime,
	/** RFC 5545 recurrence rule, or null: once. */
	rule: z.nullable(z.string().check(z.maxLength(200))),
	/** Civil dates of `start` that are left out. */
	except: z.array(date).check(z.maxLength(400)),
	/** Languages of the advisers present, BCP 47. */
	languages: z.array(z.string()),
	note: z.optional(z.nullable(short)),
	/** Memberships of those who hold it; none: anybody. */
	advisers: z.optional(z.nullable(z.array(z.uuid()).check(z.maxLength(50))))
});

/** What else a reception says, above all on which days it is cancelled or held by somebody else, and how it is cut into times (slots.ts), is kept. */
export const receptionFields = z.looseObject(knownReception.shape);

export type Desk = z.infer<typeof deskFields> & { id: string };
export type Reception = z.infer<typeof knownReception> & {
	readonly [day: `cancelled_${string}` | `held_${string}`]: unknown;
	/** See `slotSettings`. */
	readonly slots?: unknown;
	id: string;
};
