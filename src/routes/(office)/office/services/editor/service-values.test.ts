import { describe, expect, it } from 'vitest';
import { sampleService } from '#lib/directory/sample-service.ts';
import { emptyRecord } from '#lib/domain/record.ts';
import { serviceFault } from '#lib/domain/service-record.ts';
import type { Place } from '#lib/domain/service.ts';
import { newPlace } from './place-values.ts';
import {
	changedFields,
	newValues,
	obstacles,
	previewOf,
	valuesOf,
	withCheck,
	type ServiceValues
} from './service-values.ts';
import { typed } from './typed-text.ts';

const machine = { text: 'Förmåner.', origin: 'machine' as const };
const phone = {
	number: '+358295020600',
	label: { fi: typed('Asiakaspalvelu') },
	source: { title: 'Kela', url: 'https://kela.fi', date: '2026-02-01' }
};
const service = sampleService({ summary: { fi: typed('Etuudet.'), sv: machine }, phones: [phone] });
const edited = (change: (values: ServiceValues) => void) => {
	const values = valuesOf(service);
	change(values);
	return changedFields(valuesOf(service), values);
};

describe('what an edit writes', () => {
	it('is nothing where nothing was changed', () => {
		expect(edited(() => undefined)).toEqual({});
	});

	it('is the one text of one language, or its absence', () => {
		expect(edited(({ texts }) => (texts['summary']!['sv'] = typed('Stöd.')))).toEqual({
			summary_sv: typed('Stöd.')
		});
		expect(edited(({ texts }) => (texts['summary']!['sv'] = typed('  ')))).toEqual({ summary_sv: null });
		expect(edited(({ texts }) => (texts['fees'] = { ar: typed('مجاني') }))).toEqual({
			fees_ar: typed('مجاني')
		});
	});

	it("is a check that keeps the machine's text what it is", () => {
		const check = { on: '2026-03-02', by: 'Kaisa' };
		const values = edited(({ texts }) => (texts['summary']!['sv'] = withCheck(machine, check)));
		expect(values).toEqual({ summary_sv: { ...machine, checked: '2026-03-02', checkedBy: 'Kaisa' } });
		expect(withCheck({ ...machine, checked: '2026-03-02', checkedBy: 'Kaisa' }, undefined)).toEqual(machine);
	});

	it('keeps of a number what the form does not show, and knows numbers as people type them', () => {
		const [first] = edited(({ phones }) => (phones[0]!.sourceDate = '2026-03-02'))['phones'] as object[];
		expect(first).toEqual({ ...phone, source: { ...phone.source, date: '2026-03-02' } });
		expect(edited(({ phones }) => (phones[0]!.number = '040 123 4567'))).toMatchObject({
			phones: [{ number: '+358401234567' }]
		});
	});

	it('is a whole entry where there was none, in a form that the server takes', () => {
		const values = {
			...newValues('2026-03-02'),
			sourceTitle: 'Kunta',
			texts: { name: { fi: typed('Uusi') } }
		};
		const fields = changedFields(undefined, values);
		expect(fields).toMatchObject({ name_fi: typed('Uusi'), kind: 'local', verified: null });
		expect(fields).not.toHaveProperty('replacedBy');
		expect(serviceFault(fields)).toBeUndefined();
	});
});

describe('what keeps a form from being saved', () => {
	it('is told by its place', () => {
		expect(obstacles(newValues('2026-03-02'))).toEqual(['name', 'source']);
		const values = valuesOf(service);
		expect(obstacles(values)).toEqual([]);
		values.phones[0]!.sourceTitle = ' ';
		values.links.push({ url: 'http://kela.fi', language: 'fi' });
		values.hours.times.push({ days: [], opens: '9', closes: '16', from: '2026-03-02', to: '', note: '' });
		values.places.push(newPlace());
		values.sourceDate = '2.3.2026';
		expect(obstacles(values)).toEqual(['phones', 'links', 'hours', 'places', 'source']);
	});

	it('is a number that somebody changes without saying what it is for; one from elsewhere may stay as it is', () => {
		const bare = valuesOf(sampleService({ phones: [{ number: '116117', source: phone.source }] }));
		expect(obstacles(bare)).toEqual([]);
		bare.phones[0]!.number = '112';
		expect(obstacles(bare)).toEqual(['phones']);
		bare.phones[0]!.label = 'Hätänumero';
		expect(obstacles(bare)).toEqual([]);
	});
});

describe('a place', () => {
	const place: Place = {
		id: '01a1fb67-0000-7000-8000-000000000002',
		address: { fi: typed('Asematie 1'), sv: typed('Stationsvägen 1') },
		municipality: '263',
		latitude: 63.6,
		longitude: 26.6,
		phones: [phone]
	};
	const inPlace = (change: (values: ServiceValues['places'][number]) => void) => {
		const before = sampleService({ places: [place] });
		const values = valuesOf(before);
		change(values.places[0]!);
		return (changedFields(valuesOf(before), values)['places'] as Place[] | undefined)?.[0];
	};

	it('stays as it was, and keeps what the form does not show', () => {
		expect(inPlace(() => undefined)).toBeUndefined();
		expect(inPlace((values) => (values.access = 'Hissi'))).toEqual({
			...place,
			access: { fi: typed('Hissi') }
		});
	});

	it('loses the coordinates and the translations of an address that is not its own any more', () => {
		const { latitude: _, longitude: __, ...rest } = place;
		expect(inPlace((values) => (values.address = 'Asematie 3'))).toEqual({
			...rest,
			address: { fi: typed('Asematie 3') }
		});
	});
});

describe('the preview', () => {
	const state = emptyRecord;

	it('is the entry as it will be, and nothing where the form is unfinished', () => {
		const values = {
			...newValues('2026-03-02'),
			sourceTitle: 'Kunta',
			texts: { name: { fi: typed('Uusi') } }
		};
		expect(previewOf(service.id, undefined, values, state)?.name['fi']?.text).toBe('Uusi');
		expect(previewOf(service.id, undefined, { ...values, sourceDate: 'eilen' }, state)).toBeUndefined();
	});
});
