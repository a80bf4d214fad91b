/** Splits digits into groups, the last group taking what is left. */
function groups(digits: string, ...sizes: number[]): string {
	const parts: string[] = [];
	let at = 0;
	for (const size of sizes) {
		parts.push(digits.slice(at, at + size));
		at += size;
	}
	parts.push(digits.slice(at));
	return parts.filter((part) => part !== '').join(' ');
}

/** A subscriber's number: up to five digits stay together, six are halved, more end in a group of four. */
function subscriber(digits: string): string {
	if (digits.length <= 5) return digits;
	return groups(digits, digits.length === 6 ? 3 : digits.length - 4);
}

/**
 * A number as it is written in Finland, the only place where most of these numbers answer: `+358295419800` is
 * `0295 419 800`. Numbers of other countries keep their country code.
 */
export function formatPhone(number: string): string {
	if (!number.startsWith('+')) return number.length === 6 ? groups(number, 3) : number;
	if (!number.startsWith('+358')) return groups(number, 4, 3);
	const local = `0${number.slice(4)}`;
	if (local.startsWith('0800'))
		return `0800 ${local.length === 10 ? groups(local.slice(4), 3) : local.slice(4)}`;
	if (/^029[45]/.test(local)) return groups(local, 4, 3);
	if (/^0(?:10|20|30|4\d|50|60|70|75)/.test(local)) return groups(local, 3, 3);
	const area = /^01\d/.test(local) ? 3 : 2;
	return `${local.slice(0, area)} ${subscriber(local.slice(area))}`;
}

/** Digits as they are typed or copied, as E.164 or a short number. */
export function typedNumber(text: string): string {
	const digits = text.replace(/[^\d+]/g, '');
	return digits.startsWith('0') ? `+358${digits.slice(1)}` : digits;
}
