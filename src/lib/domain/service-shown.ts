import * as z from 'zod/mini';
import { civilDate, languageTag } from './language-texts.ts';

/**
 * How often clients were shown a machine translation that nobody has checked: one record for each device, day, entry and language, with a
 * number in it and nothing else. It tells what should be checked first.
 */

/** The collection name on the wire. */
export const SERVICE_SHOWN = 'service-shown';

/** Version of the fields of a count. */
export const SHOWN_SCHEMA = 1;

export const shownFields = {
	service: z.uuid(),
	language: languageTag,
	/** Civil date in Europe/Helsinki. */
	day: civilDate,
	/** Times so far on that day on that device. */
	count: z.int().check(z.gte(1), z.lte(100_000))
} as const;

export const serviceShown = z.object(shownFields);
