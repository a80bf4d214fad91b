import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json.ts';
import { whoServes, type Roster } from './roster.ts';
import {
	giverFields,
	rosterOf,
	sharedLines,
	sharedRosters,
	shareKinds,
	type ShareSources,
	type Source
} from './shared.ts';

const DESK = '019a0000-0000-7000-8000-000000000001';
/** A Tuesday. */
const today = '2026-03-10';
const now = Date.parse(`${today}T08:00:00Z`);

const desk: Source = {
	id: DESK,
	values: {
		name: 'Oulu, kirjasto',
		municipality: '564',
		placeType: 'library',
		room: '2. krs',
		address: 'Kaarlenväylä 3'
	}
};
const tuesdays: Source = {
	id: 'tuesdays',
	values: {
		desk: DESK,
		start: '2026-01-06T12:00',
		end: '2026-01-06T14:00',
		rule: 'FREQ=WEEKLY',
		except: ['2026-01-13', '2026-03-24'],
		languages: ['so', 'fi'],
		note: 'SECRET note',
		advisers: ['SECRET adviser'],
		slots: { minutes: 30, secret: 'SECRET slots' },
		'cancelled_2026-03-17': 'SECRET reason',
		'cancelled_2026-01-20': 'SECRET old reason',
		'held_2026-03-31': ['SECRET substitute'],
		'held_2026-04-07': null
	}
};
const phone: Source = {
	id: 'phone',
	values: {
		languages: ['so'],
		ways: ['phone'],
		provider: 'Oulun neuvontapuhelin',
		bought: false,
		times: { kind: 'always', secret: 'SECRET inside' },
		phone: { number: '+358401234567', source: 'ouka.fi', date: '2026-03-01', secret: 'SECRET inside' },
		booking: 'https://ouka.example/aika',
		price: 'SECRET price',
		note: 'SECRET note'
	}
};

const from = (sources: Partial<ShareSources>): ShareSources => ({
	desks: [desk],
	receptions: [],
	help: [],
	...sources
});
const lines = (sources: Partial<ShareSources>, kinds: Parameters<typeof sharedLines>[0] = shareKinds) =>
	sharedLines(kinds, from(sources), today);
const values = (sources: Partial<ShareSources>) =>
	lines(sources).map(({ id, fields }) => ({ id, values: fields }));

describe('what an organisation shares', () => {
	it('is place, times and languages of receptions, and language help with its contact', () => {
		expect(lines({ receptions: [tuesdays], help: [phone] })).toEqual([
			{
				id: 'phone',
				fields: {
					kind: 'help',
					languages: ['so'],
					ways: ['phone'],
					provider: 'Oulun neuvontapuhelin',
					times: { kind: 'always' },
					phone: { number: '+358401234567', source: 'ouka.fi', date: '2026-03-01' },
					booking: 'https://ouka.example/aika'
				}
			},
			{
				id: 'tuesdays',
				fields: {
					kind: 'reception',
					desk: desk.values as Record<string, JsonValue>,
					start: '2026-01-06T12:00',
					end: '2026-01-06T14:00',
					rule: 'FREQ=WEEKLY',
					languages: ['so', 'fi'],
					except: ['2026-03-24'],
					cancelled: ['2026-03-17'],
					held: ['2026-03-31']
				}
			}
		]);
	});

	it('is what was chosen, and nothing that is bought, over, closed, at no desk or in no language', () => {
		const reception = (id: string, more: object): Source => ({ id, values: { ...tuesdays.values, ...more } });
		const help = (id: string, more: object): Source => ({ id, values: { ...phone.values, ...more } });
		const ids = (sources: Partial<ShareSources>, kinds?: Parameters<typeof sharedLines>[0]) =>
			lines(sources, kinds).map(({ id }) => id);
		const both = { receptions: [tuesdays], help: [phone] };
		expect(ids(both, ['receptions'])).toEqual(['tuesdays']);
		expect(ids(both, ['help'])).toEqual(['phone']);
		expect(ids(both, [])).toEqual([]);
		expect(
			ids({
				receptions: [
					reception('no language', { languages: [] }),
					reception('no code', { languages: ['Somali'] }),
					reception('no desk', { desk: 'another' }),
					reception('over', { rule: null }),
					reception('no time', { start: 'noon' })
				],
				help: [
					help('bought', { bought: true }),
					help('over', { validUntil: '2026-03-09' }),
					help('of no use', { times: 'often' })
				]
			})
		).toEqual([]);
		const closed = { id: DESK, values: { ...desk.values, closedFrom: today } };
		expect(ids({ desks: [closed], receptions: [tuesdays] })).toEqual([]);
		expect(ids({ help: [help('today', { validUntil: today })] })).toEqual(['today']);
		expect(
			ids({
				receptions: [
					reception('tomorrow', { rule: null, start: '2026-03-11T12:00', end: '2026-03-11T14:00' })
				]
			})
		).toEqual(['tomorrow']);
	});

	it('has no value of any other field, whatever else stands in the records', () => {
		const named = new Set([
			...['name', 'municipality', 'placeType', 'room', 'address', 'closedFrom', 'invented'],
			...['desk', 'start', 'end', 'rule', 'languages', 'except'],
			...['ways', 'provider', 'place', 'times', 'phone', 'booking', 'validUntil', 'bought']
		]);
		const secret = fc.oneof(
			fc.constant('SECRET'),
			fc.constant(['SECRET']),
			fc.constant({ name: 'SECRET', number: 'SECRET', languages: ['SECRET'] })
		);
		const more = fc.dictionary(
			fc.oneof(
				fc.constantFrom(
					'note',
					'price',
					'advisers',
					'slots',
					'key',
					'wifi',
					'door',
					'materials',
					'kind',
					'share'
				),
				fc.constantFrom('cancelled_2026-03-17', 'held_2026-03-24', 'cancelled_SECRET', '__proto__'),
				fc.string().filter((field) => !named.has(field))
			),
			secret
		);
		fc.assert(
			fc.property(more, more, more, (onDesk, onReception, onHelp) => {
				const given = lines({
					desks: [{ id: DESK, values: { ...onDesk, ...desk.values } }],
					receptions: [{ id: 'one', values: { ...onReception, ...tuesdays.values, ...onReception } }],
					help: [{ id: 'two', values: { ...onHelp, ...phone.values, ...onHelp } }]
				});
				expect(given).toHaveLength(2);
				expect(JSON.stringify(given)).not.toContain('SECRET');
			})
		);
	});
});

describe('what another organisation has of it', () => {
	const empty: Roster = { desks: [], receptions: [], help: [] };
	const records: Source[] = [
		{ id: 'share', values: { share: 'share', ...giverFields('Oulun kaupunki', shareKinds, 5) } },
		...values({ receptions: [tuesdays], help: [phone] }).map(({ id, values: fields }) => ({
			id: `mine ${id}`,
			values: { share: 'share', ...fields }
		}))
	];

	it('stands in the answer in its place by time, with the name of whose it is', () => {
		const shared = sharedRosters(records);
		expect(shared.map(({ share, name, since }) => [share, name, since])).toEqual([
			['share', 'Oulun kaupunki', 5]
		]);
		const own: Roster = {
			...empty,
			help: [
				{
					id: 'ours',
					languages: ['so'],
					ways: ['in-person'],
					provider: 'Me',
					times: { kind: 'appointment' }
				}
			]
		};
		const answer = whoServes('so', own, now, shared).own;
		expect(answer.map(({ from: whose, when }) => [whose, when.kind])).toEqual([
			['Oulun kaupunki', 'now'],
			['Oulun kaupunki', 'later'],
			[undefined, 'appointment']
		]);
		expect(answer[1]).toMatchObject({ desk: { name: 'Oulu, kirjasto' }, substituted: false });
	});

	it('says no more than its own tour would: cancelled and left out, or held by a substitute', () => {
		const at = (day: string) =>
			whoServes('so', empty, Date.parse(`${day}T15:00:00Z`), sharedRosters(records)).own.flatMap((offer) =>
				'stop' in offer ? [[offer.stop.date, offer.substituted]] : []
			);
		expect(at('2026-03-10')).toEqual([
			['2026-03-31', true],
			['2026-04-07', false]
		]);
	});

	it('is nothing without whoever shares it, and leaves out what another version wrote', () => {
		expect(sharedRosters(records.slice(1))).toEqual([]);
		expect(
			rosterOf([
				{ id: 'x', values: { kind: 'reception', desk: 'x' } },
				{ id: 'y', values: { kind: 'song' } }
			])
		).toEqual(empty);
	});
});
