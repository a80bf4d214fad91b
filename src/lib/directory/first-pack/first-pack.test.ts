import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Text } from '#lib/domain/language-texts.ts';
import { packFile } from '#lib/domain/service.ts';

const base = ['fi', 'sv', 'en', 'ru', 'et', 'fr', 'es', 'ar', 'so', 'fa', 'th', 'zh', 'uk'];
const written = ['fi', 'sv', 'en'];

const read = (name: string) =>
	packFile.parse(JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')));
const nationwide = read('./nationwide.json').services;
const advicePoints = read('./advice-points.json').services;
const all = [...nationwide, ...advicePoints];

/** Every text of an entry as `[language, text]`, the labels of its phones included. */
function textsOf(service: (typeof all)[number]): [string, Text][] {
	const fields = [service.name, service.summary, service.bring, service.address];
	const labels = service.phones.map((phone) => phone.label);
	return [...fields, ...labels].flatMap((texts) => Object.entries(texts ?? {}));
}

describe('the first pack', () => {
	it('has 32 nationwide services, 70 advice points and unique ids', () => {
		expect(nationwide).toHaveLength(32);
		expect(advicePoints).toHaveLength(70);
		expect(new Set(all.map((service) => service.id)).size).toBe(all.length);
	});

	it.each(nationwide.slice(0, 12).map((service) => [service.name['en']?.text, service] as const))(
		'has %s in all base languages',
		(_name, service) => {
			expect(Object.keys(service.name)).toEqual(base);
			expect(Object.keys(service.summary ?? {})).toEqual(base);
			if (service.bring) expect(Object.keys(service.bring)).toEqual(base);
		}
	);

	it.each(nationwide.slice(12).map((service) => [service.name['en']?.text, service] as const))(
		'has %s in Finnish, Swedish and English',
		(_name, service) => {
			expect(Object.keys(service.name)).toEqual(written);
			expect(Object.keys(service.summary ?? {})).toEqual(written);
			if (service.bring) expect(Object.keys(service.bring)).toEqual(written);
		}
	);

	it('names the source and its date of every phone number and entry, none of them in the future', () => {
		const sources = all.flatMap((service) => [
			service.source,
			...service.phones.map((phone) => phone.source)
		]);
		for (const source of sources) {
			expect(source.title).not.toBe('');
			expect(new Date(source.date).toISOString().startsWith(source.date)).toBe(true);
			expect(source.date <= read('./nationwide.json').date).toBe(true);
		}
		const phoneSources = nationwide.flatMap((service) => service.phones.map((phone) => phone.source.url));
		expect(phoneSources).not.toContain(undefined);
	});

	it('marks every text outside Finnish, Swedish and English as an unchecked machine translation', () => {
		for (const [language, text] of all.flatMap(textsOf)) {
			expect(text).toEqual({ text: text.text, origin: written.includes(language) ? 'written' : 'machine' });
		}
	});

	it('keeps phone numbers out of the texts', () => {
		for (const [, { text }] of all.flatMap(textsOf)) {
			expect(text.replaceAll(/\b(112|116117)\b/g, '')).not.toMatch(/\+\d|\d[\d\s()-]{3,}\d/);
		}
	});

	it('flags as critical only texts that are there', () => {
		for (const service of all) {
			for (const field of service.critical) expect(service[field]).toBeDefined();
		}
	});

	it('never hands over an advice point, and claims no verification', () => {
		for (const service of advicePoints) {
			expect(service).toMatchObject({ kind: 'advice-point', mayHandOver: false, phones: [] });
			expect(Object.keys(service.name)).toEqual(['fi']);
		}
		for (const service of nationwide) {
			expect(service).toMatchObject({ kind: 'nationwide', mayHandOver: true, municipalities: [] });
		}
		expect(all.filter((service) => service.verified !== null)).toEqual([]);
	});

	it('uses topic ids', () => {
		for (const topic of all.flatMap((service) => service.topics)) {
			expect(topic).toMatch(/^[a-z-]+(\.[a-z-]+)?$/);
		}
	});
});
