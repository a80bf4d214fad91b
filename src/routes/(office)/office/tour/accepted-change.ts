import { DESK_GUIDE, DESK_GUIDE_SCHEMA } from '#lib/domain/desk-guide.ts';
import { plannedBetween, type PlannedStop } from '#lib/domain/stops.ts';
import { isUndecided, type TourChange } from '#lib/domain/tour-change.ts';
import { cancelledField, DESK, heldField, RECEPTION, TOUR_SCHEMA } from '#lib/domain/tour-records.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import type { RecordWrite } from '#lib/device/write-record.ts';
import { movedDay, type DayValues } from './moved-day.ts';

/** What has become of a reported day since, in the plan as it stands here. */
export type DayStanding =
	| { kind: 'held' | 'cancelled'; stop: PlannedStop }
	/** The reception, or that day of it, is not there any more. */
	| { kind: 'gone' };

/** How a reported day stands now: of its reception, or, where that has ended, of the only other one that its desk has that day. */
export function standingOf(
	{ reception, desk, date }: Pick<TourChange, 'reception' | 'desk' | 'date'>,
	receptions: readonly Reception[]
): DayStanding {
	const stops = plannedBetween(receptions, date, date);
	const there = stops.filter((one) => one.reception.desk === desk);
	const stop =
		stops.find((one) => one.reception.id === reception) ?? (there.length === 1 ? there[0] : undefined);
	if (!stop) return { kind: 'gone' };
	return { kind: stop.cancelled === undefined ? 'held' : 'cancelled', stop };
}

/** What a coordinator does with a report that is accepted. */
export type Acceptance =
	| { do: 'cancel'; reason: string }
	| { do: 'substitute'; advisers: readonly string[] }
	| { do: 'move'; to: DayValues; reason: string }
	| { do: 'room'; room: string }
	| { do: 'guide'; field: 'keys' | 'wifi' | 'opener'; words: string }
	/** It is dealt with: by what a colleague did, or on the telephone. */
	| { do: 'nothing' };
export type AcceptedBy = Acceptance['do'];

/** What can be done with a report, the likeliest first. */
export function waysToAccept(
	{ what }: Pick<TourChange, 'what'>,
	standing: DayStanding,
	desk: Desk | undefined
): AcceptedBy[] {
	const ofDay: Partial<Record<string, AcceptedBy[]>> = {
		'cannot-hold': ['cancel', 'substitute', 'move'],
		hours: ['move', 'cancel'],
		moved: ['move', 'cancel'],
		'door-closed': ['cancel', 'move']
	};
	const ofDesk: Partial<Record<string, AcceptedBy[]>> = { moved: ['room'], guide: ['guide'] };
	return [
		...(desk ? (ofDesk[what] ?? []) : []),
		...(standing.kind === 'held' ? (ofDay[what] ?? []) : []),
		'nothing'
	];
}

/** What accepting a report writes besides the answer. */
export async function acceptedWrites(
	change: Pick<TourChange, 'desk' | 'date'>,
	standing: DayStanding,
	acceptance: Acceptance
): Promise<RecordWrite[]> {
	const ofDesk = (collection: string, schema: number, fields: RecordWrite['fields']): RecordWrite[] => [
		{ target: { collection, recordId: change.desk, schema }, fields }
	];
	if (acceptance.do === 'room') return ofDesk(DESK, TOUR_SCHEMA, { room: acceptance.room });
	if (acceptance.do === 'guide')
		return ofDesk(DESK_GUIDE, DESK_GUIDE_SCHEMA, { [acceptance.field]: acceptance.words });
	if (acceptance.do === 'nothing' || standing.kind !== 'held') return [];
	const { reception, date } = standing.stop;
	const ofReception = (id: string, fields: RecordWrite['fields']): RecordWrite => ({
		target: { collection: RECEPTION, recordId: id, schema: TOUR_SCHEMA },
		fields
	});
	switch (acceptance.do) {
		case 'cancel':
			return [ofReception(reception.id, { [cancelledField(date)]: acceptance.reason })];
		case 'substitute':
			return [ofReception(reception.id, { [heldField(date)]: [...acceptance.advisers] })];
		case 'move':
			return (await movedDay(reception, date, acceptance.to, acceptance.reason)).map(({ id, fields }) =>
				ofReception(id, fields)
			);
	}
}

/** Reports to be answered, the nearest day first, of one day the one reported first. */
export const toDecide = (changes: readonly TourChange[]): TourChange[] =>
	changes.filter(isUndecided).sort((a, b) => (`${a.date} ${a.at}` < `${b.date} ${b.at}` ? -1 : 1));

/** Whether another report of the same day waits, too. */
export const isReportedTwice = (change: TourChange, all: readonly TourChange[]): boolean =>
	all.some((one) => one.id !== change.id && one.date === change.date && one.reception === change.reception);
