import { clockTime } from '#lib/domain/clock.ts';
import type { Head, RecordState } from '#lib/domain/record.ts';
import {
	differingFields,
	overtakenFields,
	readLanguageField,
	sourceField
} from '#lib/domain/service-record.ts';
import type { Text, Texts } from '#lib/domain/language-texts.ts';
import type { JsonValue } from '#lib/domain/json.ts';

/** One of the values that stand of a field. */
interface Side {
	opId: string;
	author: string;
	/** When it was written, ms since 1970. */
	at: number;
	value: JsonValue;
}

/** A field of which more than one value stands, or whose source says something else by now. */
export interface Difference {
	field: string;
	kind: 'conflict' | 'source';
	sides: Side[];
}

const sideOf = ({ opId, author, clock, value }: Head): Side => ({
	opId,
	author,
	at: clockTime(clock),
	value
});

/** What somebody has to choose between, in the order of names; sides in the order of their time. */
export function differencesIn(state: RecordState): Difference[] {
	const heads = (field: string) => (Object.hasOwn(state.heads, field) ? (state.heads[field] ?? []) : []);
	const unsettled = differingFields(state).map((field) => ({
		field,
		kind: 'conflict' as const,
		sides: heads(field).map(sideOf)
	}));
	const overtaken = overtakenFields(state).map((field) => ({
		field,
		kind: 'source' as const,
		sides: [...heads(field).slice(-1), ...heads(sourceField(field)).slice(-1)].map(sideOf)
	}));
	return [...unsettled, ...overtaken];
}

/** A value in words, with its language where it is a text in one. */
export function sayValue(field: string, value: JsonValue): { text: string; language?: string } {
	const place = readLanguageField(field);
	if (place) return { text: (value as Text | null)?.text ?? '–', language: place.language };
	if (value === null) return { text: '–' };
	if (typeof value !== 'object') return { text: String(value) };
	if (Array.isArray(value)) return { text: value.map((one) => sayValue('', one).text).join('; ') || '–' };
	const texts = Object.values(value as Texts | Record<string, JsonValue>).map((one) =>
		typeof one === 'object' && one !== null && 'text' in one
			? String(one.text)
			: typeof one === 'string'
				? one
				: ''
	);
	return { text: texts.filter(Boolean).join(' · ') || JSON.stringify(value) };
}
