import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
	currentMunicipality,
	municipalities,
	municipality,
	municipalityName,
	regions,
	searchMunicipalities
} from '#lib/domain/municipalities.ts';

describe('municipalities', () => {
	it('are 308 in 19 regions', () => {
		expect(municipalities()).toHaveLength(308);
		expect(new Set(municipalities().map(({ code }) => code)).size).toBe(308);
		expect(new Set(municipalities().map(({ fi }) => fi)).size).toBe(308);
		expect(regions()).toHaveLength(19);
		expect(new Set(regions().map(({ code }) => code))).toEqual(
			new Set(municipalities().map(({ region }) => region))
		);
	});

	it('are complete', () => {
		for (const { code, fi, sv, population } of municipalities()) {
			expect(code).toMatch(/^\d{3}$/);
			for (const name of [fi, sv]) expect(name).toMatch(/^\S(.*\S)?$/);
			expect(population, fi).toBeGreaterThan(90);
		}
		for (const { code, fi, sv, en } of regions()) {
			expect(code).toMatch(/^\d{2}$/);
			for (const name of [fi, sv, en]) expect(name).toMatch(/^\S(.*\S)?$/);
		}
		const finland = municipalities().reduce((sum, { population }) => sum + population, 0);
		expect(finland).toBe(5_563_970);
	});

	it('are found by code', () => {
		expect(municipality('140')).toMatchObject({ fi: 'Iisalmi', sv: 'Idensalmi', region: '11' });
		expect(municipality('588')).toBeUndefined();
	});

	it('are named in the language of the reader', () => {
		expect(municipalityName('853', 'sv')).toBe('Åbo');
		expect(municipalityName('853', 'fi')).toBe('Turku');
		expect(municipalityName('853', 'en')).toBe('Turku');
		expect(municipalityName('998', 'fi')).toBe('998');
	});

	it('keep merged codes readable and lead on to today', () => {
		for (const [old, name, into] of [
			['588', 'Pertunmaa', 'Mäntyharju'],
			['099', 'Honkajoki', 'Kankaanpää'],
			['911', 'Valtimo', 'Nurmes']
		] as const) {
			expect(municipalityName(old, 'fi')).toBe(name);
			expect(municipalityName(currentMunicipality(old), 'fi')).toBe(into);
			expect(searchMunicipalities(name, 'fi').map(({ fi }) => fi)).toEqual([into]);
		}
		expect(currentMunicipality('140')).toBe('140');
		expect(currentMunicipality('998')).toBe('998');
	});

	it('are searched by the beginning of either name, then within', () => {
		const names = (query: string) => searchMunicipalities(query, 'fi').map(({ fi }) => fi);
		expect(names('iis')).toEqual(['Iisalmi', 'Loviisa']);
		expect(names('IDENS')).toEqual(['Iisalmi']);
		expect(names('åbo')).toEqual(['Turku', 'Oulu']);
		expect(names('nsalmi')).toEqual(['Hirvensalmi', 'Hyrynsalmi', 'Iisalmi']);
		expect(names('lap').slice(0, 4)).toEqual(['Lapinjärvi', 'Lapinlahti', 'Lappajärvi', 'Lappeenranta']);
		expect(searchMunicipalities('sonka', 'sv').map(({ sv }) => sv)).toEqual(['Sonkajärvi']);
		expect(names('qq')).toEqual([]);
		expect(names(' ')).toHaveLength(308);
	});

	it('keep å, ä and ö apart from a and o, in either Unicode form', () => {
		const names = (query: string) => searchMunicipalities(query, 'fi').map(({ fi }) => fi);
		expect(names('hame')).not.toContain('Hämeenlinna');
		expect(names('häme')).toContain('Hämeenlinna');
		expect(names('häme'.normalize('NFD'))).toContain('Hämeenlinna');
		expect(names('ä')[0]).toBe('Ähtäri');
	});
});

type SourceRow = {
	code: string;
	name_fi: string;
	name_sv: string;
	region: { code: string; fi: string; sv: string; en: string };
	population_2022: number;
};

const source = new URL('../../../../shared/data/municipalities.json', import.meta.url);

describe('municipalities against their source', () => {
	it.skipIf(!existsSync(source))('are the same (skipped without ../shared/data)', () => {
		const expected: SourceRow[] = JSON.parse(readFileSync(source, 'utf8'));
		for (const row of expected) {
			expect(municipality(row.code)).toEqual({
				code: row.code,
				fi: row.name_fi.trim(),
				sv: row.name_sv.trim(),
				region: row.region.code,
				population: row.population_2022
			});
			expect(regions()).toContainEqual(row.region);
		}
		expect(expected).toHaveLength(municipalities().length);
	});
});
