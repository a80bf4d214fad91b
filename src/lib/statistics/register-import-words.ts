import type { Labels } from '#lib/domain/codes/code.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';

/** Words of the import of an old register that stand on its page and in the file of its lines alike. */

export const isLocale = (text: string): text is Locale => text === 'fi' || text === 'sv' || text === 'en';

/** What is wrong with a row, or was noticed about it. */
// prettier-ignore
const reasons: Readonly<Record<string, Labels>> = {
	no_date: { fi: 'Päivämäärä puuttuu', sv: 'Datum saknas', en: 'There is no date' },
	bad_date: { fi: 'Tällaista päivämäärää ei ole', sv: 'Det finns inget sådant datum', en: 'There is no such date' },
	date_ambiguous: { fi: 'Päivä ja kuukausi voi vaihtaa keskenään: kerro, kumpi on ensin', sv: 'Dag och månad kan förväxlas: säg vilken som står först', en: 'Day and month can be mixed up: say which comes first' },
	date_other_order: { fi: 'Päivämäärä on muita eri järjestyksessä; luettiin ainoalla mahdollisella tavalla', sv: 'Datumet har annan ordning än de andra; lästes på det enda möjliga sättet', en: 'The date has another order than the others; it was read in the only possible way' },
	date_too_old: { fi: 'Päivämäärä on ennen vuotta 2000', sv: 'Datumet är före år 2000', en: 'The date is before the year 2000' },
	date_future: { fi: 'Päivämäärä on tulevaisuudessa', sv: 'Datumet ligger i framtiden', en: 'The date is in the future' },
	bad_time: { fi: 'Kellonaikaa ei ole; päivä otettiin', sv: 'Det finns inget sådant klockslag; dagen togs in', en: 'There is no such time; the day was taken' },
	count_missing: { fi: 'Lukumäärä puuttuu', sv: 'Antal saknas', en: 'The number is missing' },
	bad_count: { fi: 'Lukumäärä ei ole kokonaisluku', sv: 'Antalet är inget helt tal', en: 'The number is not a whole number' },
	count_negative: { fi: 'Lukumäärä on negatiivinen', sv: 'Antalet är negativt', en: 'The number is negative' },
	count_zero: { fi: 'Lukumäärä on nolla', sv: 'Antalet är noll', en: 'The number is zero' },
	count_too_large: { fi: 'Lukumäärä on yli 5 000', sv: 'Antalet är över 5 000', en: 'The number is over 5,000' },
	unknown_value: { fi: 'Arvoa ei tunneta: kerro, mitä se tarkoittaa', sv: 'Okänt värde: säg vad det betyder', en: 'The value is not known: say what it means' },
	left_out: { fi: 'Arvon rivit päätettiin jättää pois', sv: 'Värdets rader lämnades bort enligt ert val', en: 'You chose to leave out the rows with this value' },
	merged_municipality: { fi: 'Kunta on liitetty toiseen; lasketaan nykyiseen kuntaan', sv: 'Kommunen har gått upp i en annan; räknas till den nuvarande', en: 'The municipality was merged; it is counted in the one of today' },
	desk_closed: { fi: 'Neuvontapiste oli jo lopetettu; vain kunta jäi', sv: 'Rådgivningsstället fanns inte längre; bara kommunen blev kvar', en: 'The desk was closed by then; only the municipality was kept' },
	same_client_same_day: { fi: 'Sama asiakaskoodi samana päivänä; laskettiin molemmat', sv: 'Samma klientkod samma dag; båda räknades', en: 'The same client code on the same day; both were counted' },
	note_personal: { fi: 'Muistiinpanossa on henkilötiedolta näyttävä kohta; muistiinpano jäi pois', sv: 'Anteckningen innehåller något som ser ut som en personuppgift; den lämnades bort', en: 'The note has something that looks personal; the note was left out' },
	note_cut: { fi: 'Muistiinpano lyhennettiin 500 merkkiin', sv: 'Anteckningen kortades till 500 tecken', en: 'The note was cut to 500 characters' },
	in_before: { fi: 'Rivi on tuotu jo aiemmin', sv: 'Raden har redan hämtats in', en: 'The row came in before' },
	other_sheet: { fi: 'Taulukon sarakkeet ovat toiset; sitä ei luettu', sv: 'Bladet har andra kolumner; det lästes inte', en: 'The sheet has other columns; it was not read' },
	other: { fi: 'Muu syy', sv: 'Annan orsak', en: 'Another reason' }
};

export const reasonLabel = (code: string, locale: Locale): string => (reasons[code] ?? reasons.other!)[locale]; // prettier-ignore

/** What is done with the row. */
const outcomes: Readonly<Record<string, Labels>> = {
	skipped: { fi: 'Rivi jäi pois', sv: 'Raden lämnades bort', en: 'Row left out' },
	mended: { fi: 'Rivi otetaan mukaan', sv: 'Raden tas med', en: 'Row taken in' }
};

export const outcomeLabel = (outcome: 'skipped' | 'mended', locale: Locale): string =>
	outcomes[outcome]![locale];

const head: Readonly<Record<Locale, readonly string[]>> = {
	fi: ['Rivi', 'Sarake', 'Mitä huomattiin', 'Arvo', 'Mitä tehdään'],
	sv: ['Rad', 'Kolumn', 'Vad som märktes', 'Värde', 'Vad som görs'],
	en: ['Row', 'Column', 'What was noticed', 'Value', 'What is done']
};

export const lineHead = (locale: Locale): readonly string[] => head[locale];

interface Line {
	where: string;
	outcome: 'skipped' | 'mended';
	code: string;
	field?: string | undefined;
	found?: string | undefined;
}

/** What was found, as people read it: a municipality has come down to its code by then. */
export const foundText = (
	{ code, found }: Pick<Line, 'code' | 'found'>,
	locale: Locale
): string | undefined =>
	code === 'merged_municipality' && found !== undefined ? municipalityName(found, locale) : found;

/** One line as the cells of the file. */
export const lineWords = (line: Line, locale: Locale): readonly (string | undefined)[] => [
	line.where,
	line.field,
	reasonLabel(line.code, locale),
	foundText(line, locale),
	outcomeLabel(line.outcome, locale)
];
