import type { JsonValue } from './json.ts';
import { isList, isText } from './shape.ts';

/** The few values of a visit that lists, counts and patterns are made of; what has another form is taken for absent. */
export interface Glance {
	desk: string | null;
	language: string | undefined;
	topics: readonly string[];
	/** Sent on somewhere. */
	referred: boolean;
}

const text = (value: JsonValue | undefined) => (typeof value === 'string' ? value : undefined);

export function glanceAt(values: Readonly<Record<string, JsonValue>>): Glance {
	const { desk, language, topics, referrals } = values;
	return {
		desk: text(desk) ?? null,
		language: text(language),
		topics: isList(isText)(topics) ? (topics as string[]) : [],
		referred: Array.isArray(referrals) && referrals.some((referral) => !isNone(referral))
	};
}

/** A visit lacks its language or what it was about; nothing refuses it for that, it is only marked. */
export function isIncomplete({ language, topics }: Pick<Glance, 'language' | 'topics'>): boolean {
	return topics.length === 0 || language === undefined || language === 'unknown';
}

/** The answer "not referred" among the referrals. */
function isNone(referral: JsonValue): boolean {
	return (
		typeof referral === 'object' && referral !== null && !Array.isArray(referral) && referral['to'] === 'none'
	);
}
