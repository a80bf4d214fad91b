import type { MembershipDb } from '#lib/device/membership-db.ts';
import { isList, isShaped, isText, maybe, nullOr, type Checks } from '#lib/domain/shape.ts';
import type { Pattern } from './repeat.ts';

/** A pattern that the adviser keeps, to log such visits with one tap. It says nothing about any client. */
export interface OwnTemplate extends Pattern {
	id: string;
	language: string;
	topics: string[];
	/** Where it was made: at the same desk its channel counts, too. Null: without a place. */
	desk: string | null;
}

/** Key in the membership's own database; the list stands in the order in which it is offered. */
export const TEMPLATES_KEY = 'templates';

interface Referral {
	to: string;
	how?: string | undefined;
	service?: string | undefined;
}
const referral: Checks<Referral> = { to: isText, how: maybe(isText), service: maybe(isText) };
const checks: Checks<OwnTemplate> = {
	id: isText,
	language: isText,
	topics: isList(isText),
	interpreting: maybe(isText),
	actions: maybe(isList(isText)),
	referrals: maybe(isList((value) => isShaped<Referral>(value, referral))),
	channel: maybe(isText),
	desk: nullOr(isText)
};

/** The templates in the order in which they are offered. What changes them is in `template-changes.ts`: the first screen only reads. */
export async function readTemplates(db: MembershipDb): Promise<OwnTemplate[]> {
	const value = (await db.meta.get(TEMPLATES_KEY))?.value;
	return Array.isArray(value) ? value.filter((one) => isShaped<OwnTemplate>(one, checks)) : [];
}
