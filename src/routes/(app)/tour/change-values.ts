import { helsinki } from '#lib/domain/dates.ts';
import type { PlannedStop } from '#lib/domain/stops.ts';
import type { ChangeKind, GuideFault, Hindrance, ReportedChange } from '#lib/domain/tour-change.ts';

/** What the form of a report holds, and what becomes of it. */

export interface ChangeValues {
	what: ChangeKind | undefined;
	why: Hindrance | undefined;
	/** `HH:MM`. */
	from: string;
	to: string;
	place: string;
	guide: GuideFault | undefined;
	right: string;
	text: string;
}

/** A form with the planned hours in it. */
export const changeValues = (stop: PlannedStop): ChangeValues => ({
	what: undefined,
	why: undefined,
	from: helsinki(stop.from).time,
	to: helsinki(stop.to).time,
	place: '',
	guide: undefined,
	right: '',
	text: ''
});

export type ChangeFault = 'what' | 'why' | 'hours' | 'place' | 'guide' | 'right';

/** The first field that keeps a report from being saved. */
export function changeFault(values: ChangeValues, stop: PlannedStop): ChangeFault | undefined {
	const { what, why, from, to, place, guide, right } = values;
	const planned = changeValues(stop);
	switch (what) {
		case undefined:
			return 'what';
		case 'cannot-hold':
			return why === undefined ? 'why' : undefined;
		case 'hours': {
			const isSame = from === planned.from && to === planned.to;
			return from === '' || to === '' || from === to || isSame ? 'hours' : undefined;
		}
		case 'moved':
			return place.trim() === '' ? 'place' : undefined;
		case 'guide':
			if (guide === undefined) return 'guide';
			return right.trim() === '' ? 'right' : undefined;
		case 'door-closed':
			return undefined;
	}
}

const orNull = (text: string) => text.toWellFormed().replaceAll('\0', '').trim() || null;

/** The report: only what belongs to what was chosen. */
export function reportOf(values: ChangeValues, stop: PlannedStop, now: number): ReportedChange {
	const { what = 'door-closed', why, from, to, place, guide, right, text } = values;
	return {
		reception: stop.reception.id,
		desk: stop.reception.desk,
		date: stop.date,
		at: new Date(now).toISOString(),
		what,
		...(what === 'cannot-hold' ? { why: why ?? null } : {}),
		...(what === 'hours' ? { from, to } : {}),
		...(what === 'moved' ? { place: orNull(place) } : {}),
		...(what === 'guide' ? { guide: guide ?? null, right: orNull(right) } : {}),
		text: orNull(text)
	};
}

/** What somebody has written in words of their own, in one text. */
export const ownWords = ({ what, place, right, text }: ChangeValues): string =>
	[what === 'moved' ? place : '', what === 'guide' ? right : '', text].filter(Boolean).join('\n');
