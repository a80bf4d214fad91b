import { expect, it } from 'vitest';
import { fixedParts } from './fixed-parts.ts';

it.each([
	['Soita {phone}, {count} kertaa.', ['{count}', '{phone}']],
	['Katso https://kela.fi/tuki. Kirjoita neuvo@kunta.fi.', ['https://kela.fi/tuki', 'neuvo@kunta.fi']],
	['Puh. 040 123 4567 tai 116 117, hätänumero 112', ['+358401234567', '112', '116117']],
	['Call +358 40 1234567, open 09:00–15:00 since 1.1.2026, 1 000 000 €', ['+358401234567']],
	['اتصل بالرقم ٠٤٠ ١٢٣ ٤٥٦٧ أو ١١٢', ['+358401234567', '112']],
	['Ei mitään 12 päivää, 100 euroa', []]
])('finds what may not differ in %s', (text, parts) => {
	expect(fixedParts(text)).toEqual(parts);
});
