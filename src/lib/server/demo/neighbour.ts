import { addDays, helsinki } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { LANGUAGE_HELP } from '#lib/domain/language-help-records.ts';
import { shareKinds } from '#lib/domain/shared.ts';
import { DESK, RECEPTION } from '#lib/domain/tour-records.ts';
import { weekday } from '#lib/domain/weeks.ts';
import { deliverShared } from '#lib/server/sharing/deliver-shared.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { publish, type Publication } from '#lib/server/sync/publish.ts';

/** Another organisation of the demo, without members: it is there to share with the demo's own what it has, and all of that is invented. */
const NEIGHBOUR = '01980000-0000-7000-8000-0000000b0000';
const NAME = 'Oulun omakielinen neuvonta (keksitty)';
const SHARE = '01980000-0000-7000-8000-0000000b0001';
const PLACE = '01980000-0000-7000-8000-0000000b0002';

function records(now: number): Publication[] {
	const { date } = helsinki(now);
	const lastMonday = addDays(date, 1 - weekday(date) - 7);
	const record = (collection: string, id: string, fields: Record<string, JsonValue>): Publication => ({
		collection,
		id,
		part: 'organisation',
		fields
	});
	const held = (id: string, day: number, [from, to]: [string, string], languages: string[]) =>
		record(RECEPTION, id, {
			desk: PLACE,
			start: `${addDays(lastMonday, day - 1)}T${from}`,
			end: `${addDays(lastMonday, day - 1)}T${to}`,
			rule: 'FREQ=WEEKLY',
			except: [],
			languages,
			note: null,
			advisers: null
		});
	return [
		record(DESK, PLACE, {
			name: 'Oulu, neuvontahuone (keksitty)',
			municipality: '564',
			placeType: 'library',
			room: '2. krs',
			address: 'Esimerkkikatu 1, Oulu (keksitty)',
			closedFrom: null,
			invented: true
		}),
		held('01980000-0000-7000-8000-0000000b0003', 2, ['12:00', '14:00'], ['so']),
		held('01980000-0000-7000-8000-0000000b0004', 3, ['12:00', '14:00'], ['ar', 'ckb']),
		record(LANGUAGE_HELP, '01980000-0000-7000-8000-0000000b0005', {
			languages: ['so', 'ar', 'fa'],
			ways: ['phone'],
			provider: 'Oulun neuvontapuhelin (keksitty)',
			bought: false,
			municipality: '564',
			place: null,
			times: {
				kind: 'hours',
				start: `${lastMonday}T09:00`,
				end: `${lastMonday}T15:00`,
				rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
				notOnHolidays: true
			},
			phone: null,
			booking: 'https://oulu.example/soittoaika',
			price: null,
			note: null,
			validUntil: null,
			invented: true
		})
	];
}

/** Makes it, and has it share all of that with the demo's own organisation. */
export async function loadNeighbour(trx: Trx, store: Store, receiver: string, now: number): Promise<void> {
	await trx
		.insertInto('organisations')
		.values({ id: NEIGHBOUR, name: NAME, demo: 1, settings: '{}', created_at: now })
		.execute();
	await trx
		.insertInto('counters')
		.values({ organisation_id: NEIGHBOUR, change_number: 0, durable: null })
		.execute();
	await publish(trx, NEIGHBOUR, records(now), now);
	await trx
		.insertInto('shares')
		.values({
			organisation_id: NEIGHBOUR,
			id: SHARE,
			kinds: JSON.stringify(shareKinds),
			created_at: now,
			code_hash: null,
			expires_at: now,
			receiver_id: receiver,
			accepted_at: now
		})
		.execute();
	await deliverShared(
		trx,
		store,
		{ share: SHARE, receiver },
		{ id: SHARE, giver: NEIGHBOUR, receiver, kinds: shareKinds, acceptedAt: now },
		now
	);
}
