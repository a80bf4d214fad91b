import { currentMunicipality, municipalities, municipality } from '#lib/domain/municipalities.ts';
import type { Mended } from './report-line.ts';

/**
 * Wellbeing services counties (Finnish: hyvinvointialue) as regions or municipalities. Each is one region (maakunta), but for Uusimaa,
 * where they share it; 90 is Helsinki, which is its own, and 91 Åland. Source: Statistics Finland's classification of 2026.
 */
const COUNTIES = new Map<string, { region: string } | { codes: string }>(
	Object.entries({
		'01': { codes: '018 407 434 504 616 638 753' },
		'02': { codes: '106 186 505 543 611 858' },
		'03': { codes: '049 078 149 224 235 257 444 710 755 927' },
		'04': { codes: '092 245' },
		'05': { region: '02' },
		'06': { region: '04' },
		'07': { region: '05' },
		'08': { region: '06' },
		'09': { region: '07' },
		'10': { region: '08' },
		'11': { region: '09' },
		'12': { region: '10' },
		'13': { region: '11' },
		'14': { region: '12' },
		'15': { region: '13' },
		'16': { region: '14' },
		'17': { region: '15' },
		'18': { region: '16' },
		'19': { region: '17' },
		'20': { region: '18' },
		'21': { region: '19' },
		'90': { codes: '091' },
		'91': { region: '21' }
	})
);

/** Codes of a region's municipalities; empty for an unknown region. */
export function municipalitiesOfRegion(region: string): string[] {
	return municipalities()
		.filter((found) => found.region === region)
		.map(({ code }) => code);
}

/** Codes of the municipalities of a wellbeing services county; empty for an unknown one. */
export function municipalitiesOfCounty(county: string): string[] {
	const found = COUNTIES.get(county);
	if (!found) return [];
	return 'region' in found ? municipalitiesOfRegion(found.region) : found.codes.split(' ');
}

/** Municipality codes of today in order, each once; merged ones become the one they belong to, unknown ones are reported. */
export function municipalityCodes(codes: Iterable<string>, field: string, mended: Mended): string[] {
	const found = new Set<string>();
	for (const code of codes) {
		const today = currentMunicipality(code.trim().padStart(3, '0'));
		if (municipality(today)) found.add(today);
		else mended('unknown_municipality', field, code);
	}
	return [...found].sort();
}
