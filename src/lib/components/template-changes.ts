import type { MembershipDb } from '#lib/device/membership-db.ts';
import { newId } from '#lib/domain/ids.ts';
import { readTemplates, TEMPLATES_KEY, type OwnTemplate } from './own-templates.ts';
import type { Pattern } from './repeat.ts';
import { samePattern } from './templates.ts';

/** Changes the list as it stands at that moment, also when another tab changes it. */
async function change(db: MembershipDb, apply: (list: OwnTemplate[]) => OwnTemplate[]): Promise<void> {
	await db.transaction('rw', db.meta, async () => {
		await db.meta.put({ key: TEMPLATES_KEY, value: apply(await readTemplates(db)) });
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
