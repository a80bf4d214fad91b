import { findCode, offered, topicGroups, topicIds } from '#lib/domain/code-lists.ts';
import { countryCodes } from '#lib/domain/codes/countries.ts';
import { languageNames } from '#lib/domain/codes/language-names.ts';
import { currentMunicipality, mergedMunicipalities, municipalities } from '#lib/domain/municipalities.ts';
import { languages } from '#lib/domain/languages.ts';
import { turnedOnIn, type RegisterSettings } from '#lib/domain/register-settings.ts';
import { fieldLists, manyFields, NO_VALUE, type RegisterField } from '#lib/protocol/register-import.ts';
import { fold } from './fold.ts';

/** A desk of the organisation, with what a visit takes from it. */
export interface KnownDesk {
	id: string;
	name: string;
	municipality: string;
	/** Civil date from which on it is no more. */
	closedFrom?: string | undefined;
}

/** What the organisation has, beside the lists that everybody has. */
export interface Around {
	desks: readonly KnownDesk[];
	settings: RegisterSettings;
	members: ReadonlySet<string>;
}

const LOCALES = ['fi', 'sv', 'en'] as const;
const UNKNOWN = ['ei tietoa', 'ei tiedossa', 'tuntematon', 'ingen uppgift', 'okänd', 'okänt', 'not known', 'unknown', 'n/a', '?', '-'].map(fold); // prettier-ignore
const ELSEWHERE = ['muu kunta', 'muualla', 'annan kommun', 'another municipality', 'elsewhere'];
const ABROAD = ['ulkomailla', 'ulkomaat', 'utomlands', 'abroad'];

/** Fields without an answer "not known": a contact had some channel, whatever the register says. */
const hasUnknown = (field: RegisterField): boolean => {
	const list = fieldLists[field];
	if (list) return findCode(list, 'unknown') !== undefined;
	return field === 'language' || field === 'origin' || field === 'clientMunicipality';
};

/** What a field's values may become; also said by whoever maps them. */
export class KnownWords {
	readonly #around: Around;
	readonly #words = new Map<RegisterField, ReadonlyMap<string, string>>();
	readonly #codes = new Map<RegisterField, ReadonlySet<string>>();

	constructor(around: Around) {
		this.#around = around;
	}

	/** The code of a value, or undefined where nothing is known by that name. */
	codeOf(field: RegisterField, value: string): string | undefined {
		const said = fold(value);
		const found = this.#of(field).get(said);
		if (found !== undefined) return found;
		if (UNKNOWN.includes(said)) return hasUnknown(field) ? 'unknown' : NO_VALUE;
		if (field === 'place' || field === 'clientMunicipality') return this.#municipalityNumber(field, said);
		if (field === 'ageBand' && /^\d{1,3}$/.test(said)) return ageBandOf(Number(said));
		const [, minutes] = /^(\d{1,3})(?: ?min(?:uuttia|uter|utes)?)?$/.exec(said) ?? [];
		if (field === 'duration' && minutes !== undefined) return durationOf(Number(minutes));
		return undefined;
	}

	/** Whether somebody may say that a value means this. */
	has(field: RegisterField, code: string): boolean {
		let codes = this.#codes.get(field);
		if (!codes) {
			codes = new Set(this.#of(field).values());
			this.#codes.set(field, codes);
		}
		return codes.has(code) || code === NO_VALUE || (code === 'unknown' && hasUnknown(field));
	}

	/** The values of a cell: several where the field may have several, unless the whole is known as one. */
	partsOf(field: RegisterField, cell: string): string[] {
		if (!manyFields.includes(field) || this.codeOf(field, cell) !== undefined) return [cell];
		const split = (sign: RegExp) => cell.split(sign).map((part) => part.trim()).filter((part) => part !== ''); // prettier-ignore
		const coarse = split(/[;|\n]/);
		return coarse.length > 1 ? coarse : split(/[;|\n,]/);
	}

	#municipalityNumber(field: RegisterField, said: string): string | undefined {
		const [, digits] = /^(\d{1,3})\b/.exec(said) ?? /\((\d{3})\)$/.exec(said) ?? [];
		return digits === undefined ? undefined : this.#of(field).get(digits.padStart(3, '0'));
	}

	#of(field: RegisterField): ReadonlyMap<string, string> {
		let words = this.#words.get(field);
		if (!words) {
			words = new Map(this.#read(field).map(([word, code]) => [fold(word), code] as const));
			this.#words.set(field, words);
		}
		return words;
	}

	/** Later words win over earlier ones. */
	#read(field: RegisterField): (readonly [string, string])[] {
		const list = fieldLists[field];
		const { settings, desks } = this.#around;
		if (list === 'topic') {
			const own = [...settings.topics].flatMap(([id, names]) => [[id, id] as const, ...Object.values(names).map((name) => [String(name), id] as const)]); // prettier-ignore
			const common = topicIds.flatMap((id) => named(id, findCode('topic', id))).reverse();
			const short = topicGroups.flatMap((group) => named(group.id, group.short));
			return [...short, ...common, ...own];
		}
		if (list) {
			// What is asked only where an organisation wants it comes in only there.
			const turnedOn = turnedOnIn(settings, list);
			return offered(list)
				.filter((code) => code.askedByDefault !== false || turnedOn.includes(code.id))
				.flatMap((code) => named(code.id, code));
		}
		switch (field) {
			case 'language':
				return [
					...named('unknown', languageNames('unknown')),
					...languages().flatMap((one) => [...named(one.code, one), [one.own || one.code, one.code] as const])
				];
			case 'origin':
				return countryCodes.flatMap((code) =>
					named(code, Object.fromEntries(LOCALES.map((locale) => [locale, countryIn(locale, code)])))
				);
			case 'clientMunicipality':
				return [
					...municipalityWords(),
					...ELSEWHERE.map((word) => [word, 'elsewhere'] as const),
					...ABROAD.map((word) => [word, 'abroad'] as const)
				];
			case 'place': {
				const names = desks.map(({ name }) => fold(name));
				// Two desks of one name: somebody has to say which one is meant.
				const unique = desks.filter(({ name }) => names.filter((other) => other === fold(name)).length === 1);
				return [
					...municipalityWords(),
					...desks.map(({ id }) => [id, id] as const),
					...unique.map(({ id, name }) => [name, id] as const)
				];
			}
			default:
				return [];
		}
	}
}

function named(id: string, labels: Partial<Record<'fi' | 'sv' | 'en', string>> | undefined): (readonly [string, string])[] {
	return [[id, id], ...LOCALES.flatMap((locale) => (labels?.[locale] ? [[labels[locale], id] as const] : []))];
} // prettier-ignore

const regionNames = new Map(
	LOCALES.map((locale) => [locale, new Intl.DisplayNames(locale, { type: 'region' })])
);
const countryIn = (locale: 'fi' | 'sv' | 'en', code: string) => regionNames.get(locale)?.of(code) ?? code;

/** One that was merged is counted where it belongs today. */
const municipalityWords = () => [
	...mergedMunicipalities.flatMap(({ code, name }) => [[code, code] as const, [name, code] as const]),
	...municipalities().flatMap(({ code, fi, sv }) => [[code, code], [fi, code], [sv, code]] as const)
]; // prettier-ignore

/** Where a municipality's contacts are counted today, and whether that is another one. */
export function countedIn(code: string): { code: string; merged: boolean } {
	const current = currentMunicipality(code);
	return { code: current, merged: current !== code };
}

function ageBandOf(age: number): string | undefined {
	if (age > 120) return undefined;
	return age < 15 ? '0-14' : age < 25 ? '15-24' : age < 45 ? '25-44' : age < 65 ? '45-64' : '65-';
}

function durationOf(minutes: number): string | undefined {
	return offered('duration').find(
		({ minutes: [from, to] = [0, 0] }) => minutes >= from && (to === null || minutes < to)
	)?.id;
}
