import { describe, expect, it } from 'vitest';
import { degreesOfTm35fin } from './tm35fin.ts';

/** Metres between two positions; good enough for some metres. */
function metres(a: { latitude: number; longitude: number }, latitude: number, longitude: number): number {
	const perDegree = 111_320;
	const east = (a.longitude - longitude) * perDegree * Math.cos((latitude * Math.PI) / 180);
	return Math.hypot((a.latitude - latitude) * perDegree, east);
}

/** Northing and easting computed with PROJ's formulas (proj4js 2, `+proj=utm +zone=35 +ellps=GRS80`). */
const known: [name: string, northing: number, easting: number, latitude: number, longitude: number][] = [
	['Helsinki cathedral', 6672152.648, 386375.82, 60.170421, 24.952149],
	['Turku cathedral', 6711119.567, 240395.323, 60.452494, 22.278389],
	['Mariehamn', 6683261.17, 107579.582, 60.0973, 19.9348],
	['Ilomantsi, the far east', 6983801.751, 732917.235, 62.9094, 31.587],
	['Kilpisjärvi, the far north-west', 7671809.554, 252493.787, 69.044, 20.79],
	['Nuorgam, the far north', 7775482.194, 533454.471, 70.084, 27.88],
	['Otava, Mikkeli', 6834688.027, 503879.049, 61.64546702, 27.07321047]
];

describe('positions from ETRS-TM35FIN', () => {
	it.each(known)('%s is found to the metre', (_name, northing, easting, latitude, longitude) => {
		const found = degreesOfTm35fin(northing, easting);
		expect(found && metres(found, latitude, longitude)).toBeLessThan(0.2);
	});

	it('follows the length of the meridian arc: 6 654 072.819 m to 60° on GRS 80', () => {
		expect(degreesOfTm35fin(6_654_072.819 * 0.9996, 500_000)).toEqual({ latitude: 60, longitude: 27 });
	});

	it.each([
		['degrees', 60.17, 24.95],
		['swapped axes', 386375, 6672152],
		['nothing', 0, 0],
		['not a number', Number.NaN, 386375],
		['infinity', 6672152, Number.POSITIVE_INFINITY]
	])('has no position for %s', (_what, northing, easting) => {
		expect(degreesOfTm35fin(northing, easting)).toBeUndefined();
	});
});
