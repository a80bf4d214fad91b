import { expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { languageHelpFault, readLanguageHelp } from '#lib/domain/language-help.ts';
import {
	emptyHelp,
	helpFault,
	helpFieldsOf,
	helpValues,
	type HelpFault,
	type HelpValues
} from './help-values.ts';

const today = '2026-03-10';
const filled: HelpValues = {
	...emptyHelp(today),
	languages: ['so'],
	ways: ['phone'],
	provider: ' Tulkkikeskus ',
	days: ['TU', 'MO'],
	number: '040 123 4567',
	source: 'tulkkikeskus.example',
	sourceDate: '2026-03-01',
	booking: 'https://tulkkikeskus.example'
};

it('becomes fields that the server takes, and comes back as it was', () => {
	const fields = helpFieldsOf(filled);
	expect(languageHelpFault(fields as Record<string, JsonValue>)).toBeUndefined();
	expect(fields).toMatchObject({
		provider: 'Tulkkikeskus',
		municipality: null,
		phone: { number: '+358401234567' },
		times: { start: '2026-03-10T09:00', rule: 'FREQ=WEEKLY;BYDAY=MO,TU' }
	});
	const read = readLanguageHelp('one', fields);
	expect(read && helpFieldsOf(helpValues(read, today), read.times)).toEqual(fields);
});

it('keeps a rule that the form does not know, passes midnight, and may be once, always or by appointment', () => {
	const monthly = {
		kind: 'hours',
		start: '2026-03-10T22:00',
		end: '2026-03-11T02:00',
		rule: 'FREQ=MONTHLY'
	} as const;
	const read = readLanguageHelp('one', {
		...helpFieldsOf(filled),
		times: { ...monthly, notOnHolidays: false }
	});
	const values = read && helpValues(read, today);
	expect(values?.every).toBe('other');
	expect(values && helpFieldsOf(values, read?.times).times).toEqual({ ...monthly, notOnHolidays: false });
	for (const when of ['always', 'appointment'] as const)
		expect(helpFieldsOf({ ...filled, when }).times).toEqual({ kind: when });
	expect(helpFieldsOf({ ...filled, every: 'once' }).times).toMatchObject({ rule: null });
});

it('says what is missing', () => {
	const wrong: [Partial<HelpValues>, HelpFault][] = [
		[{ languages: [] }, 'languages'],
		[{ ways: [] }, 'ways'],
		[{ provider: ' ' }, 'provider'],
		[{ days: [] }, 'days'],
		[{ first: '2026-02-30' }, 'first'],
		[{ from: '25:00' }, 'from'],
		[{ to: '' }, 'to'],
		[{ number: 'soita' }, 'number'],
		[{ source: '' }, 'source'],
		[{ sourceDate: '' }, 'sourceDate'],
		[{ booking: 'tulkki.example' }, 'booking'],
		[{ validUntil: '2026-02-30' }, 'validUntil']
	];
	expect(helpFault(filled)).toBeUndefined();
	expect(
		helpFault({ ...filled, when: 'appointment', days: [], first: '', number: '', source: '' })
	).toBeUndefined();
	for (const [part, fault] of wrong) expect(helpFault({ ...filled, ...part })).toBe(fault);
});
