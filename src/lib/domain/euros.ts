/** Most cents that a sum may have here: a hundred million euros. */
const MOST = 10_000_000_000;

/** Euros and cents as people in Finland type them (`52 340,50`, `52340.5`, `52 340 €`), in cents; undefined where it is no sum, or a negative one. */
export function readEuros(text: string): number | undefined {
	const plain = text.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.');
	if (!/^\d+(\.\d{1,2})?$/.test(plain)) return undefined;
	const [euros = '', cents = ''] = plain.split('.');
	const sum = Number(euros) * 100 + Number(cents.padEnd(2, '0'));
	return sum <= MOST ? sum : undefined;
}

/** Cents as a sum of euros. */
export const euros = (cents: number, locale: string): string =>
	new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(cents / 100);
