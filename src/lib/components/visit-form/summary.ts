import { showClientCard } from '#lib/domain/client-card.ts';
import { formatDate, formatTime } from '#lib/domain/dates.ts';
import { codeLists, label } from '#lib/domain/code-lists.ts';
import { languageName } from '#lib/domain/codes/language-names.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import { topicLabel, usualSettings, type RegisterSettings } from '#lib/domain/register-settings.ts';
import type { Desk } from '#lib/domain/tour.ts';
import { backgroundFields, type Visit } from '#lib/domain/visit.ts';
import { m } from '#lib/paraglide/messages.js';
import { consentText } from './consent-words.ts';
import { countryName } from './countries.ts';
import { answerText, fieldLists, question, type ListedField } from './field-lists.ts';

/** Parts of a visit that are changed together. */
export const summaryGroups = [
	'when',
	'language',
	'topics',
	'client',
	'advice',
	'background',
	'note'
] as const;
export type SummaryGroupId = (typeof summaryGroups)[number];

export interface SummaryRow {
	label: string;
	/** Undefined: not recorded. */
	text: string | undefined;
}

export interface SummaryGroup {
	id: SummaryGroupId;
	title: string;
	rows: SummaryRow[];
}

function municipalityText(code: string | undefined, locale: Locale): string | undefined {
	if (code === undefined) return undefined;
	if (code === 'elsewhere') return m.form_lives_elsewhere({}, { locale });
	if (code === 'abroad') return m.form_abroad({}, { locale });
	if (code === 'unknown') return m.form_unknown({}, { locale });
	return municipalityName(code, locale);
}

const participantsText = (participants: NonNullable<Visit['participants']>, locale: Locale) => {
	const all = participants.reduce((sum, { count }) => sum + count, 0);
	const each = participants.map(({ language, count }) => `${languageName(language, locale)} ${count}`);
	return `${each.join(', ')} (${m.participants_total({ count: all }, { locale })})`;
};

const takenUpText = (takenUp: NonNullable<Visit['takenUp']>, locale: Locale) =>
	takenUp
		.map(({ to, result }) => `${label('partner-body', to, locale)}: ${label('taken-up', result, locale)}`)
		.join(', ');

/** Everything that a visit says, in words, group by group. */
export function visitSummary(
	visit: Visit,
	desks: readonly Desk[],
	locale: Locale,
	settings: RegisterSettings = usualSettings
): SummaryGroup[] {
	const inLocale = { locale };
	const listed = (field: ListedField): SummaryRow => {
		const code = visit[field];
		return { label: question(field, locale), text: code && answerText(fieldLists[field], code, locale) };
	};
	const several = (name: (code: string) => string, codes: readonly string[] | undefined) =>
		codes?.length ? codes.map(name).join(', ') : undefined;
	const place =
		visit.desk === null
			? m.today_without_place({}, inLocale)
			: (desks.find(({ id }) => id === visit.desk)?.name ??
				municipalityText(visit.deskMunicipality ?? undefined, locale));
	const referrals = visit.referrals?.map(({ to, how }) => {
		const body = label('partner-body', to, locale);
		return how === undefined ? body : `${body} (${label('referral-method', how, locale)})`;
	});
	const origin =
		visit.origin === 'unknown'
			? m.form_unknown({}, inLocale)
			: visit.origin && countryName(visit.origin, locale);
	return [
		{
			id: 'when',
			title: m.visit_group_when({}, inLocale),
			rows: [
				{
					label: m.form_time({}, inLocale),
					text: visit.at && `${formatDate(visit.at, locale, 'date')} ${formatTime(visit.at, locale)}`
				},
				{ label: m.form_place({}, inLocale), text: place },
				listed('channel')
			]
		},
		{
			id: 'language',
			title: m.form_language({}, inLocale),
			rows: [
				{
					label: m.form_language({}, inLocale),
					text: visit.language && languageName(visit.language, locale)
				},
				listed('interpreting')
			]
		},
		{
			id: 'topics',
			title: m.visit_group_topics({}, inLocale),
			rows: [
				{
					label: m.visit_topic_label({}, inLocale),
					text: several((topic) => topicLabel(topic, settings, locale), visit.topics)
				},
				...(visit.topicText ? [{ label: m.form_topic_text({}, inLocale), text: visit.topicText }] : [])
			]
		},
		{
			id: 'client',
			title: m.visit_group_client({}, inLocale),
			rows: [
				{
					label: m.form_municipality({}, inLocale),
					text: municipalityText(visit.clientMunicipality, locale)
				},
				...(visit.participants?.length
					? [
							{
								label: m.participants_label({}, inLocale),
								text: participantsText(visit.participants, locale)
							}
						]
					: []),
				...(visit.clientCard
					? [
							{ label: m.register_card({}, inLocale), text: showClientCard(visit.clientCard) },
							{ label: m.card_consent({}, inLocale), text: consentText(visit.cardConsent, locale) }
						]
					: []),
				listed('clientStatus')
			]
		},
		{
			id: 'advice',
			title: m.visit_group_advice({}, inLocale),
			rows: [
				{
					label: m.visit_actions_label({}, inLocale),
					text: several((action) => label('action', action, locale), visit.actions)
				},
				{ label: m.form_referral({}, inLocale), text: referrals?.length ? referrals.join(', ') : undefined },
				...(visit.takenUp?.length
					? [{ label: codeLists['taken-up'][locale], text: takenUpText(visit.takenUp, locale) }]
					: []),
				...(visit.followUp
					? [{ label: m.followup_label({}, inLocale), text: formatDate(visit.followUp, locale, 'date') }]
					: []),
				listed('duration')
			]
		},
		{
			id: 'background',
			title: m.form_background({}, inLocale),
			rows: backgroundFields.map((field) =>
				field === 'origin' ? { label: m.form_origin({}, inLocale), text: origin } : listed(field)
			)
		},
		{
			id: 'note',
			title: m.form_note({}, inLocale),
			rows: visit.notes.length
				? visit.notes.map((note) => ({
						label: `${formatDate(note.at, locale, 'day')} ${formatTime(note.at, locale)}`,
						text: note.text
					}))
				: [{ label: m.form_note({}, inLocale), text: undefined }]
		}
	];
}

/** The same as plain text, for the clipboard: what can be pasted back when the device could not save. */
export function visitAsText(visit: Visit, desks: readonly Desk[], locale: Locale): string {
	return visitSummary(visit, desks, locale)
		.flatMap(({ rows }) => rows)
		.flatMap((row) => (row.text === undefined ? [] : [`${row.label}: ${row.text}`]))
		.join('\n');
}

/** The name of one field, as the form calls it; of a field of another version its own. */
export function fieldLabel(field: string, locale: Locale): string {
	const inLocale = { locale };
	if (Object.hasOwn(fieldLists, field)) return question(field as ListedField, locale);
	const names: Readonly<Record<string, string>> = {
		at: m.form_time({}, inLocale),
		desk: m.form_place({}, inLocale),
		deskMunicipality: m.form_place({}, inLocale),
		language: m.form_language({}, inLocale),
		topics: m.visit_topic_label({}, inLocale),
		topicText: m.form_topic_text({}, inLocale),
		clientMunicipality: m.form_municipality({}, inLocale),
		actions: m.visit_actions_label({}, inLocale),
		referrals: m.form_referral({}, inLocale),
		participants: m.participants_label({}, inLocale),
		clientCard: m.register_card({}, inLocale),
		cardConsent: m.card_consent({}, inLocale),
		followUp: m.followup_label({}, inLocale),
		takenUp: codeLists['taken-up'][locale]
	};
	return field.startsWith('notes/') ? m.form_note({}, inLocale) : (names[field] ?? field);
}
