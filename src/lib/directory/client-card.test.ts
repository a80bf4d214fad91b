import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clientCard, spokenTexts } from '#lib/directory/client-card.ts';
import { sampleService } from '#lib/directory/sample-service.ts';
import { baseLanguages } from '#lib/domain/languages.ts';
import type { Text } from '#lib/domain/language-texts.ts';
import { packFile, type Service } from '#lib/domain/service.ts';

const written = (text: string): Text => ({ text, origin: 'written' });
const machine = (text: string): Text => ({ text, origin: 'machine' });
const source = { title: 'HUS', date: '2026-02-01' };

const poison = sampleService({
	name: { fi: written('Myrkytystietokeskus'), ar: machine('مركز السموم') },
	summary: { fi: written('Soita heti.'), ar: machine('اتصل فوراً') },
	bring: { fi: written('Pidä pakkaus esillä.') },
	critical: ['summary'],
	phones: [{ number: '+358800147111', source }],
	serviceLanguages: ['fi', 'sv'],
	links: [
		{ url: 'https://www.hus.fi/', language: 'fi' },
		{ url: 'https://www.hus.fi/en/poison/', language: 'en' }
	]
});

describe('clientCard', () => {
	it('lets number, pictogram, link and the adviser’s text stand where a critical text is unchecked', () => {
		const card = clientCard(poison, 'ar', 'fi');
		expect(card.name.client).toMatchObject({ text: 'مركز السموم', dir: 'rtl' });
		expect(card.summary.client).toMatchObject({ text: 'Soita heti.', language: 'fi', dir: 'ltr' });
		expect(card.withheld).toBe(true);
		expect(card.machine).toBe(true);
		expect(card.rows.map((row) => [row.icon, row.client.value])).toEqual([
			['phone', '0800 147 111'],
			['file-check', undefined],
			['languages', undefined],
			['globe', 'hus.fi']
		]);
		expect(JSON.stringify(card)).not.toContain('اتصل');
		expect(spokenTexts(card).map(({ text }) => text)).toEqual(['مركز السموم']);
	});

	it('has a row for the adviser beside each of the client’s', () => {
		for (const row of clientCard(poison, 'ar', 'fi').rows) {
			expect(row.adviser.text ?? row.adviser.value ?? row.adviser.languages).toBeDefined();
		}
	});

	it('picks the page and the lines in the client’s language', () => {
		expect(clientCard(poison, 'en', 'fi').rows.at(-1)?.client.value).toBe('hus.fi/en/poison');
		const languages = clientCard(poison, 'sv', 'fi').rows.find((row) => row.key === 'languages');
		expect(languages?.client.languages).toEqual(['sv']);
	});

	it('writes a long address as its host', () => {
		const links = [{ url: 'https://www.hus.fi/en/search/poison-information-center', language: 'fi' }];
		expect(clientCard({ ...poison, links }, 'ar', 'fi').rows.at(-1)?.client.value).toBe('hus.fi');
	});

	it('offers languages that the client may read where the card has none of theirs', () => {
		const card = clientCard(poison, 'so', 'fi');
		expect(card).toMatchObject({ translated: false, machine: false, withheld: false, nearest: ['ar', 'fi'] });
		expect(clientCard(poison, 'ar', 'fi').nearest).toEqual([]);
	});

	it('has five facts at most, the official link always among them', () => {
		const phones = ['1111', '2222', '3333'].map((number) => ({ number, source }));
		const full: Service = { ...poison, phones, address: { fi: written('Katu 1') } };
		const { rows } = clientCard(full, 'ar', 'fi');
		expect(rows.map((row) => row.key)).toEqual(['1111', '2222', 'address', 'bring', 'link']);
	});

	it('keeps every unchecked critical text of the first pack from every client', () => {
		const file = new URL('./first-pack/nationwide.json', import.meta.url);
		const { services } = packFile.parse(JSON.parse(readFileSync(file, 'utf8')));
		const held = services.flatMap((service) =>
			service.critical.flatMap((field) =>
				Object.entries(service[field] ?? {}).flatMap(([tag, { text, checked }]) =>
					['fi', 'sv', 'en'].includes(tag) || checked ? [] : [{ service, text }]
				)
			)
		);
		expect(held.length).toBeGreaterThan(0);
		const leaks = held.filter(({ service, text }) =>
			baseLanguages.some((language) => JSON.stringify(clientCard(service, language, 'fi')).includes(text))
		);
		expect(leaks).toEqual([]);
	});
});
