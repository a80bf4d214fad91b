import { addDays, helsinki } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { LANGUAGE_HELP } from '#lib/domain/language-help-records.ts';
import { weekday } from '#lib/domain/weeks.ts';
import type { Publication } from '#lib/server/sync/publish.ts';

/** Language help of the demo: providers, hours and links are invented, and none has a number. */
export function demoLanguageHelp(now: number): Publication[] {
	const { date } = helsinki(now);
	const lastMonday = addDays(date, 1 - weekday(date) - 7);
	const hours = (days: string, from: string, to: string) => ({
		kind: 'hours',
		start: `${lastMonday}T${from}`,
		end: `${lastMonday}T${to}`,
		rule: `FREQ=WEEKLY;BYDAY=${days}`,
		notOnHolidays: true
	});
	const help = (id: string, fields: Record<string, JsonValue>): Publication => ({
		collection: LANGUAGE_HELP,
		id,
		part: 'organisation',
		fields: {
			bought: false,
			municipality: null,
			place: null,
			phone: null,
			booking: null,
			price: null,
			note: null,
			validUntil: null,
			invented: true,
			...fields
		}
	});
	return [
		help('01980000-0000-7000-8000-0000000ae001', {
			languages: ['so', 'ar', 'fa', 'prs', 'ckb', 'ku', 'ti', 'th', 'vi'],
			ways: ['interpreter-phone', 'interpreter-video'],
			provider: 'Savon etätulkkaus (keksitty)',
			bought: true,
			times: hours('MO,TU,WE,TH,FR', '08:00', '20:00'),
			booking: 'https://etatulkkaus.example/varaus',
			price: 'Kunta maksaa, asiakkaalle maksuton (keksitty)'
		}),
		help('01980000-0000-7000-8000-0000000ae002', {
			languages: ['so'],
			ways: ['in-person'],
			provider: 'Kuopion kohtaamispaikka (keksitty)',
			municipality: '297',
			place: 'Kohtaamispaikan aula',
			times: hours('TU', '12:00', '14:00'),
			note: 'Jonoon pääsee ilman aikaa (keksitty)'
		}),
		help('01980000-0000-7000-8000-0000000ae003', {
			languages: ['uk', 'ru'],
			ways: ['phone', 'written'],
			provider: 'Monikulttuuriyhdistys Silta (keksitty)',
			times: { kind: 'appointment' },
			booking: 'https://silta.example/aika'
		})
	];
}
