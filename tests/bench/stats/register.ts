import { codeLists, topicIds, type ListId } from '../../../src/lib/domain/code-lists.ts';
import { addDays } from '../../../src/lib/domain/dates.ts';
import { newId } from '../../../src/lib/domain/ids.ts';
import { DEMO_DESKS } from '../../../src/lib/server/demo/organisation.ts';
import { draw, seeded } from '../../../src/lib/server/demo/random.ts';
import { insertRows } from '../../../src/lib/server/storage/many-rows.ts';
import type { Database } from '../../../src/lib/server/storage/schema.ts';
import type { Store } from '../../../src/lib/server/storage/store.ts';

const LANGUAGES = ['ru', 'uk', 'et', 'ar', 'en', 'fi', 'so', 'th', 'fa', 'vi', 'zh', 'tr', ''] as const;
const BATCH = 5000;

interface Span {
	visits: number;
	/** The day of the first of them. */
	first: string;
	days: number;
	/** Ids of those who logged them. */
	advisers: readonly string[];
}

/** So many new ids of advisers. */
export const newAdvisers = (count: number): string[] => Array.from({ length: count }, () => newId());

/** An organisation that has nothing yet. */
export async function emptyRegister(store: Store, organisation: string): Promise<void> {
	await store.db
		.insertInto('organisations')
		.values({ id: organisation, name: 'Bench', demo: 0, settings: '{}', created_at: 0 })
		.execute();
	await store.db
		.insertInto('counters')
		.values({ organisation_id: organisation, change_number: 0, durable: null })
		.execute();
}

/** Fills a register with made-up visits, as statistics see them, in the order of their days. Weights fall: some classes are common, most are rare. */
export async function fillRegister(
	store: Store,
	organisation: string,
	{ visits, first, days, advisers }: Span
): Promise<void> {
	const random = seeded(1);
	const pick = <T>(of: readonly T[]): T =>
		draw(
			random,
			of.map((one, index) => [one, 1 / (1 + index)] as const)
		);
	const code = (list: ListId) => (random() < 0.3 ? '' : pick(codeLists[list].codes).id);
	const referral = () =>
		`${pick(codeLists['partner-body'].codes).id}/${code('referral-method')}/${code('taken-up')}`;
	const referrals = () =>
		Array.from({ length: random() < 0.2 ? 2 : 1 }, referral)
			.sort()
			.join(' ');
	for (let done = 0; done < visits; done += BATCH) {
		const rows = Array.from({ length: Math.min(BATCH, visits - done) }, (_, index) => {
			const desk = pick(DEMO_DESKS);
			const date = addDays(first, Math.floor((days * (done + index)) / visits));
			const language = pick(LANGUAGES);
			const row: Database['visit_facts'] = {
				organisation_id: organisation,
				visit_id: newId(),
				date,
				municipality: desk.municipality,
				client_municipality: random() < 0.4 ? '' : pick(DEMO_DESKS).municipality,
				desk_id: desk.id,
				membership_id: pick(advisers),
				channel: code('contact-channel'),
				language,
				interpreting: code('interpreting'),
				duration: code('duration'),
				client_status: code('client-status'),
				residence_length: code('residence-length'),
				residence_ground: code('residence-ground'),
				age_band: code('age-band'),
				citizenship_group: code('citizenship-group'),
				origin: pick(['', 'RU', 'UA', 'EE', 'IQ', 'TH', 'VN', 'AF', 'SO', 'IR']),
				education: code('education'),
				employment: code('employment-status'),
				topics: JSON.stringify([
					...new Set(Array.from({ length: random() < 0.3 ? 2 : 1 }, () => pick(topicIds)))
				]),
				participants: random() < 0.03 ? `${pick(LANGUAGES)}/${pick([4, 6, 9])}` : `${language}/1`,
				referrals: random() < 0.35 ? referrals() : '',
				follow_up: random() < 0.1 ? pick(['P7D', 'P14D', 'P3D', addDays(date, 14)]) : ''
			};
			return row;
		});
		await store.write((trx) => insertRows(trx, store, 'visit_facts', rows));
	}
}
