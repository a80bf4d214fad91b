import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const page = (name: string) => readFileSync(join(ROOT, 'docs/security', name), 'utf8');

/** Levels of the requirements of ASVS 5.0.0 in the order of their numbers, by section. */
const LEVELS =
	'1.1:22 1.2:1111122223 1.3:112222222223 1.4:222 1.5:123 2.1:122 2.2:112 2.3:12223 2.4:23 3.1:3 ' +
	'3.2:113 3.3:12223 3.4:11222233 3.5:11122333 3.6:3 3.7:22333 4.1:12233 4.2:23333 4.3:22 4.4:1222 ' +
	'5.1:2 5.2:112333 5.3:113 5.4:222 6.1:122 6.2:111111112222 6.3:11223333 6.4:112233 6.5:22222333 ' +
	'6.6:2223 6.7:33 6.8:2222 7.1:222 7.2:1111 7.3:22 7.4:11222 7.5:223 7.6:22 8.1:1233 8.2:1123 ' +
	'8.3:133 8.4:23 9.1:111 9.2:1222 10.1:22 10.2:223 10.3:22223 10.4:1111122222233333 10.5:22222 ' +
	'10.6:22 10.7:222 11.1:2233 11.2:22233 11.3:11233 11.4:1222 11.5:23 11.6:23 11.7:33 12.1:12233 ' +
	'12.2:11 12.3:22223 13.1:2333 13.2:222223 13.3:2233 13.4:1222233 14.1:22 14.2:12223333 14.3:122 ' +
	'15.1:12233 15.2:12233 15.3:1222222 15.4:3333 16.1:2 16.2:22222 16.3:2222 16.4:222 16.5:2223 ' +
	'17.1:23 17.2:22223333 17.3:22';
/** The requirements of levels 1 and 2, with their levels. */
const asked = LEVELS.split(' ').flatMap((section) => {
	const [name = '', levels = ''] = section.split(':');
	return [...levels]
		.map((level, index) => [`V${name}.${index + 1}`, level] as const)
		.filter(([, level]) => level !== '3');
});

/** Rows of all tables of a page, as cells. */
const rowsOf = (text: string) =>
	text
		.split('\n')
		.filter((line) => /^\| [V\d]/.test(line))
		.map((line) =>
			line
				.split(/(?<!\\)\|/)
				.slice(1, -1)
				.map((cell) => cell.trim())
		);

/** Files that a text names, without addresses of routes and globs. */
const filesIn = (text: string) =>
	[
		...text.matchAll(
			/`((?:src|tests|scripts|docs)\/[^`*]+\.\w+|[A-Z]\w+\.md|Dockerfile|compose\.yaml|\.\w[\w.]*|\w+\.config\.js|tsconfig\.json)`/g
		)
	].map(([, file = '']) => file);

describe('the evidence', () => {
	it('of ASVS has every requirement of levels 1 and 2 once, each with its level and how it stands', () => {
		const rows = rowsOf(page('asvs.md'));
		expect(asked).toHaveLength(253);
		expect(asked.filter(([, level]) => level === '1')).toHaveLength(70);
		expect(rows.map(([id, level]) => [id, level])).toEqual(asked.map((pair) => [...pair]));
		for (const [id, level, text = '', state = '', evidence = ''] of rows) {
			expect([id, state]).toEqual([id, expect.stringMatching(/^(met|not applicable|gap(: .+)?)$/)]);
			expect([id, text.length > 3]).toEqual([id, true]);
			const shown = filesIn(evidence);
			if (state === 'met' || (level === '1' && state === 'not applicable'))
				expect([id, shown.length > 0]).toEqual([id, true]);
		}
	});

	it('names files that there are', () => {
		for (const name of [
			'asvs.md',
			'faults.md',
			'threat-model.md',
			'server.md',
			'dependencies.md',
			'scans.md'
		]) {
			const files = filesIn(page(name));
			expect([name, files.filter((file) => !existsSync(join(ROOT, file)))]).toEqual([name, []]);
		}
	});

	it('of the faults has every row from 48 to 99, with tests that there are, or says that there is none', () => {
		const rows = rowsOf(page('faults.md'));
		expect(rows.map(([number]) => Number(number))).toEqual(
			Array.from({ length: 52 }, (_, index) => index + 48)
		);
		for (const [number, , , shown = ''] of rows) {
			const named = [...shown.matchAll(/`([^`]+)` "([^"]+)"/g)];
			expect([number, named.length > 0 || shown.includes('**missing**')]).toEqual([number, true]);
			expect([number, named.length]).toEqual([number, filesIn(shown).length]);
			for (const [, file = '', title = ''] of named)
				expect([number, file, title, readFileSync(join(ROOT, file), 'utf8').includes(title)]).toEqual([
					number,
					file,
					title,
					true
				]);
		}
	});

	it('of what comes from outside, C and E, is a test that is called by the number of its row', () => {
		const byNumber = rowsOf(page('faults.md')).filter(
			([number]) => Number(number) < 59 || Number(number) > 72
		);
		for (const [number = '', , , shown = ''] of byNumber) {
			const tests = filesIn(shown).map((file) => readFileSync(join(ROOT, file), 'utf8'));
			const called = new RegExp(`\\[faults? (\\d+, )*${number}[,\\]]`);
			expect([number, tests.some((text) => called.test(text))]).toEqual([number, true]);
		}
	});
});
