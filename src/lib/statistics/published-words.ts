import type { Locale } from '#lib/domain/languages.ts';
import type { PublishedId } from './published.ts';
import { className } from './words.ts';

/** Classes in which everything stands that has no class of its own (`inClasses`), by dimension and class. */
const REST: Partial<Record<string, Record<Locale, string>>> = {
	'municipality other': {
		fi: 'Muu kunta tai ei paikkaa',
		sv: 'Annan kommun eller ingen plats',
		en: 'Another municipality or no place'
	},
	'residenceLength other': { fi: 'Muu aika', sv: 'Annan tid', en: 'Another length' },
	'language ': {
		fi: 'Muu kieli tai ei kysytty',
		sv: 'Annat språk eller inte frågat',
		en: 'Another language or not asked'
	}
};

/** What a class of a published table is called. */
export const publishedName = (id: PublishedId, name: string, locale: Locale): string =>
	REST[`${id} ${name}`]?.[locale] ?? className(id, name, locale);
