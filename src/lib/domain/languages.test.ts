import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
	baseLanguages,
	direction,
	language,
	languageName,
	languages,
	packLanguages,
	searchLanguages,
	specialLanguages
} from '#lib/domain/languages.ts';

const find = (query: string) => searchLanguages(query).map(({ code }) => code);

describe('languages', () => {
	it('are 57, named in three languages and, but for "other", in their own', () => {
		expect(languages()).toHaveLength(57);
		expect(new Set(languages().map(({ code }) => code)).size).toBe(57);
		for (const { code, own, fi, sv, en, script } of languages()) {
			for (const name of [fi, sv, en]) expect(name, code).toMatch(/^\S(.*\S)?$/);
			expect(own === '', code).toBe(code === 'other');
			expect(script, code).toMatch(/^[A-Z][a-z]{3}$/);
		}
		for (const name of ['fi', 'sv', 'en'] as const)
			expect(new Set(languages().map((each) => each[name])).size, name).toBe(57);
	});

	it('cover the base set and the packs', () => {
		expect(baseLanguages).toHaveLength(13);
		expect(packLanguages).toHaveLength(9);
		const codes = languages().map(({ code }) => code);
		for (const code of [...baseLanguages, ...packLanguages]) expect(codes).toContain(code);
		expect(new Set([...baseLanguages, ...packLanguages]).size).toBe(22);
	});

	it('have names for records without a language and for codes of others', () => {
		for (const code of specialLanguages)
			for (const locale of ['fi', 'sv', 'en'] as const) expect(languageName(code, locale)).not.toBe(code);
		expect(languageName('unknown', 'fi')).toBe('kieli ei tiedossa');
		expect(languageName('und', 'fi')).toBe(languageName('other', 'fi'));
		expect(languageName('kmr', 'sv')).toBe('kurdiska');
		expect(languageName('fi-simple', 'fi')).toBe('selkosuomi');
		expect(languageName('xx-new', 'fi')).toBe('xx-new');
		expect(language('xx-new')).toBeUndefined();
	});

	it('run in the direction of their script', () => {
		const rtl = ['Arab', 'Hebr', 'Thaa'];
		for (const { code, script, dir } of languages())
			expect(dir, code).toBe(rtl.includes(script) ? 'rtl' : 'ltr');
		expect(
			languages()
				.filter(({ dir }) => dir === 'rtl')
				.map(({ code }) => code)
		).toEqual(['ar', 'fa', 'ckb', 'prs', 'ps', 'ur', 'ug']);
	});
});

describe('direction of a tag', () => {
	it.each(
		'ar ar-EG AR_eg fa fa-AF prs ckb ckb-IQ ps ur ur-PK he yi dv sd ug ku-Arab ku-Arab-IQ ku-IQ uz-AF az-Arab pa-Arab-PK arz'.split(
			' '
		)
	)('%s is right to left', (tag) => expect(direction(tag)).toBe('rtl'));

	it.each(
		'fi fi-simple en ku ku-Latn ku-TR uz az pa sd-Deva ug-Cyrl ar-Latn so tr am ti zh-Hans sw-CD fse other unknown und'.split(
			' '
		)
	)('%s is left to right', (tag) => expect(direction(tag)).toBe('ltr'));

	it('does not take an extension for a script', () => {
		expect(direction('en-u-nu-arab')).toBe('ltr');
		expect(direction('en-x-arab')).toBe('ltr');
		expect(direction('x-arab')).toBe('ltr');
		expect(direction('fa-u-ca-gregory-nu-latn')).toBe('rtl');
		expect(direction('')).toBe('ltr');
	});
});

describe('search of languages', () => {
	it.each([
		['arabi', 'ar'],
		['arabiska', 'ar'],
		['عربي', 'ar'],
		['persia', 'fa'],
		['farsi', 'fa'],
		['فارسي', 'fa'],
		['dari', 'prs'],
		['kurdi', 'ku'],
		['kurmandži', 'ku'],
		['kurmanji', 'ku'],
		['Kurmancî', 'ku'],
		['sorani', 'ckb'],
		['tigrinja', 'ti'],
		['tigrinya', 'ti'],
		['swahili', 'sw'],
		['suahili', 'sw'],
		['venaja', 'ru'],
		['РУССКИЙ', 'ru'],
		['turkce', 'tr'],
		['pashto', 'ps'],
		['tagalog', 'tl'],
		['mandariini', 'zh'],
		['viro', 'et'],
		['viittomakieli', 'fse'],
		['so', 'so'],
		['SW-cd', 'sw-CD'],
		['muu', 'other']
	])('finds %s', (query, code) => expect(find(query)[0]).toBe(code));

	it('shows every variety that a word may mean', () => {
		expect(find('kurdi')).toEqual(['ku', 'ckb']);
		expect(find('farsi')).toEqual(['fa', 'prs']);
		expect(find('afganistan')).toEqual(['prs', 'ps']);
		expect(find('suahili')).toEqual(expect.arrayContaining(['sw', 'sw-CD']));
		expect(find('saame')).toEqual(['se', 'smn', 'sms']);
	});

	it('looks inside of words only from three letters on', () => {
		expect(find('ar')).toEqual(['ar']);
		expect(find('kurdiska')).toEqual(['ku', 'ckb']);
	});

	it('finds all for an empty query and nothing for nonsense', () => {
		expect(find('  ')).toEqual(languages().map(({ code }) => code));
		expect(find('qqq')).toEqual([]);
	});
});

type SourceRow = {
	code: string;
	own_name: string;
	name_fi: string;
	name_sv: string;
	name_en: string;
	script: string | null;
	direction: string;
};

const source = new URL('../../../../shared/data/languages.json', import.meta.url);

describe('languages against their source', () => {
	it.skipIf(!existsSync(source))('are the same (skipped without ../shared/data)', () => {
		const expected: { languages: SourceRow[] } = JSON.parse(readFileSync(source, 'utf8'));
		const names = (row: SourceRow) => {
			if (row.code === 'ckb')
				return {
					fi: 'sorani (keskuskurdi)',
					sv: 'sorani (centralkurdiska)',
					en: 'Sorani (Central Kurdish)'
				};
			return { fi: row.name_fi, sv: row.code === 'ps' ? 'pashto' : row.name_sv, en: row.name_en };
		};
		expect(languages()).toEqual(
			expected.languages.map((row) => ({
				code: row.code === 'und' ? 'other' : row.code,
				own: row.own_name,
				...names(row),
				script: row.script ?? (row.code === 'und' ? 'Zzzz' : 'Zxxx'),
				dir: row.direction
			}))
		);
	});
});
