import { addDays, helsinki } from '../../../src/lib/domain/dates.ts';
import { holidaysOn } from '../../../src/lib/domain/holidays.ts';
import { newId } from '../../../src/lib/domain/ids.ts';
import type { JsonValue } from '../../../src/lib/domain/json.ts';
import { LANGUAGE_HELP } from '../../../src/lib/domain/language-help-records.ts';
import { languages } from '../../../src/lib/domain/languages.ts';
import { municipalities } from '../../../src/lib/domain/municipalities.ts';
import { opState } from '../../../src/lib/domain/record.ts';
import { cancelledField, DESK, heldField, RECEPTION } from '../../../src/lib/domain/tour-records.ts';
import { weekday } from '../../../src/lib/domain/weeks.ts';
import { seeded } from '../../../src/lib/server/demo/random.ts';

/** A record as it lies on a phone. */
export interface TourRow {
	collection: string;
	id: string;
	codec: 'json';
	body: string;
}

interface TourSize {
	desks: number;
	advisers: number;
	help: number;
}

const YEAR = 365;

function row(collection: string, id: string, fields: Record<string, JsonValue>, clock: string): TourRow {
	const op = { opId: newId(), collection, recordId: id, fields, clock, base: {}, schema: 1 };
	return { collection, id, codec: 'json', body: JSON.stringify(opState(op, id)) };
}

/**
 * A tour as a large organisation plans it: every desk has one reception a week for a year, without holidays, one day in forty cancelled and one in
 * thirty held by a substitute; an adviser holds as many as there are desks for each. Languages are drawn, common ones more often.
 */
export function tourRows({ desks, advisers, help }: TourSize, seed: number, now: number): TourRow[] {
	const random = seeded(seed);
	const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
	const skewed = <T>(values: readonly T[]): T => values[Math.floor(random() ** 2 * values.length)]!;
	const spoken = languages()
		.map(({ code }) => code)
		.filter((code) => code !== 'other');
	const towns = municipalities();
	const members = Array.from({ length: advisers }, () => newId(now));
	const { date } = helsinki(now);
	const monday = addDays(date, 1 - weekday(date) - 28);
	const rows: TourRow[] = [];
	const clock = `${String(now).padStart(15, '0')}-bench`;
	for (let index = 0; index < desks; index += 1) {
		const desk = newId(now);
		const town = one(towns);
		rows.push(
			row(
				DESK,
				desk,
				{
					name: `${town.fi}, kirjasto ${index}`,
					municipality: town.code,
					placeType: 'library',
					room: 'Ryhmähuone',
					address: 'Kirjastotie 1',
					closedFrom: null
				},
				clock
			)
		);
		const first = addDays(monday, index % 5);
		const days = Array.from({ length: YEAR / 7 }, (_, week) => addDays(first, 7 * week));
		const hour = 8 + Math.floor(random() * 8);
		const at = (time: number) => `${first}T${String(time).padStart(2, '0')}:00`;
		const single = Object.fromEntries(
			days.flatMap((day): [string, JsonValue][] => {
				const drawn = random();
				if (drawn < 1 / 40) return [[cancelledField(day), 'Sairaus']];
				return drawn > 1 - 1 / 30 ? [[heldField(day), [one(members)]]] : [];
			})
		);
		rows.push(
			row(
				RECEPTION,
				newId(now),
				{
					desk,
					start: at(hour),
					end: at(hour + 4),
					rule: `FREQ=WEEKLY;UNTIL=${addDays(first, YEAR).replaceAll('-', '')}`,
					except: days.filter((day) => holidaysOn(day).length > 0),
					languages: [...new Set(['fi', skewed(spoken), skewed(spoken), one(spoken)])],
					note: null,
					advisers: [members[index % advisers]!],
					...single
				},
				clock
			)
		);
	}
	for (let index = 0; index < help; index += 1) {
		rows.push(
			row(
				LANGUAGE_HELP,
				newId(now),
				{
					languages: [...new Set([one(spoken), skewed(spoken), skewed(spoken)])],
					ways: ['interpreter-phone'],
					provider: `Tulkkikeskus ${index}`,
					times: {
						kind: 'hours',
						start: `${monday}T08:00`,
						end: `${monday}T16:00`,
						rule: `FREQ=WEEKLY;BYDAY=${one(['MO,TU,WE,TH,FR', 'TU', 'MO,FR'])}`,
						notOnHolidays: true
					},
					phone: { number: '+358401234567', source: 'tulkki.example', date: '2026-01-01' }
				},
				clock
			)
		);
	}
	return rows;
}
