/** GRS 80, the ellipsoid of EUREF-FIN: semi-major axis in metres, and flattening. */
const A = 6_378_137;
const F = 1 / 298.257222101;

/** ETRS-TM35FIN (EPSG:3067): scale on the central meridian, its longitude in degrees, and its easting in metres. */
const SCALE = 0.9996;
const CENTRAL_MERIDIAN = 27;
const FALSE_EASTING = 500_000;

const DEGREES = 180 / Math.PI;
const E = Math.sqrt(F * (2 - F));
const N = F / (2 - F);
/** Radius of the rectifying sphere. */
const A1 = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
/** Coefficients of the inverse series, up to the fourth power: below a millimetre everywhere in Finland. */
const SERIES = [
	N / 2 - (2 * N ** 2) / 3 + (37 * N ** 3) / 96 - N ** 4 / 360,
	N ** 2 / 48 + N ** 3 / 15 - (437 * N ** 4) / 1440,
	(17 * N ** 3) / 480 - (37 * N ** 4) / 840,
	(4397 * N ** 4) / 161_280
];

/** Where the projection is used: Finland with its waters, generously (metres). */
const BOUNDS = { northing: [6_500_000, 7_900_000], easting: [0, 900_000] } as const;

/**
 * The WGS 84 position of a point in ETRS-TM35FIN, for maps and distances. Source of the formulas: JHS 197, appendix 2
 * (before: JHS 154). EUREF-FIN and WGS 84 are taken as one: they differ by less than a metre.
 *
 * @param northing metres; the Finnish service catalogue calls it `latitude`
 * @param easting metres; there `longitude`
 * @returns degrees with six decimals (0.1 m); undefined for what is not a point in Finland, degrees for instance
 */
export function degreesOfTm35fin(
	northing: number,
	easting: number
): { latitude: number; longitude: number } | undefined {
	const inside = (value: number, [least, most]: readonly [number, number]) => value > least && value < most;
	if (!inside(northing, BOUNDS.northing) || !inside(easting, BOUNDS.easting)) return undefined;

	const xi = northing / (A1 * SCALE);
	const eta = (easting - FALSE_EASTING) / (A1 * SCALE);
	let xiSphere = xi;
	let etaSphere = eta;
	for (const [index, h] of SERIES.entries()) {
		const j = 2 * (index + 1);
		xiSphere -= h * Math.sin(j * xi) * Math.cosh(j * eta);
		etaSphere -= h * Math.cos(j * xi) * Math.sinh(j * eta);
	}
	const beta = Math.asin(Math.sin(xiSphere) / Math.cosh(etaSphere));
	const fromMeridian = Math.asin(Math.tanh(etaSphere) / Math.cos(beta));
	const q = Math.asinh(Math.tan(beta));
	let isometric = q;
	// It gains two digits a round.
	for (let round = 0; round < 6; round += 1) isometric = q + E * Math.atanh(E * Math.tanh(isometric));
	return {
		latitude: rounded(Math.atan(Math.sinh(isometric)) * DEGREES),
		longitude: rounded(CENTRAL_MERIDIAN + fromMeridian * DEGREES)
	};
}

const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
