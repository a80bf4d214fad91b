import { describe, expect, it } from 'vitest';
import type { Text, Texts } from '#lib/domain/language-texts.ts';
import { clientText } from './critical.ts';
import { sampleService } from './sample-service.ts';
import { countUnchecked, uncheckedIn, uncheckedTexts } from './unchecked.ts';

const written: Text = { text: 'Teksti', origin: 'written' };
const machine: Text = { text: 'نص', origin: 'machine' };
const checked: Text = { ...machine, checked: '2026-05-01' };
const summary = (texts: Texts, critical: ('summary' | 'name')[] = []) =>
	sampleService({ summary: { fi: written, ...texts }, critical });

describe('what is unchecked', () => {
	it('is what a machine translated and nobody checked', () => {
		const found = uncheckedTexts(summary({ ar: machine, ru: checked, so: written }));
		expect(found).toEqual([{ field: 'summary', language: 'ar', text: machine, withheld: false }]);
	});

	it('is also a critical text in another language, whoever wrote it, and that is kept from clients', () => {
		const service = summary({ ar: machine, so: written, ru: checked, sv: written }, ['summary']);
		const found = uncheckedTexts(service);
		expect(found.map(({ language, withheld }) => [language, withheld])).toEqual([
			['ar', true],
			['so', true]
		]);
		for (const { field, language } of found)
			expect(clientText(service, field as 'summary', language, 'fi').withheld).toBe(true);
		expect(clientText(service, 'summary', 'ru', 'fi').withheld).toBe(false);
	});

	it('looks at every text field of an entry', () => {
		const service = sampleService({ description: { ar: machine }, fees: { ar: machine } });
		expect(uncheckedTexts(service).map(({ field }) => field)).toEqual(['description', 'fees']);
	});

	it('is counted by language, those with most kept from clients first', () => {
		const services = [
			summary({ ar: machine, ru: machine }),
			summary({ ru: machine, so: machine }),
			summary({ so: machine }, ['summary'])
		];
		expect(countUnchecked(services)).toEqual([
			{ language: 'so', texts: 2, withheld: 1, shown: 0 },
			{ language: 'ru', texts: 2, withheld: 0, shown: 0 },
			{ language: 'ar', texts: 1, withheld: 0, shown: 0 }
		]);
	});

	it('puts first what clients were shown most, language by language and entry by entry', () => {
		const [first, second] = [
			{ ...summary({ ar: machine, ru: machine }), id: 'first' },
			{ ...summary({ ar: machine, so: machine }), id: 'second' }
		];
		const held = { ...summary({ ar: machine }, ['summary']), id: 'held' };
		const shown = { first: { ar: 2, de: 90 }, second: { ar: 5, so: 1 }, gone: { ru: 50 } };
		const counts = countUnchecked([first, second, held], shown);
		expect(counts.map((count) => [count.language, count.shown])).toEqual([
			['ar', 7],
			['so', 1],
			['ru', 0]
		]);
		const found = uncheckedIn([first, second, held], 'ar', shown);
		expect(found.map(({ service }) => service.id)).toEqual(['held', 'second', 'first']);
	});

	it('lists entries with what is kept from clients before the others, and leaves out those without any', () => {
		const plain = summary({ so: machine });
		const held = summary({ so: machine }, ['summary']);
		const found = uncheckedIn([plain, summary({ ar: machine }), held], 'so');
		expect(found.map(({ service }) => service)).toEqual([held, plain]);
	});
});
