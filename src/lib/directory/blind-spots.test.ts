import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blindSpots } from './blind-spots.ts';
import { countCoverage, type Asked, type Demand } from './coverage.ts';
import type { Offer } from './offer.ts';

const period = { from: '2026-01-01', to: '2026-12-31' };
const offer = (fields: Partial<Offer> = {}): Offer => ({
	municipalities: [],
	topicGroups: [],
	languages: undefined,
	evening: undefined,
	weekend: undefined,
	...fields
});
const asked = (municipality: string, language: string, contacts: number, topicGroup = ''): Asked => ({
	municipality,
	language,
	topicGroup,
	contacts
});
/** Contacts of which each touched one topic group. */
const demand = (...touched: Asked[]): Demand => ({ contacts: touched, touched });
const spots = (of: Demand, offers: readonly Offer[]) => blindSpots(countCoverage(period, of, offers));
const kinds = (of: Demand, offers: readonly Offer[]) =>
	spots(of, offers).certain.map(({ kind, municipality, topic = '', language = '', asked, services }) =>
		[kind, municipality, topic, language, asked, services].join(' ')
	);

describe('coverage', () => {
	const local = offer({ municipalities: ['925'], topicGroups: ['work'], languages: new Set(['fi', 'ar']) });
	const country = offer({ topicGroups: ['work', 'money'], languages: new Set(['fi']) });
	const elsewhere = offer({ municipalities: ['140'], topicGroups: ['work'] });

	it('sets contacts against services of the municipality and of the whole country, never added up', () => {
		const { municipalities, ...all } = countCoverage(
			period,
			demand(asked('925', 'ar', 3, 'work'), asked('925', 'fi', 2, 'money')),
			[local, country, elsewhere]
		);
		expect(all).toEqual({ ...period, asked: 5, services: 3, languagesUnknown: 1, hoursUnknown: 3 });
		expect(municipalities).toHaveLength(1);
		expect(municipalities[0]).toMatchObject({ id: '925', asked: 5, services: { local: 1, nationwide: 1 } });
		const [work, money] = municipalities[0]!.topics;
		expect(work).toMatchObject({
			id: 'work',
			asked: 3,
			services: { local: 1, nationwide: 1 },
			hoursUnknown: 2
		});
		expect(work!.languages).toEqual([
			{ id: 'ar', asked: 3, given: { local: 1, nationwide: 0 }, unknown: { local: 0, nationwide: 0 } }
		]);
		expect(money).toMatchObject({ id: 'money', asked: 2, services: { local: 0, nationwide: 1 } });
	});

	it('offers contacts without a place only what is nationwide', () => {
		const [only] = countCoverage(period, demand(asked('', 'fi', 1, 'work')), [local, country]).municipalities;
		expect(only?.services).toEqual({ local: 0, nationwide: 1 });
	});

	it('finds the services of a merged municipality under its old code', () => {
		const [only] = countCoverage(period, demand(asked('911', 'fi', 1)), [
			offer({ municipalities: ['541'] })
		]).municipalities;
		expect(only).toMatchObject({ id: '911', services: { local: 1 } });
	});

	it('languages of services that are not known stand apart from those that are', () => {
		const [only] = countCoverage(period, demand(asked('925', 'so', 4)), [
			local,
			country,
			offer(),
			offer({ municipalities: ['925'] })
		]).municipalities;
		expect(only?.languages).toEqual([
			{ id: 'so', asked: 4, given: { local: 0, nationwide: 0 }, unknown: { local: 1, nationwide: 1 } }
		]);
	});
});

describe('blind spots', () => {
	it('municipalities without a service of their own, and no place is none', () => {
		const of = demand(asked('925', 'fi', 5), asked('140', 'fi', 5), asked('', 'fi', 2));
		const { bare, certain } = spots(of, [
			offer({ languages: new Set(['fi']) }),
			offer({ municipalities: ['140'], languages: new Set(['fi']) })
		]);
		expect(bare.map(({ id }) => id)).toEqual(['925']);
		expect(certain).toEqual([]);
	});

	it('a language that nothing is given in', () => {
		const fi = offer({ municipalities: ['925'], languages: new Set(['fi']) });
		expect(kinds(demand(asked('925', 'ar', 14), asked('925', 'fi', 3)), [fi])).toEqual([
			'language 925  ar 14 1'
		]);
	});

	it('a language that only nationwide services are given in', () => {
		const fi = offer({ municipalities: ['925'], languages: new Set(['fi']) });
		const ar = offer({ languages: new Set(['ar', 'fi']) });
		expect(kinds(demand(asked('925', 'ar', 14)), [fi, ar])).toEqual(['own-language 925  ar 14 1']);
	});

	it('is only possible where languages of services are not known', () => {
		const found = spots(demand(asked('925', 'ar', 14)), [
			offer({ municipalities: ['925'], languages: new Set(['fi']) }),
			offer({ municipalities: ['925'] })
		]);
		expect(found.certain).toEqual([]);
		expect(found.possible).toEqual([
			{ kind: 'language', municipality: '925', language: 'ar', asked: 14, services: 2, unknown: 1 }
		]);
	});

	it('a topic without a service, and one without a service in a language', () => {
		const work = offer({ municipalities: ['925'], topicGroups: ['work'], languages: new Set(['fi']) });
		const other = offer({ municipalities: ['925'], topicGroups: ['money'], languages: new Set(['ar']) });
		expect(
			kinds(demand(asked('925', 'ar', 6, 'work'), asked('925', 'fi', 9, 'housing')), [work, other])
		).toEqual(['topic 925 housing  9 0', 'topic-language 925 work ar 6 1']);
	});

	it('a topic whose services close at four, and only where all hours are known', () => {
		const closes = {
			municipalities: ['925'],
			topicGroups: ['work'],
			languages: new Set(['fi']),
			weekend: false
		};
		const work = demand(asked('925', 'fi', 2, 'work'));
		expect(kinds(work, [offer({ ...closes, evening: false })])).toEqual(['hours 925 work  2 1']);
		expect(kinds(work, [offer({ ...closes, evening: true })])).toEqual([]);
		expect(
			kinds(work, [offer({ ...closes, evening: false }), offer({ ...closes, weekend: undefined })])
		).toEqual([]);
	});

	it('answers that name no language or topic are none', () => {
		const fi = offer({ municipalities: ['925'], languages: new Set(['fi']) });
		const of = demand(
			...['', 'other', 'unknown'].map((language) => asked('925', language, 3)),
			asked('925', 'fi', 4, 'other')
		);
		expect(kinds(of, [fi])).toEqual([]);
	});

	it('whatever is asked and offered: a certain one names nothing that a service answers', () => {
		const languageSet = fc.option(
			fc.uniqueArray(fc.constantFrom('fi', 'ar', 'so'), { minLength: 1 }).map((all) => new Set<string>(all)),
			{ nil: undefined }
		);
		const anyOffer = fc.record({
			municipalities: fc.subarray(['925', '140']),
			topicGroups: fc.subarray(['work', 'money', 'housing']),
			languages: languageSet,
			evening: fc.constantFrom(true, false, undefined),
			weekend: fc.constantFrom(true, false, undefined)
		});
		const anyAsked = fc.record({
			municipality: fc.constantFrom('925', '140', ''),
			language: fc.constantFrom('fi', 'ar', 'so', 'unknown', ''),
			topicGroup: fc.constantFrom('work', 'money', 'housing', ''),
			contacts: fc.integer({ min: 1, max: 9 })
		});
		fc.assert(
			fc.property(fc.array(anyAsked), fc.array(anyOffer), (touched, offers) => {
				const { certain, possible } = spots({ contacts: touched, touched }, offers);
				for (const { municipality, topic, language, kind } of [...certain, ...possible]) {
					const there = offers.filter(
						(one) =>
							(one.municipalities.includes(municipality) ||
								(one.municipalities.length === 0 && kind !== 'own-language')) &&
							(topic === undefined || one.topicGroups.includes(topic))
					);
					if (kind === 'hours')
						expect(there.every(({ evening, weekend }) => !evening && !weekend)).toBe(true);
					else if (language) expect(there.some(({ languages }) => languages?.has(language))).toBe(false);
					else expect(there).toEqual([]);
				}
				for (const { language, topic, municipality } of certain.filter(
					({ kind }) => kind === 'topic-language'
				))
					expect(
						offers.every(
							(one) =>
								!one.topicGroups.includes(topic!) ||
								(one.municipalities.length > 0 && !one.municipalities.includes(municipality)) ||
								(one.languages && !one.languages.has(language!))
						)
					).toBe(true);
			})
		);
	});
});
