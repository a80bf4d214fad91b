import { addDays, helsinki } from '#lib/domain/dates.ts';
import { NOTICE } from '#lib/domain/notice-name.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Publication } from '#lib/server/sync/publish.ts';

/** How long they hold, days: the demo is opened anew before. */
const HOLDS = 30;

/** The urgent one. */
export const DEMO_NOTICE = '01980000-0000-7000-8000-000000003001';

const written = (text: string) => ({ text, origin: 'written' });
/** Nobody has checked it: a client sees it only where the notice is not urgent and somebody has. */
const draft = (text: string) => ({ text, origin: 'machine' });

/** Two invented notices that hold now: an urgent one to clients, whose translations wait for a check, and one to advisers. */
export function demoNotices(now: number): Publication[] {
	const today = helsinki(now).date;
	const notice = (id: string, fields: Record<string, JsonValue>): Publication => ({
		collection: NOTICE,
		id,
		part: 'organisation',
		fields: {
			municipalities: null,
			desk: null,
			link: null,
			from: today,
			until: addDays(today, HOLDS),
			invented: true,
			...fields
		}
	});
	return [
		notice(DEMO_NOTICE, {
			audience: 'clients',
			kind: 'urgent',
			text_fi: written('Esimerkki: neuvonnan puhelin ei toimi. Tule käymään kirjastossa.'),
			text_sv: written('Exempel: rådgivningens telefon fungerar inte. Kom till biblioteket.'),
			text_en: written('Example: the telephone of the advice service does not work. Come to the library.'),
			text_ar: draft('مثال: هاتف الإرشاد لا يعمل. تعال إلى المكتبة.'),
			text_so: draft('Tusaale: taleefanka la-talintu ma shaqaynayo. Kaalay maktabadda.')
		}),
		notice('01980000-0000-7000-8000-000000003002', {
			audience: 'advisers',
			kind: 'information',
			text_fi: written('Esimerkki: kirjaston tulostin on vaihdettu. Uusi tunnus on tiskillä.'),
			text_sv: written('Exempel: bibliotekets skrivare är utbytt. Den nya koden finns vid disken.'),
			text_en: written('Example: the library has a new printer. The new code is at the counter.')
		})
	];
}
