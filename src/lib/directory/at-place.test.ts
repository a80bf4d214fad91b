import { describe, expect, it } from 'vitest';
import type { Hours } from '#lib/domain/hours.ts';
import { atPlace } from './at-place.ts';
import { clientCard } from './client-card.ts';
import { sampleService } from './sample-service.ts';

const source = { title: 'Kunta', date: '2026-01-01' };
const text = (fi: string, sv?: string) => ({
	fi: { text: fi, origin: 'written' as const },
	...(sv === undefined ? {} : { sv: { text: sv, origin: 'written' as const } })
});
const hours = { rules: [] } as unknown as Hours;
const place = (municipality: string, number: string, more: object = {}) => ({
	id: `01a1fb67-0000-7000-8000-000000000${municipality}`,
	municipality,
	address: text('Torikatu 1', 'Torggatan 1'),
	postalCode: '70100',
	postOffice: text('KUOPIO'),
	phones: [{ number, source }],
	hours,
	...more
});
const own = { number: '+358800111', source };
const service = sampleService({ phones: [own], places: [place('297', '+35817123')] });

describe('a service at its place', () => {
	it('has the address, hours and numbers of the only one', () => {
		const here = atPlace(service, undefined);
		expect(here.address).toEqual({
			fi: { text: 'Torikatu 1, 70100 KUOPIO', origin: 'written' },
			sv: { text: 'Torggatan 1, 70100 KUOPIO', origin: 'written' }
		});
		expect(here.hours).toBe(hours);
		expect(here.phones.map(({ number }) => number)).toEqual(['+35817123', '+358800111']);
		const rows = clientCard(here, 'fi', 'fi').rows.map(({ key }) => key);
		expect(rows).toEqual(['+35817123', '+358800111', 'address']);
	});

	it('of several has those of the one where the adviser stands, and none where nobody can tell', () => {
		const many = {
			...service,
			places: [place('297', '+35817123'), place('140', '+35817456'), place('140', '+35817789')]
		};
		expect(atPlace(many, '297').phones[0]?.number).toBe('+35817123');
		expect(atPlace(many, '140')).toBe(many);
		expect(atPlace(many, '263')).toBe(many);
		expect(atPlace(many, undefined)).toBe(many);
		const nowhere = {
			...service,
			places: [place('297', '1'), place('140', '2', { municipality: undefined })]
		};
		expect(atPlace(nowhere, undefined)).toBe(nowhere);
	});

	it('keeps what the service says itself', () => {
		const said = { ...service, address: text('Puistotie 2'), phones: [{ number: '+35817123', source }] };
		const here = atPlace(said, '297');
		expect(here.address).toBe(said.address);
		expect(here.phones).toHaveLength(1);
		expect(atPlace(sampleService(), '297')).toEqual(sampleService());
	});
});
