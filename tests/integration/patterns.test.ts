import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '../../src');

/** Every pattern that is written in the sources, with where it stands. */
function patterns(): { where: string; pattern: RegExp }[] {
	const found: { where: string; pattern: RegExp }[] = [];
	const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
		(file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$|paraglide/.test(file)
	);
	for (const file of files) {
		const text = readFileSync(join(SOURCES, file), 'utf8');
		// Of a component its script is read; what stands in its markup is plain.
		const code = file.endsWith('.svelte') ? (/<script[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? '') : text;
		const walk = (node: ts.Node): void => {
			if (ts.isRegularExpressionLiteral(node)) {
				const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
				found.push({
					where: `${file}: ${node.text.slice(0, 80)}`,
					pattern: new RegExp(source, flags.replace(/[gy]/g, ''))
				});
			}
			ts.forEachChild(node, walk);
		};
		walk(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true));
	}
	return found;
}

const LENGTH = 30_000;
/** Texts at which patterns that try again and again are slow: nearly what fits, many times, and then something that does not. */
const HARD = [
	'a',
	'0',
	' ',
	'\t',
	'\n',
	'-',
	'.',
	'/',
	'@',
	'a@',
	'a.',
	'1-',
	'+1 ',
	'<',
	'<a',
	'&',
	'{',
	'[',
	'(',
	'"',
	"'",
	'=',
	':',
	',',
	'ä',
	'Aa0-',
	'\u200b',
	'\u0301',
	'ﷺ',
	'😀'
].flatMap((part) => {
	const many = part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH);
	return [many, `${many}\u0000`, `\u0000${many}!`];
});
/** ms for one text: what is in proportion to its length takes a hundredth of that. */
const WITHIN = 300;

it('no pattern takes longer than in proportion to a text, whatever the text [fault 95]', () => {
	const all = patterns();
	expect(all.length).toBeGreaterThan(150);
	const slow: string[] = [];
	for (const { where, pattern } of all) {
		const time = (text: string) => {
			const begun = performance.now();
			pattern.test(text);
			return performance.now() - begun;
		};
		for (const text of HARD) {
			// A second look, for a machine that was busy with something else.
			if (time(text) > WITHIN && time(text) > WITHIN) {
				slow.push(`${where} on ${JSON.stringify(text.slice(0, 6))}…: ${Math.round(time(text))} ms`);
				break;
			}
		}
	}
	expect(slow).toEqual([]);
});
