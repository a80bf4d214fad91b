import { expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { recordAt, toColumns, type PackRecord } from '#lib/protocol/pack-columns.ts';
import { ABSENT } from '#lib/protocol/pack-phrases.ts';
import { servicesPart } from '#lib/protocol/pack.ts';
import { Folder, PhraseFinder } from './phrases.ts';

/** Through JSON, as a part travels. */
function travelled(records: PackRecord[]): { there: PackRecord[]; text: string; phrases: string[] } {
	const finder = new PhraseFinder();
	for (const { values } of records) finder.add(values);
	const phrases = finder.phrases();
	const text = JSON.stringify(toColumns(records, new Folder(phrases).fold));
	const part = servicesPart.parse(JSON.parse(text));
	return { there: records.map((_, at) => recordAt(part, at, phrases)), text, phrases };
}

const record = (id: string, values: Record<string, JsonValue>, clock = 'c'): PackRecord => ({
	id,
	values,
	clocks: Object.fromEntries(Object.keys(values).map((field) => [field, clock]))
});

const people = ['Aalto', 'Berg', 'Chen', 'Dahl', 'Ek', 'Forss', 'Gröhn', 'Harju', 'Ilves', 'Jokinen'];
const places = ['Rauma', 'Salo', 'Kemi'];
const texts = people.flatMap((who) =>
	places.map((place) => `Avoinna arkisin. Ota yhteyttä: ${who}, paikkakunta ${place}! Tulkki on  maksuton.`)
);

it('what texts have in common stands in them once, and each is read as it was', () => {
	const records = texts.map((text, at) =>
		record(`${at}`, { description: { fi: { text, origin: 'written' } } })
	);
	const { there, text, phrases } = travelled(records);
	expect(there).toEqual(records);
	expect(phrases).toContain('Avoinna arkisin.');
	expect(phrases.some((phrase) => phrase.startsWith('Ota yhteyttä:'))).toBe(true);
	expect(text).not.toContain('yhteyttä');
	expect(text.length).toBeLessThan(JSON.stringify(records).length / 3);
});

it('characters of private use in texts, empty values and unlike shapes come through', () => {
	const own = '\uE000 \uF8FF\u{F0000}\u{FFFFD}.';
	const records = [
		record('a', { name: { fi: { text: own } }, verified: null, links: [], summary: {} }, 'one'),
		record('b', { name: { fi: { text: own } }, verified: { by: 'Kunta', at: 1 }, none: ABSENT }, 'two'),
		record('c', { name: { fi: { text: own }, sv: { text: own } }, links: [{ url: own, n: [0, false] }] }),
		{ ...record('d', { fees: null, odd: { '': '', a: { b: [] } } }), clocks: { fees: 'one', odd: 'two' } }
	];
	expect(travelled(records).there).toEqual(records);
});

it('a phrase that is not there is no text', () => {
	const part = toColumns([record('a', { name: 'Kela' })], () => '\uE005');
	expect(() => recordAt(part, 0, ['Kela'])).toThrow('lacks a phrase');
});
