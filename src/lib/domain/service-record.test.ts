import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextClock } from './clock.ts';
import type { JsonValue } from './json.ts';
import { baseOf, conflicts, emptyRecord, join, opState, shownValues, type RecordState } from './record.ts';
import {
	languageField,
	overtakenFields,
	readLanguageField,
	readService,
	SERVER_AUTHOR,
	serviceFault,
	sourceField
} from './service-record.ts';

const written = (text: string) => ({ text, origin: 'written' as const });
const id = '01a1fb67-0000-7000-8000-000000000001';
const source = { title: 'Kela', date: '2026-02-01' };
const name = { fi: written('Kela') };
const summary = { fi: written('Etuudet.'), sv: written('Förmåner.') };
const whole: Record<string, JsonValue> = {
	kind: 'nationwide',
	name,
	summary,
	links: [],
	phones: [{ number: '116117', source }],
	topics: [],
	serviceLanguages: [],
	municipalities: [],
	critical: [],
	source,
	verified: null,
	mayHandOver: true
};

let opCount = 0;
/** What somebody writes upon a state. */
function write(
	state: RecordState,
	fields: Record<string, JsonValue>,
	{ author = 'a coordinator', now = 1000 }: { author?: string; now?: number } = {}
): RecordState {
	const base = baseOf(state, Object.keys(fields));
	const clock = nextClock(now, '00000000000000aa', Object.values(base).flat());
	const op = {
		opId: `op${(opCount += 1)}`,
		collection: 'service',
		recordId: id,
		fields,
		clock,
		base,
		schema: 1
	};
	return join(state, opState(op, author));
}

const start = write(emptyRecord, whole, { author: SERVER_AUTHOR });
const read = (state: RecordState) => readService(id, shownValues(state));

describe('a text edited in one language', () => {
	it('stands above what the field says, and the other languages stay', () => {
		const edited = write(start, { [languageField('summary', 'sv')]: written('Ny text.') });
		expect(read(edited)?.summary).toEqual({ ...summary, sv: written('Ny text.') });
		expect(read(edited)?.name).toEqual(name);
	});

	it('survives beside every edit of another language, in whatever order they meet', () => {
		const tags = ['fi', 'sv', 'ar', 'zh-Hant', 'fi-simple'];
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.constantFrom(...tags), { minLength: 2 }),
				fc.infiniteStream(fc.nat()),
				(chosen, order) => {
					const edits = chosen.map((tag) =>
						write(start, { [languageField('summary', tag)]: written(`in ${tag}`) })
					);
					const rank = edits.map(() => order.next().value as number);
					const shuffled = edits.map((_, at) => at).sort((a, b) => rank[a]! - rank[b]!);
					const all = shuffled.reduce((state, at) => join(state, edits[at]!), emptyRecord);
					expect(conflicts(all)).toEqual([]);
					for (const tag of chosen) expect(read(all)?.summary?.[tag]?.text).toBe(`in ${tag}`);
				}
			)
		);
	});

	it('may be taken away, the last one with its field', () => {
		expect(read(write(start, { summary_sv: null }))?.summary).toEqual({ fi: summary.fi });
		const none = write(start, { summary_sv: null, summary_fi: null });
		expect(read(none)).toBeDefined();
		expect(read(none)?.summary).toBeUndefined();
	});

	it('makes an entry by itself, and in a form from elsewhere it is left out without hiding the entry', () => {
		const { name: _, ...rest } = whole;
		const made = write(emptyRecord, { ...rest, name_fi: written('Uusi') });
		expect(read(made)?.name).toEqual({ fi: written('Uusi') });
		expect(read(write(start, { summary_ar: 'a form of its own' }))?.summary).toEqual(summary);
	});

	it('is told from other names', () => {
		expect(readLanguageField('summary_fi-simple')).toEqual({ field: 'summary', language: 'fi-simple' });
		for (const name of ['summary', 'phones_fi', 'phones_source', 'name_', 'name_X'])
			expect(readLanguageField(name)).toBeUndefined();
	});
});

describe('the form of a field', () => {
	it.each([
		['kind', 'somewhere'],
		['kind', null],
		['summary_sv', { text: '', origin: 'written' }],
		['summary_sv', 'text'],
		['links', [{ url: 'javascript:alert(1)', language: 'fi' }]],
		['phones', [{ number: '+358401234567' }]],
		['verified', { on: 'yesterday', by: 'me' }],
		['removed', 'yes'],
		['hours', { rules: [{ opens: '25:00' }], exceptions: [] }]
	] as [string, JsonValue][])('of %s is held', (field, value) => {
		expect(serviceFault({ [field]: value })).toBe(field);
	});

	it('lets what is optional be emptied, and keeps what it does not know', () => {
		expect(
			serviceFault({ ...whole, summary: null, summary_sv: null, verified: null, later: [1] })
		).toBeUndefined();
	});
});

describe('what the source changed after an edit', () => {
	const edited = write(start, { summary_sv: written('Ny text.'), phones: [] }, { now: 2000 });
	const byServer = { author: SERVER_AUTHOR, now: 3000 };

	it('is found for a text, where it says something else in that language', () => {
		expect(overtakenFields(edited)).toEqual([]);
		const note = (text: string) => write(edited, { summary_sv_source: written(text) }, byServer);
		expect(overtakenFields(note('Källans nya.'))).toEqual(['summary_sv']);
		expect(read(note('Källans nya.'))?.summary?.['sv']?.text).toBe('Ny text.');
		expect(overtakenFields(note('Ny text.'))).toEqual([]);
	});

	it('is found for another field, until somebody writes it again', () => {
		const noted = write(edited, { [sourceField('phones')]: whole['phones']! }, byServer);
		expect(overtakenFields(noted)).toEqual(['phones']);
		expect(overtakenFields(write(noted, { phones: [] }, { now: 4000 }))).toEqual([]);
	});
});
