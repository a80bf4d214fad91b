/** A value that JSON can carry. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** Why a value must not be stored: a store would alter it, or it could not be told apart after a round trip. */
export type JsonFault =
	'lone_surrogate' | 'nul' | 'forbidden_key' | 'not_finite' | 'too_deep' | 'too_many_keys';

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype', 'toString']);

export interface JsonLimits {
	depth: number;
	keys: number;
}

/**
 * Looks through a parsed JSON value for what no store keeps unchanged: text with lone surrogates or NUL, keys of
 * `Object.prototype`, numbers that are not finite. Returns the first fault, or undefined. Iterative, so that depth
 * cannot overflow the stack.
 */
export function jsonFault(root: unknown, limits: JsonLimits): JsonFault | undefined {
	const stack: { value: object; depth: number }[] = [];
	/** The fault of a value itself; what it holds is looked at later. */
	const faultOf = (value: unknown, depth: number): JsonFault | undefined => {
		if (typeof value === 'string') return textFault(value);
		if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'not_finite';
		if (typeof value !== 'object' || value === null) return undefined;
		if (depth > limits.depth) return 'too_deep';
		stack.push({ value, depth });
		return undefined;
	};
	let fault = faultOf(root, 1);
	let keys = 0;
	for (let item = stack.pop(); item && !fault; item = stack.pop()) {
		const { value, depth } = item;
		if (Array.isArray(value)) {
			for (const child of value) {
				fault = faultOf(child, depth + 1);
				if (fault) return fault;
			}
			continue;
		}
		for (const [key, child] of Object.entries(value)) {
			keys += 1;
			if (keys > limits.keys) return 'too_many_keys';
			if (FORBIDDEN_KEYS.has(key)) return 'forbidden_key';
			fault = textFault(key) ?? faultOf(child, depth + 1);
			if (fault) return fault;
		}
	}
	return fault;
}

/** The fault of one text, if it has one. */
function textFault(text: string): 'lone_surrogate' | 'nul' | undefined {
	if (text.includes('\0')) return 'nul';
	return text.isWellFormed() ? undefined : 'lone_surrogate';
}

/** JSON with keys in order at every level: the same value gives the same text, whoever wrote it. */
export function canonicalJson(value: JsonValue): string {
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	let text = '';
	if (Array.isArray(value)) {
		for (const item of value) text += `${text && ','}${canonicalJson(item)}`;
		return `[${text}]`;
	}
	for (const key of Object.keys(value).sort())
		text += `${text && ','}${JSON.stringify(key)}:${canonicalJson(value[key]!)}`;
	return `{${text}}`;
}
