import { isCivilDay } from '#lib/domain/civil-day.ts';
import { addDays } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Text } from '#lib/domain/language-texts.ts';
import { noticeFault, textField, type Audience, type Notice, type NoticeKind } from '#lib/domain/notice.ts';
import { sameJson } from '#lib/domain/same-json.ts';

/** What the form of a notice holds, and what becomes of it. */

export interface NoticeValues {
	audience: Audience;
	kind: NoticeKind;
	from: string;
	until: string;
	where: 'everywhere' | 'municipalities' | 'desk';
	municipalities: string[];
	desk: string;
	link: string;
	/** By language; empty words are none. */
	texts: Record<string, Text>;
}

/** A week to begin with: what nobody ends by hand is soon gone. */
const USUAL_DAYS = 7;

export const emptyNotice = (today: string): NoticeValues => ({
	audience: 'advisers',
	kind: 'information',
	from: today,
	until: addDays(today, USUAL_DAYS - 1),
	where: 'everywhere',
	municipalities: [],
	desk: '',
	link: '',
	texts: { fi: { text: '', origin: 'written' } }
});

export const noticeValues = (notice: Notice): NoticeValues => ({
	audience: notice.audience,
	kind: notice.kind,
	from: notice.from,
	until: notice.until,
	where: notice.desk ? 'desk' : notice.municipalities ? 'municipalities' : 'everywhere',
	municipalities: [...(notice.municipalities ?? [])],
	desk: notice.desk ?? '',
	link: notice.link ?? '',
	texts: structuredClone(notice.texts)
});

/** Words of one language as somebody has just typed them: what was checked were others. Where the Finnish ones change, so does what the others have to say. */
export function withWords(
	texts: NoticeValues['texts'],
	language: string,
	text: string
): NoticeValues['texts'] {
	const unchecked = (one: Text): Text => ({ text: one.text, origin: one.origin });
	const others = Object.entries(texts).map(([tag, one]) => [tag, language === 'fi' ? unchecked(one) : one]);
	return {
		...(Object.fromEntries(others) as NoticeValues['texts']),
		[language]: { text, origin: texts[language]?.origin ?? 'written' }
	};
}

/** Fields as they are written. A language whose words are gone is null. */
export function noticeFieldsOf(values: NoticeValues): Record<string, JsonValue> {
	const { audience, kind, from, until, where, municipalities, desk, link, texts } = values;
	const words = Object.entries(texts).map(([language, one]) => {
		const text = one.text.trim();
		return [textField(language), text === '' ? null : { ...one, text }] as const;
	});
	return {
		audience,
		kind,
		from,
		until,
		municipalities: where === 'municipalities' ? [...municipalities].sort() : null,
		desk: where === 'desk' ? desk : null,
		link: link.trim() === '' ? null : link.trim(),
		...Object.fromEntries(words)
	};
}

/** A field of the form that keeps a notice from being saved. */
export type NoticeFault = 'text_fi' | 'from' | 'until' | 'municipalities' | 'desk' | 'link';

/** The first of them. */
export function noticeValuesFault(values: NoticeValues): NoticeFault | undefined {
	const { from, until, where, municipalities, desk } = values;
	if (!isCivilDay(from)) return 'from';
	if (!isCivilDay(until)) return 'until';
	if (where === 'municipalities' && municipalities.length === 0) return 'municipalities';
	if (where === 'desk' && desk === '') return 'desk';
	const fault = noticeFault(noticeFieldsOf(values));
	if (fault === undefined) return undefined;
	return fault === 'until' || fault === 'link' ? fault : 'text_fi';
}

/** The value of a field as it stands: absent is nothing. */
const standing = (notice: Notice, name: string): JsonValue =>
	name.startsWith('text_')
		? ((notice.texts[name.slice(5)] as JsonValue | undefined) ?? null)
		: ((notice as unknown as Record<string, JsonValue | undefined>)[name] ?? null);

/**
 * What saving the form writes: only what differs, so that two who work at once write over nothing that the other did; and what two wrote at
 * once before, because saving settles it. A new notice says everything but the languages it has not.
 */
export function noticeChanges(
	values: NoticeValues,
	was: Notice | undefined,
	unsettled: readonly string[] = []
): Record<string, JsonValue> {
	const fields = noticeFieldsOf(values);
	const changed = Object.entries(fields).filter(([name, value]) =>
		was === undefined
			? !(name.startsWith('text_') && value === null)
			: unsettled.includes(name) || !sameJson(value, standing(was, name))
	);
	const found = Object.fromEntries(changed);
	// The days are one fact.
	if ('from' in found || 'until' in found) Object.assign(found, { from: values.from, until: values.until });
	return found;
}
