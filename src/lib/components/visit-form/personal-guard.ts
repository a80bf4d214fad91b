import type { MembershipDb } from '#lib/device/membership-db.ts';
import { leaveOut, personalMarks, type Mark, type MarkKind } from '#lib/domain/personal-marks.ts';
import { m } from '#lib/paraglide/messages.js';

/** The fields of a visit that somebody writes in words of their own. */
interface OwnWords {
	note: string;
	topicText: string;
}

/** Key in the membership's own database. */
const NAMES_KEY = 'nameHints';

/** Whether words that look like names are pointed out, too: off until somebody wants it. */
export const readNameHints = async (db: MembershipDb): Promise<boolean> =>
	(await db.meta.get(NAMES_KEY))?.value === true;

export async function keepNameHints(db: MembershipDb, on: boolean): Promise<void> {
	await db.meta.put({ key: NAMES_KEY, value: on });
}

/** What looks personal in a text and was not told to stay. The list of known places is loaded only for names. */
export async function marksIn(text: string, names: boolean, kept: readonly string[] = []): Promise<Mark[]> {
	const sure = personalMarks(text);
	const more = names ? (await import('#lib/domain/name-words.ts')).nameMarks(text) : [];
	const all = [
		...sure,
		...more.filter(({ from, to }) => !sure.some((one) => from < one.to && one.from < to))
	];
	return all.filter((mark) => !kept.includes(mark.text));
}

/** The same of all that a visit says in own words. */
export async function openMarks(
	db: MembershipDb,
	{ note, topicText }: OwnWords,
	kept: readonly string[]
): Promise<Mark[]> {
	const names = await readNameHints(db);
	return [...(await marksIn(topicText, names, kept)), ...(await marksIn(note, names, kept))];
}

/** A visit's own words without what looks personal. */
export async function withoutMarks(
	db: MembershipDb,
	{ note, topicText }: OwnWords,
	kept: readonly string[]
): Promise<OwnWords> {
	const names = await readNameHints(db);
	const clean = async (text: string) => leaveOut(text, await marksIn(text, names, kept));
	return { note: await clean(note), topicText: await clean(topicText) };
}

const kinds: Readonly<Record<MarkKind, () => string>> = {
	'identity-code': m.personal_identity_code,
	email: m.personal_email,
	iban: m.personal_iban,
	phone: m.personal_phone,
	document: m.personal_document,
	'customer-number': m.personal_customer_number,
	name: m.personal_name
};

/** One of them in words. */
export const markWords = ({ kind, text }: Mark): string => m.personal_found({ what: kinds[kind](), text });
