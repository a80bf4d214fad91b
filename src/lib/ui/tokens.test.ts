import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string) =>
	readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
const tokens = read('tokens.css');

/** The custom properties of the first rule whose selector ends with these words. */
function rule(selector: string): Map<string, string> {
	const [, body] = tokens.split(`${selector} {`);
	if (body === undefined) throw new Error(`tokens.css has no rule for ${selector}`);
	const declarations = body.slice(0, body.indexOf('}')).matchAll(/(--[\w-]+):\s*([^;]+);/g);
	return new Map(Array.from(declarations, ([, name = '', value = '']) => [name, value]));
}

/** Relative luminance of `#rrggbb`, as WCAG 2 defines it. */
function luminance(colour: string): number {
	if (!/^#[\da-f]{6}$/.test(colour)) throw new Error(`not a colour of six digits: ${colour}`);
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
		const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Map<string, string>, front: string, back: string): number {
	const [one, other] = [front, back].map((name) => luminance(theme.get(`--${name}`) ?? ''));
	if (one === undefined || other === undefined) throw new Error('a pair has two colours');
	return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

const TEXT = 4.5;
const SHAPE = 3;
const pairs: [front: string, back: string, least: number][] = [
	['text', 'bg', TEXT],
	['text', 'surface', TEXT],
	['text', 'sunken', TEXT],
	['muted', 'bg', TEXT],
	['muted', 'surface', TEXT],
	['muted', 'sunken', TEXT],
	['link', 'bg', TEXT],
	['link', 'surface', TEXT],
	['link', 'sunken', TEXT],
	['primary', 'surface', TEXT], // the tab of the page you are on
	['on-primary', 'primary', TEXT],
	['on-primary', 'primary-hover', TEXT],
	['on-primary-soft', 'primary-soft', TEXT],
	['on-block', 'block', TEXT],
	['ok', 'ok-soft', TEXT],
	['ok', 'surface', TEXT], // glyph and word of a row
	['wait', 'wait-soft', TEXT],
	['wait', 'surface', TEXT],
	['bad', 'bad-soft', TEXT],
	['bad', 'surface', TEXT],
	['on-bad-solid', 'bad-solid', TEXT],
	['info', 'info-soft', TEXT],
	['bg', 'text', TEXT], // the toast
	['line-strong', 'bg', SHAPE],
	['line-strong', 'surface', SHAPE],
	['line-strong', 'sunken', SHAPE],
	['primary', 'sunken', SHAPE], // a bar on its track
	['bad-solid', 'surface', SHAPE],
	['focus', 'bg', SHAPE],
	['focus', 'surface', SHAPE],
	['focus', 'sunken', SHAPE]
];

const light = rule("[data-theme='light']");
const dark = rule(":root[data-theme='dark']");

describe.each([
	['light', light],
	['dark', dark]
])('%s theme', (_, theme) => {
	it.each(pairs)('%s on %s reaches %d : 1', (front, back, least) => {
		expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(least);
	});
});

describe('tokens', () => {
	it('computes contrast as WCAG does', () => {
		const known = new Map([
			['--black', '#000000'],
			['--white', '#ffffff'],
			['--grey', '#767676']
		]);
		expect(contrast(known, 'black', 'white')).toBe(21);
		expect(contrast(known, 'grey', 'white')).toBeCloseTo(4.54, 2);
	});

	it('are the same in the dark that the system wishes and the dark that the user chose', () => {
		expect(rule(":root:not([data-theme='light'])")).toEqual(dark);
	});

	it('name the same colours in both themes', () => {
		expect([...dark.keys()]).toEqual([...light.keys()]);
	});

	it.each(['[data-theme][data-theme]', ":root[data-contrast='more'] [data-theme]"])(
		'turn muted text and hairlines strong for %s',
		(selector) => {
			const strong = rule(selector);
			expect(strong.get('--muted')).toBe('var(--text)');
			expect(strong.get('--line')).toBe('var(--line-strong)');
		}
	);

	it('are all that base.css uses', () => {
		const known = new Set([...light.keys(), ...rule('\n:root').keys()]);
		const used = Array.from(read('base.css').matchAll(/var\((--[\w-]+)/g), ([, name]) => name);
		expect(used.length).toBeGreaterThan(0);
		expect(used.filter((name = '') => !known.has(name))).toEqual([]);
	});
});
