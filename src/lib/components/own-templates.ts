import type { MembershipDb } from '#lib/device/membership-db.ts';
import { newId } from '#lib/domain/ids.ts';
import { isList, isShaped, isText, maybe, nullOr, type Checks } from '#lib/domain/shape.ts';
import type { Pattern } from './repeat.ts';
import { samePattern } from './templates.ts';

/** A pattern that the adviser keeps, to log such visits with one tap. It says nothing about any client. */
export interface OwnTemplate extends Pattern {
	id: string;
	language: string;
	topics: string[];
	/** Where it was made: at the same desk its channel counts, too. Null: without a place. */
	desk: string | null;
}

/** Key in the membership's own database; the list stands in the order in which it is offered. */
const KEY = 'templates';

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

export async function readTemplates(db: MembershipDb): Promise<OwnTemplate[]> {
	const value = (await db.meta.get(KEY))?.value;
	return Array.isArray(value) ? value.filter((one) => isShaped<OwnTemplate>(one, checks)) : [];
}

/** Changes the list as it stands at that moment, also when another tab changes it. */
async function change(db: MembershipDb, apply: (list: OwnTemplate[]) => OwnTemplate[]): Promise<void> {
	await db.transaction('rw', db.meta, async () => {
		await db.meta.put({ key: KEY, value: apply(await readTemplates(db)) });
	});
}

/**
 * Keeps a pattern as the last of the list and tells its id. One for the same language and topics takes the place of the old one:
 * two buttons with the same words would be a riddle.
 */
export async function keepTemplate(
	db: MembershipDb,
	{ language, topics, interpreting, actions, referrals, channel }: Pattern,
	desk: string | null
): Promise<string> {
	const template: OwnTemplate = {
		id: newId(Date.now()),
		language: language ?? 'unknown',
		topics: [...(topics ?? [])],
		interpreting,
		actions: actions && [...actions],
		referrals: referrals?.map((one) => ({ ...one })),
		channel,
		desk
	};
	await change(db, (list) => {
		const at = list.findIndex((old) => samePattern(old, template));
		return at < 0 ? [...list, template] : list.with(at, template);
	});
	return template.id;
}

/** Gives a template another language and other topics; all else in it stays. */
export async function changeTemplate(
	db: MembershipDb,
	id: string,
	{ language, topics }: Pick<OwnTemplate, 'language' | 'topics'>
): Promise<void> {
	await change(db, (list) =>
		list
			.filter((one) => one.id === id || !samePattern(one, { language, topics }))
			.map((one) => (one.id === id ? { ...one, language, topics: [...topics] } : one))
	);
}

/** Moves a template by so many places, up when negative; at the end of the list it stays. */
export async function moveTemplate(db: MembershipDb, id: string, by: number): Promise<void> {
	await change(db, (list) => {
		const from = list.findIndex((one) => one.id === id);
		const template = list[from];
		if (!template) return list;
		const rest = list.toSpliced(from, 1);
		return rest.toSpliced(Math.max(0, from + by), 0, template);
	});
}

/** Removes a template and tells how to bring it back where it was. */
export async function dropTemplate(db: MembershipDb, id: string): Promise<() => Promise<void>> {
	let at = -1;
	let dropped: OwnTemplate | undefined;
	await change(db, (list) => {
		at = list.findIndex((one) => one.id === id);
		dropped = list[at];
		return at < 0 ? list : list.toSpliced(at, 1);
	});
	return async () => {
		const template = dropped;
		if (!template) return;
		await change(db, (list) =>
			list.some((one) => one.id === template.id || samePattern(one, template))
				? list
				: list.toSpliced(at, 0, template)
		);
	};
}
