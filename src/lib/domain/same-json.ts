import { canonicalJson, type JsonValue } from './json.ts';

const plain = (value: unknown) => canonicalJson(JSON.parse(JSON.stringify(value ?? null)) as JsonValue);

/** Whether two values are the same as JSON, in whatever order their keys stand: a draft may come back in another. */
export const sameJson = (a: unknown, b: unknown): boolean => plain(a) === plain(b);
