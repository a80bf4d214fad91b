import type { Texts } from '#lib/domain/language-texts.ts';
import { textsOf } from './ptv-texts.ts';
import type { Mended } from './report-line.ts';

/** What the catalogue's own code list calls a charge (`ServiceChargeType`), by the codes of all versions. */
const CHARGEABLE = { fi: 'Maksullinen', sv: 'Avgiftsbelagd', en: 'Chargeable' };
const FREE = { fi: 'Maksuton', sv: 'Avgiftsfri', en: 'Free of charge' };
const CHARGES = new Map([
	['Chargeable', CHARGEABLE],
	['Charged', CHARGEABLE],
	['FreeOfCharge', FREE],
	['Free', FREE]
]);

/** The type of charge in words; undefined where none is said, and with a line in the report where it is not known. */
export function chargeNames(type: string, field: string, mended: Mended): Texts | undefined {
	const names = CHARGES.get(type);
	if (type && !names) mended('unknown_value', field, type);
	const items = Object.entries(names ?? {}).map(([language, value]) => ({ language, value }));
	return textsOf(items, field, mended);
}
