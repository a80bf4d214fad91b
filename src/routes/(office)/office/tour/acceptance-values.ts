import { hindranceWords, kindWords } from '#lib/components/tour-change-words.ts';
import type { TourChange } from '#lib/domain/tour-change.ts';
import { REASON_LENGTH } from '#lib/domain/tour-records.ts';
import { m } from '#lib/paraglide/messages.js';
import type { AcceptedBy, Acceptance, DayStanding } from './accepted-change.ts';
import { dayFault, dayValues, type DayValues } from './moved-day.ts';

/** What the form of an acceptance holds, filled in with what was reported, and what becomes of it. */

const guideFields = ['keys', 'wifi', 'opener'] as const;
export type GuideField = (typeof guideFields)[number];
export const guideOptions: readonly GuideField[] = guideFields;

export interface AcceptanceValues {
	do: AcceptedBy;
	/** Why, as advisers read it: of a cancelled or moved day. */
	reason: string;
	advisers: readonly string[];
	to: DayValues;
	room: string;
	field: GuideField;
	guide: string;
	/** For whoever reported it. */
	words: string;
}

/** What advisers will read of the reason. What was said in own words is for the coordinator, and who is prevented is nobody's business. */
function reasonOf({ what, why }: TourChange): string {
	if (what === 'cannot-hold') return why === 'journey' ? hindranceWords(why) : m.change_why_prevented();
	if (what === 'hours') return m.change_reason_hours();
	if (what === 'moved') return m.change_reason_moved();
	return kindWords(what);
}

export function acceptanceValues(
	change: TourChange,
	standing: DayStanding,
	ways: readonly AcceptedBy[]
): AcceptanceValues {
	const planned =
		standing.kind === 'gone'
			? { desk: change.desk, date: change.date, from: '', to: '' }
			: dayValues(standing.stop.reception, change.date);
	return {
		do: ways[0] ?? 'nothing',
		reason: reasonOf(change).slice(0, REASON_LENGTH),
		advisers: [],
		to: { ...planned, from: change.from ?? planned.from, to: change.to ?? planned.to },
		room: change.place ?? '',
		field: guideFields.find((one) => one === change.guide) ?? 'keys',
		guide: change.right ?? '',
		words: ''
	};
}

export type AcceptanceFault = 'reason' | 'advisers' | 'date' | 'from' | 'to' | 'same' | 'room' | 'guide';

/** The first field that keeps it from being saved. */
export function acceptanceFault(
	values: AcceptanceValues,
	standing: DayStanding,
	today: string
): AcceptanceFault | undefined {
	const lacks = (text: string) => text.trim() === '';
	if (values.do === 'move' && standing.kind !== 'gone') {
		const { reception, date } = standing.stop;
		const fault = dayFault(values.to, dayValues(reception, date), today);
		if (fault) return fault;
	}
	if ((values.do === 'cancel' || values.do === 'move') && lacks(values.reason)) return 'reason';
	if (values.do === 'substitute' && values.advisers.length === 0) return 'advisers';
	if (values.do === 'room' && lacks(values.room)) return 'room';
	return values.do === 'guide' && lacks(values.guide) ? 'guide' : undefined;
}

/** What is accepted. */
export function acceptanceOf(values: AcceptanceValues): Acceptance {
	const reason = values.reason.trim();
	switch (values.do) {
		case 'cancel':
			return { do: 'cancel', reason };
		case 'substitute':
			return { do: 'substitute', advisers: [...values.advisers] };
		case 'move':
			return { do: 'move', to: { ...values.to }, reason };
		case 'room':
			return { do: 'room', room: values.room.trim() };
		case 'guide':
			return { do: 'guide', field: values.field, words: values.guide.trim() };
		case 'nothing':
			return { do: 'nothing' };
	}
}
