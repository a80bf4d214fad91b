import type { JsonValue } from '#lib/domain/json.ts';
import { languageField } from '#lib/domain/service-record.ts';

const written = (text: string) => ({ text, origin: 'written' });

/** An entry of the directory that says this text wherever an entry says something; what has a form of its own has it. */
export function hostileEntry(text: string, short: string): Record<string, JsonValue> {
	const source = { title: short, date: '2026-03-02' };
	const textFields = [
		'name',
		'summary',
		'provider',
		'eligibility',
		'apply',
		'fees',
		'bring',
		'address'
	] as const;
	return {
		kind: 'local',
		name: { fi: written(short) },
		...Object.fromEntries(
			textFields.flatMap((field) => ['fi', 'ar'].map((tag) => [languageField(field, tag), written(short)]))
		),
		[languageField('description', 'fi')]: written(text),
		[languageField('description', 'ar')]: written(text),
		links: [{ url: 'https://example.fi/', language: 'fi' }],
		phones: [{ number: '+358171234567', label: { fi: written(short) }, source }],
		places: [
			{
				id: '01890a5d-ac96-774b-bcce-b302099a8057',
				name: { fi: written(short) },
				address: { fi: written(short) },
				access: { fi: written(text) },
				phones: []
			}
		],
		topics: [short],
		serviceLanguages: [],
		municipalities: [],
		critical: [],
		source,
		verified: { on: '2026-03-02', by: short },
		mayHandOver: true
	};
}
