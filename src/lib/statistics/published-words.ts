import type { Locale } from '#lib/domain/languages.ts';
import type { PublishedFigures, PublishedId } from './published.ts';
import { className, orderClasses } from './words.ts';

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

/** The classes of a published table by their names, in the order in which people read them. `count`: null where it is hidden. */
export function publishedClasses(
	{ by, cells }: PublishedFigures['tables'][number],
	locale: Locale
): { id: string; label: string; count: number | null }[] {
	const id = by[0] as PublishedId;
	const counts = new Map(cells.map(({ classes, contacts }) => [classes[0] ?? '', contacts]));
	const label = (name: string) => publishedName(id, name, locale);
	return orderClasses(id, [...counts.keys()], (name) => counts.get(name) ?? 0, label).map((name) => ({
		id: name,
		label: label(name),
		count: counts.get(name) ?? null
	}));
}
