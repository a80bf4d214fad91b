import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/mini';
import { topicIds } from '#lib/domain/code-lists.ts';
import { baseLanguages, packLanguages } from '#lib/domain/languages.ts';
import { fold } from '#lib/directory/fold.ts';
import { packFile } from '#lib/domain/service.ts';

const languages = [...baseLanguages, ...packLanguages];

const conceptFile = z.array(
	z.strictObject({
		id: z.string().check(z.regex(/^[a-z]+(-[a-z]+)*$/)),
		topics: z.array(z.enum(topicIds)),
		names: z.optional(z.array(z.uuid()).check(z.minLength(1))),
		terms: z.partialRecord(
			z.enum(languages),
			z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(60))).check(z.minLength(1))
		)
	})
);

const text = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const read = (name: string): unknown => JSON.parse(text(name));
const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.json'));
const concepts = files.flatMap((name) => conceptFile.parse(read(name)));

/** Kilobytes of a text as it is sent. */
const kilobytes = (text: string): number => gzipSync(text, { level: 9 }).length / 1024;

describe('the concepts', () => {
	it('have unique ids', () => {
		const ids = concepts.map(({ id }) => id);
		expect(ids.length).toBeGreaterThanOrEqual(400);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('cover every topic and every group of topics', () => {
		const covered = new Set(concepts.flatMap(({ topics }) => topics));
		expect(topicIds.filter((id) => !covered.has(id))).toEqual([]);
	});

	it('lead to shipped nationwide entries only, and to each of them', () => {
		const shipped = packFile.parse(read('../first-pack/nationwide.json')).services.map(({ id }) => id);
		const named = new Set(concepts.flatMap(({ names = [] }) => names));
		expect([...named].sort()).toEqual(shipped.sort());
	});

	it('say no term twice within a language', () => {
		for (const { id, terms } of concepts) {
			for (const [language, list] of Object.entries(terms)) {
				const folded = list.map(fold);
				expect([id, language, folded]).toEqual([id, language, [...new Set(folded)]]);
			}
		}
	});

	it('share a term of a language with no other concept', () => {
		const owners = new Map<string, Set<string>>();
		for (const { id, terms } of concepts) {
			for (const [language, list] of Object.entries(terms)) {
				for (const term of list) {
					const key = `${language} ${fold(term)}`;
					owners.set(key, (owners.get(key) ?? new Set()).add(id));
				}
			}
		}
		const shared = [...owners].filter(([, ids]) => ids.size > 1).map(([term, ids]) => [term, ...ids]);
		expect(shared).toEqual([]);
	});

	it.each(baseLanguages)('have terms in %s', (language) => {
		const share = concepts.filter(({ terms }) => terms[language]).length / concepts.length;
		expect(share).toBeGreaterThanOrEqual(0.95);
	});

	it('stay small enough to be loaded on a phone', () => {
		const lying = kilobytes(files.map(text).join(''));
		const lists = languages.map((language) => concepts.map(({ terms }) => terms[language] ?? []));
		console.info(
			`${concepts.length} concepts, gzip: ${lying.toFixed(1)} KB as the files lie, ${kilobytes(JSON.stringify(lists)).toFixed(1)} KB as lists`
		);
		expect(lying).toBeLessThanOrEqual(131);
	});
});
