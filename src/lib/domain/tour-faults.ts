import * as z from 'zod/mini';
import { fieldFault } from './field-fault.ts';
import type { JsonValue } from './json.ts';
import { REASON_LENGTH } from './tour-records.ts';
import { deskFields, receptionFields } from './tour.ts';

/** What the server holds desks and receptions to. A field that is not known here comes from a newer version and is kept. */

type Fields = Readonly<Record<string, JsonValue>>;

const CANCELLED = /^cancelled_\d{4}-\d{2}-\d{2}$/;
const reason = z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(REASON_LENGTH)));

/** The first field of a desk that has the wrong form, or undefined. */
export const deskFault = (fields: Fields): string | undefined => fieldFault(deskFields.shape, fields);

/** The same of a reception, with the days on which it is cancelled. */
export const receptionFault = (fields: Fields): string | undefined =>
	fieldFault(receptionFields.shape, fields) ??
	Object.keys(fields).find((name) => CANCELLED.test(name) && !reason.safeParse(fields[name]).success);
