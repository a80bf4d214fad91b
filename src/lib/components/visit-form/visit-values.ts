import * as z from 'zod/mini';
import type { OwnTemplate } from '#lib/components/own-templates.ts';
import { usualChannel } from '#lib/components/place.ts';
import { plainReferral } from '#lib/components/repeat.ts';
import type { Template } from '#lib/components/templates.ts';
import { noteField, type FieldValues } from '#lib/device/visits.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Desk } from '#lib/domain/tour.ts';
import { backgroundFields, NOTE_LENGTH, type Visit } from '#lib/domain/visit.ts';

const answer = z.optional(z.string());

/** What the form of a visit holds. An answer that is absent was not asked; nothing here is ever filled in by guessing. */
export const visitValues = z.object({
	/** ISO 8601 UTC. */
	at: z.string(),
	desk: z.nullable(z.string()),
	channel: z.string(),
	language: answer,
	topics: z.array(z.string()),
	topicText: z.string(),
	/** `here`: the desk's own municipality, as a tap said; else a code. */
	clientMunicipality: answer,
	actions: z.array(z.string()),
	referrals: z.array(z.object({ to: z.string(), how: answer, service: answer })),
	/** Of a group, by language. */
	participants: z.optional(z.array(z.object({ language: z.string(), count: z.number() }))),
	/** Civil date on which somebody looks what came of it. */
	followUp: answer,
	/** Code of the client's card. */
	clientCard: answer,
	/** That its client agreed to it; absent with a card of before consents were written down, until the client is asked. */
	cardConsent: z.optional(
		z.object({ language: z.string(), text: z.string(), on: z.string(), how: z.string() })
	),
	takenUp: z.optional(z.array(z.object({ to: z.string(), result: z.string() }))),
	interpreting: answer,
	duration: answer,
	clientStatus: answer,
	residenceLength: answer,
	residenceGround: answer,
	ageBand: answer,
	citizenshipGroup: answer,
	origin: answer,
	education: answer,
	employment: answer,
	note: z.string()
});

export type VisitValues = z.infer<typeof visitValues>;
/** Questions with one answer of a code list. */
export type AnswerField = 'interpreting' | 'duration' | 'clientStatus' | (typeof backgroundFields)[number];

/** Says in the form that the client lives in the desk's municipality, whichever desk that will be. */
export const HERE = 'here';

/** Contacts with several people at once: one record, its participants counted by language. */
export const isGroup = (channel: string): boolean => channel === 'group' || channel === 'event';

/** An empty form: place, time and channel are what the device knows. */
export function emptyValues(now: number, desk: string | null): VisitValues {
	return {
		at: new Date(now).toISOString(),
		desk,
		channel: usualChannel(desk),
		topics: [],
		topicText: '',
		actions: [],
		referrals: [],
		note: ''
	};
}

/** Text as every store keeps it: without half characters and NUL, which a paste can bring along. */
function cleanText(text: string): string {
	return text.toWellFormed().replaceAll('\0', '').replaceAll('\ufffd', '').trim();
}

/** A group is told more exactly by its codes: where a code is chosen, the bare group says nothing more. */
export function exactTopics(topics: readonly string[]): string[] {
	return topics.filter(
		(topic) => topic.includes('.') || !topics.some((other) => other.startsWith(`${topic}.`))
	);
}

/** The fields of a visit, as they are saved. What was not asked is not in them. */
export function toFields(values: VisitValues, desks: readonly Desk[], now: number): FieldValues {
	const desk = desks.find(({ id }) => id === values.desk);
	const { clientMunicipality } = values;
	const fields: FieldValues = {
		at: values.at,
		desk: values.desk,
		deskMunicipality: desk?.municipality ?? null,
		channel: values.channel,
		language: values.language ?? 'unknown',
		topics: exactTopics(values.topics),
		clientMunicipality: clientMunicipality === HERE ? desk?.municipality : clientMunicipality,
		interpreting: values.interpreting,
		duration: values.duration,
		clientStatus: values.clientStatus
	};
	for (const field of backgroundFields) fields[field] = values[field];
	// A copy: the form's own list is a proxy of Svelte's, which IndexedDB does not take.
	if (values.actions.length > 0) fields['actions'] = [...values.actions];
	if (values.referrals.length > 0) fields['referrals'] = values.referrals.map(plainReferral);
	const { participants = [], takenUp = [] } = values;
	if (isGroup(values.channel) && participants.length > 0)
		fields['participants'] = participants.map(({ language, count }) => ({ language, count }));
	fields['followUp'] = values.followUp;
	fields['clientCard'] = values.clientCard;
	if (values.clientCard && values.cardConsent) fields['cardConsent'] = { ...values.cardConsent };
	const sentTo = takenUp.filter(({ to }) => values.referrals.some((referral) => referral.to === to));
	if (sentTo.length > 0) fields['takenUp'] = sentTo.map(({ to, result }) => ({ to, result }));
	const topicText = cleanText(values.topicText);
	if (topicText && values.topics.includes('other')) fields['topicText'] = topicText;
	// Cut first: a cut through an emoji leaves half a character, which no store takes.
	const note = cleanText(values.note.slice(0, NOTE_LENGTH));
	return note ? { ...fields, ...noteField(note, now) } : fields;
}

/** The form of a visit that was saved: what is shown when one of its groups is changed. */
export function fromVisit(visit: Visit): VisitValues {
	const { at, desk, channel, language, topics, topicText, clientMunicipality, actions, referrals } = visit;
	const values = emptyValues(Date.parse(at ?? '') || 0, desk ?? null);
	return {
		...values,
		channel: channel ?? values.channel,
		language: language === 'unknown' ? undefined : language,
		topics: [...(topics ?? [])],
		topicText: topicText ?? '',
		clientMunicipality,
		actions: [...(actions ?? [])],
		referrals: (referrals ?? []).map((referral) => ({ ...referral })),
		participants: visit.participants?.map((one) => ({ ...one })),
		followUp: visit.followUp ?? undefined,
		clientCard: visit.clientCard ?? undefined,
		cardConsent: visit.cardConsent ? { ...visit.cardConsent } : undefined,
		takenUp: visit.takenUp?.map((one) => ({ ...one })),
		interpreting: visit.interpreting,
		duration: visit.duration,
		clientStatus: visit.clientStatus,
		...Object.fromEntries(backgroundFields.map((field) => [field, visit[field]]))
	};
}

/** Fills the form after a template, own or learned; what was answered about this client stays. */
export function fillFrom(values: VisitValues, template: OwnTemplate | Template): void {
	values.language = template.language === 'unknown' ? undefined : template.language;
	values.topics = [...template.topics];
	if (!('desk' in template)) return;
	values.interpreting = template.interpreting;
	values.actions = [...(template.actions ?? [])];
	values.referrals = (template.referrals ?? []).map((referral) => ({ ...referral }));
	if (template.channel && template.desk === values.desk) values.channel = template.channel;
}

/** What says that a field holds nothing, where that is not `unknown`. */
const EMPTIED: Readonly<Record<string, JsonValue>> = {
	topicText: '',
	followUp: null,
	clientCard: null,
	cardConsent: null
};

/**
 * The fields that a change of the form altered, with the values to write; a list that became empty is written as empty.
 * An answer cannot be taken back to "not asked" once it was saved: the record would lose it on one phone only, so it is
 * written as `unknown`; a day on which nothing has to be done any more is none.
 */
export function changedFields(
	before: VisitValues,
	after: VisitValues,
	desks: readonly Desk[],
	now: number
): FieldValues {
	const [old, next] = [toFields(before, desks, now), toFields(after, desks, now)];
	const changed: FieldValues = {};
	for (const name of new Set([...Object.keys(old), ...Object.keys(next)])) {
		const [was, is] = [old[name], next[name]];
		if (JSON.stringify(was) === JSON.stringify(is)) continue;
		changed[name] = is ?? (Array.isArray(was) ? [] : name in EMPTIED ? EMPTIED[name]! : 'unknown');
	}
	// A card and the consent to it are written together, whichever of them is new.
	if (('clientCard' in changed || 'cardConsent' in changed) && next['cardConsent'] !== undefined)
		Object.assign(changed, { clientCard: next['clientCard'], cardConsent: next['cardConsent'] });
	return changed;
}

/** The same fields without those that are absent: the shown values of a record that is not one yet. */
export function shownFields(values: VisitValues, desks: readonly Desk[]): Record<string, JsonValue> {
	const shown: Record<string, JsonValue> = {};
	for (const [name, value] of Object.entries(toFields(values, desks, Date.now()))) {
		if (value !== undefined) shown[name] = value;
	}
	return shown;
}
