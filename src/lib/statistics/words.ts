import { codeLists, findCode, label, topicGroups } from '#lib/domain/code-lists.ts';
import type { Labels } from '#lib/domain/codes/code.ts';
import { languageName, type Locale } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import { dimension, type DimensionId } from './dimensions.ts';
import type { MeasureId } from './measures.ts';
import { topicAreas } from './public-classes.ts';

/** Names of what has no name of its own in the register's lists: people, places and an organisation's own topics, by id. */
export type Names = ReadonlyMap<string, string>;

/** What dimensions are called that are no code list; the others have their list's name. */
const dimensionLabels: Partial<Record<DimensionId, Labels>> = {
	day: { fi: 'Päivä', sv: 'Dag', en: 'Day' },
	week: { fi: 'Viikko', sv: 'Vecka', en: 'Week' },
	month: { fi: 'Kuukausi', sv: 'Månad', en: 'Month' },
	quarter: { fi: 'Vuosineljännes', sv: 'Kvartal', en: 'Quarter' },
	year: { fi: 'Vuosi', sv: 'År', en: 'Year' },
	municipality: {
		fi: 'Neuvontapisteen kunta',
		sv: 'Rådgivningens kommun',
		en: 'Municipality of the desk'
	},
	desk: { fi: 'Neuvontapiste', sv: 'Rådgivningsställe', en: 'Desk' },
	adviser: { fi: 'Neuvoja', sv: 'Rådgivare', en: 'Adviser' },
	language: { fi: 'Asiointikieli', sv: 'Kontaktspråk', en: 'Language of contact' },
	topicGroup: { fi: 'Aiheryhmä', sv: 'Ärendegrupp', en: 'Topic group' },
	topic: { fi: 'Aihe', sv: 'Ärende', en: 'Topic' },
	publicTopic: { fi: 'Aihe (julkinen)', sv: 'Ärende (offentligt)', en: 'Topic (public)' },
	publicGroup: { fi: 'Aiheryhmä (julkinen)', sv: 'Ärendegrupp (offentlig)', en: 'Topic group (public)' },
	topicArea: { fi: 'Aiheet viidessä ryhmässä', sv: 'Ärenden i fem grupper', en: 'Topics in five groups' },
	publicLanguage: {
		fi: 'Asiointikieli (julkinen)',
		sv: 'Kontaktspråk (offentligt)',
		en: 'Language of contact (public)'
	},
	languageGroup: {
		fi: 'Asiointikieli, harvinaiset yhdessä',
		sv: 'Kontaktspråk, ovanliga tillsammans',
		en: 'Language of contact, rare ones together'
	},
	publicGround: {
		fi: 'Tulon syy (julkinen)',
		sv: 'Inreseorsak (offentlig)',
		en: 'Reason for coming (public)'
	},
	clientMunicipality: { fi: 'Asiakkaan kotikunta', sv: 'Klientens hemkommun', en: 'Client’s municipality' },
	origin: { fi: 'Lähtömaa', sv: 'Ursprungsland', en: 'Country of origin' },
	participantLanguage: { fi: 'Osallistujien kieli', sv: 'Deltagarnas språk', en: 'Participants’ language' },
	sentTo: { fi: 'Minne ohjattiin', sv: 'Vart klienten hänvisades', en: 'Where sent' },
	sentHow: { fi: 'Miten ohjattiin', sv: 'Hur klienten hänvisades', en: 'How sent' },
	followUp: { fi: 'Seuranta', sv: 'Uppföljning', en: 'Follow-up' },
	followUpWait: { fi: 'Aika seurantaan', sv: 'Tid till uppföljning', en: 'Time to follow-up' },
	followUpDays: { fi: 'Päiviä seurantaan', sv: 'Dagar till uppföljning', en: 'Days to follow-up' },
	followUpDue: { fi: 'Seurantapäivä', sv: 'Uppföljningsdag', en: 'Day of follow-up' }
};

const measureLabels = {
	contacts: { fi: 'Yhteydenottoja', sv: 'Kontakter', en: 'Contacts' },
	participants: { fi: 'Osallistujia', sv: 'Deltagare', en: 'Participants' },
	referrals: { fi: 'Ohjauksia', sv: 'Hänvisningar', en: 'Referrals' }
} as const satisfies Record<'contacts' | MeasureId, Labels>;

/** What people call what is counted. */
export const measureName = (id: 'contacts' | MeasureId, locale: Locale): string => measureLabels[id][locale];

/** Classes of follow-ups, which are no code list. */
const followUpLabels: Readonly<Record<string, Labels>> = {
	open: { fi: 'Odottaa seurantaa', sv: 'Väntar på uppföljning', en: 'To be followed up' },
	looked: { fi: 'Seurattu', sv: 'Uppföljt', en: 'Followed up' },
	'to-7': { fi: 'Enintään 7 päivää', sv: 'Högst 7 dagar', en: '7 days at most' },
	'8-14': { fi: '8–14 päivää', sv: '8–14 dagar', en: '8–14 days' },
	'15-30': { fi: '15–30 päivää', sv: '15–30 dagar', en: '15–30 days' },
	'over-30': { fi: 'Yli 30 päivää', sv: 'Över 30 dagar', en: 'Over 30 days' }
};

const unsaid = {
	place: { fi: 'Ei paikkaa', sv: 'Ingen plats', en: 'No place' },
	referral: { fi: 'Ei merkitty', sv: 'Inte antecknat', en: 'Not noted' },
	followUp: { fi: 'Ei seurantaa', sv: 'Ingen uppföljning', en: 'No follow-up' },
	wait: { fi: 'Ei seurattu', sv: 'Inte uppföljt', en: 'Not followed up' },
	topic: { fi: 'Ei aihetta', sv: 'Inget ärende', en: 'No topic' },
	other: { fi: 'Ei kysytty', sv: 'Inte frågat', en: 'Not asked' },
	unknown: { fi: 'Ei tietoa', sv: 'Ingen uppgift', en: 'Not known' },
	elsewhere: { fi: 'Muu kunta', sv: 'Annan kommun', en: 'Another municipality' },
	abroad: { fi: 'Ulkomailla', sv: 'Utomlands', en: 'Abroad' },
	gone: { fi: 'Nimi ei ole tallessa', sv: 'Namnet finns inte kvar', en: 'Name is not kept' }
} as const satisfies Record<string, Labels>;

/** What people call a dimension. */
export function dimensionName(id: DimensionId, locale: Locale): string {
	const own = dimensionLabels[id];
	if (own) return own[locale];
	const { list } = dimension(id);
	return list ? codeLists[list][locale] : id;
}

/** What a class without a value is called: nothing was asked, or noted. */
function unsaidName(id: DimensionId, locale: Locale): string {
	const { column } = dimension(id);
	if (column === 'topics') return unsaid.topic[locale];
	if (column === 'referrals') return unsaid.referral[locale];
	if (column === 'followUp') return unsaid[id === 'followUp' ? 'followUp' : 'wait'][locale];
	return column === 'municipality' || column === 'desk' ? unsaid.place[locale] : unsaid.other[locale];
}

/** What people call a class of a dimension; a code that this version does not know is called by itself. */
export function className(id: DimensionId, name: string, locale: Locale, names?: Names): string {
	if (name === '') return unsaidName(id, locale);
	const { list, unit } = dimension(id);
	if (unit) return timeName(name, locale);
	switch (id) {
		case 'municipality':
			return municipalityName(name, locale);
		case 'clientMunicipality':
			if (name === 'unknown' || name === 'elsewhere' || name === 'abroad') return unsaid[name][locale];
			return municipalityName(name, locale);
		case 'desk':
		case 'adviser':
			return names?.get(name) ?? `${unsaid.gone[locale]} (${name.slice(-4)})`;
		case 'topic':
			return findCode('topic', name)?.[locale] ?? names?.get(name) ?? name;
		case 'language':
		case 'publicLanguage':
		case 'languageGroup':
		case 'participantLanguage':
			return languageName(name, locale);
		case 'sentHow':
		case 'takenUp':
			// Sent nowhere: a class of all that is told of referrals.
			return label(name === 'none' || !list ? 'partner-body' : list, name, locale);
		case 'followUp':
		case 'followUpWait':
			return followUpLabels[name]?.[locale] ?? name;
		case 'topicArea':
			return topicAreas.find((area) => area.id === name)?.[locale] ?? name;
		case 'topicGroup':
		case 'publicGroup':
			return topicGroups.find((group) => group.id === name)?.short[locale] ?? name;
		case 'origin':
			return countryName(name, locale);
		default:
			return list ? label(list, name, locale) : name;
	}
}

function countryName(code: string, locale: Locale): string {
	if (code === 'unknown' || code === 'not-stated') return unsaid.unknown[locale];
	if (!/^[A-Z]{2}$/.test(code)) return code;
	return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}

const UTC = { timeZone: 'UTC' } as const;

/** A unit of time as `periods.ts` names it. */
function timeName(name: string, locale: Locale): string {
	const week = /^(\d{4})-W(\d\d)$/.exec(name);
	if (week) {
		const word = { fi: 'vk', sv: 'v.', en: 'wk' }[locale];
		return `${word} ${Number(week[2])}/${week[1]}`;
	}
	const quarter = /^(\d{4})-Q(\d)$/.exec(name);
	if (quarter)
		return `${{ fi: `${quarter[2]}. neljännes`, sv: `kvartal ${quarter[2]}`, en: `Q${quarter[2]}` }[locale]} ${quarter[1]}`;
	if (/^\d{4}-\d\d$/.test(name))
		return new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', ...UTC }).format(
			new Date(`${name}-01`)
		);
	if (/^\d{4}-\d\d-\d\d$/.test(name))
		return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
			day: 'numeric',
			month: 'numeric',
			year: 'numeric',
			...UTC
		}).format(new Date(name));
	return name;
}

/** Classes that say that something is not known; they stand last. */
const LAST = ['none', 'other', 'others', 'elsewhere', 'abroad', 'not-stated', 'unknown', ''];

/**
 * Puts classes into the order that people read them in: times by themselves, scales as their list has them, everything else the largest first; what is not known
 * last.
 */
export function orderClasses(
	id: DimensionId,
	classes: readonly string[],
	size: (name: string) => number,
	nameOf: (name: string) => string
): string[] {
	const { list, unit } = dimension(id);
	const scale =
		id === 'followUpWait' || id === 'followUp'
			? Object.keys(followUpLabels)
			: SCALES.includes(id) && list
				? codeLists[list].codes.map((code) => code.id)
				: [];
	const place = (name: string) => (scale.includes(name) ? scale.indexOf(name) : scale.length);
	return [...classes].sort((a, b) => {
		if (unit) return a < b ? -1 : 1;
		return (
			LAST.indexOf(a) - LAST.indexOf(b) ||
			place(a) - place(b) ||
			size(b) - size(a) ||
			(nameOf(a) < nameOf(b) ? -1 : 1)
		);
	});
}

/** Dimensions whose codes have an order of their own. */
const SCALES: readonly DimensionId[] = ['residenceLength', 'ageBand', 'duration', 'education'];
