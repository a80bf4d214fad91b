import { municipalityTable } from '#lib/domain/codes/municipality-table.ts';
import type { Locale } from '#lib/domain/languages.ts';

/**
 * The 308 municipalities (Finnish: kunta) and 19 regions (maakunta) of 2026. A module of its own, so that the first
 * screen can load without it. Sources: `codes/municipality-table.ts`.
 */

export type Municipality = {
	/** Official code (kuntakoodi), three digits. */
	readonly code: string;
	readonly fi: string;
	readonly sv: string;
	/** Code of the region. */
	readonly region: string;
	/** Inhabitants at the end of 2022, in the borders of 2026. */
	readonly population: number;
};

export type Region = { readonly code: string; readonly fi: string; readonly sv: string; readonly en: string };

/**
 * Municipalities that were merged into another since 2020. Records and postal codes still carry their codes.
 * Sources: Statistics Finland's classification of 2026, vm.fi 11.6.2020 (Honkajoki), Yle 12/2019 (Valtimo).
 */
const merged: readonly { code: string; name: string; into: string; since: string }[] = [
	{ code: '588', name: 'Pertunmaa', into: '507', since: '2026-01-01' },
	{ code: '099', name: 'Honkajoki', into: '214', since: '2021-01-01' },
	{ code: '911', name: 'Valtimo', into: '541', since: '2020-01-01' }
];

function parse() {
	const regions: Region[] = [];
	const byCode = new Map<string, Municipality>();
	let region = '';
	for (const line of municipalityTable.trim().split('\n')) {
		const [, code = '', names = '', population] = /^(\d+) (.+?)(?: (\d+))?$/.exec(line) ?? [];
		const [fi = '', sv = fi, en = fi] = names.split('/');
		if (population) byCode.set(code, { code, fi, sv, region, population: Number(population) });
		else {
			region = code;
			regions.push({ code, fi, sv, en });
		}
	}
	return { regions, byCode };
}

/** Read once, at the first question. The table never changes, so every caller may share the result. */
let parsed: ReturnType<typeof parse> | undefined;
const table = () => (parsed ??= parse());

/** The 19 regions by code. */
export function regions(): readonly Region[] {
	return table().regions;
}

/** All municipalities of 2026, region by region. */
export function municipalities(): readonly Municipality[] {
	return [...table().byCode.values()];
}

/** A municipality of 2026 by its code; undefined for merged and unknown ones. */
export function municipality(code: string): Municipality | undefined {
	return table().byCode.get(code);
}

/** The code of the municipality that this one belongs to today: its own, unless it was merged. */
export function currentMunicipality(code: string): string {
	return merged.find((old) => old.code === code)?.into ?? code;
}

/** Municipalities that are no more, with the one that each belongs to today. */
export const mergedMunicipalities: readonly { code: string; name: string; into: string }[] = merged;

/** Name to show, Swedish for sv and Finnish otherwise. Merged ones keep their name; unknown ones show their code. */
export function municipalityName(code: string, locale: Locale): string {
	const found = municipality(code);
	if (!found) return merged.find((old) => old.code === code)?.name ?? code;
	return locale === 'sv' ? found.sv : found.fi;
}

/** Case and Unicode form do not matter; å, ä and ö are letters of their own and do. */
const fold = (text: string) => text.trim().normalize('NFC').toLowerCase();

/**
 * Municipalities whose Finnish or Swedish name begins with the query, then those that contain it, each group by the
 * name shown in the locale. A merged municipality's name finds the one it now belongs to. An empty query finds all.
 */
export function searchMunicipalities(query: string, locale: Locale): Municipality[] {
	const wanted = fold(query);
	const { compare } = new Intl.Collator(locale === 'sv' ? 'sv' : 'fi');
	const hits: { at: number; name: string; found: Municipality }[] = [];
	for (const found of municipalities()) {
		const names = [found.fi, found.sv];
		for (const old of merged) if (old.into === found.code) names.push(old.name);
		const places = names.map((name) => fold(name).indexOf(wanted)).filter((place) => place >= 0);
		if (places.length)
			hits.push({ at: Math.min(1, ...places), name: municipalityName(found.code, locale), found });
	}
	return hits.sort((a, b) => a.at - b.at || compare(a.name, b.name)).map((hit) => hit.found);
}
