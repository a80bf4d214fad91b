/** Calling code and trunk prefix of the countries whose services are near to people in Finland (ITU-T E.164 annex). */
const DIALLED_IN = {
	FI: { code: '358', trunk: '0' },
	SE: { code: '46', trunk: '0' },
	NO: { code: '47', trunk: '' },
	DK: { code: '45', trunk: '' },
	EE: { code: '372', trunk: '' },
	GB: { code: '44', trunk: '0' },
	US: { code: '1', trunk: '1' }
} as const;

/** Country whose numbers stand without a country code, ISO 3166-1 alpha-2. */
export type DialCountry = keyof typeof DIALLED_IN;

/**
 * A phone number as people write it in E.164 (`+358295419800`), a short number such as `112` as it is; undefined where it
 * is none.
 *
 * @param country where it is dialled if it has no country code
 */
export function e164(written: string, country: DialCountry): string | undefined {
	const text = written
		.normalize('NFKC')
		.trim()
		.replace(/^["']+|(?<!["'])["']+$/g, '')
		.replace(/^tel:/i, '')
		.replace(/(?<=\+\d[\d\s]*)\(0\)/, '')
		.replace(/[\s().\-‐‑–/\u00a0]/g, '');
	if (!/^\+?\d{3,17}$/.test(text)) return undefined;
	const { code, trunk } = DIALLED_IN[country];
	let digits: string;
	if (text.startsWith('00')) digits = text.slice(2);
	else if (text.startsWith('+')) digits = text.slice(1);
	// Numbers that answer as they are: 112, 116117, 0200 numbers are longer and begin with the trunk prefix.
	else if (text.length <= 6 && !text.startsWith('0')) return text;
	else digits = code + (trunk && text.startsWith(trunk) ? text.slice(trunk.length) : text);
	return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
}

/** Numbers that stand in one text: `09 123 4567 or 040 123 4567`. A dash or a slash is part of a number. */
export function splitNumbers(text: string): string[] {
	return text
		.split(/(?:(?<!\s)\s+)?(?:[,;\n]|\s(?:tai|eller|or|ja|och|and|\/)\s)\s*/)
		.filter((part) => part.trim() !== '');
}
