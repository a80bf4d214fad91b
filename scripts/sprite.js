/**
 * Writes the sprites, one symbol for each name: static/icons.svg from Lucide's drawings (src/lib/ui/icon-names.ts), and
 * static/pictograms.svg from those of Health Icons (src/lib/ui/pictograms.ts):
 *
 *     node scripts/sprite.js [--check]
 *
 * With `--check` it writes nothing and fails where a file is not what it would write.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { iconNames } from '../src/lib/ui/icon-names.ts';
import { pictograms } from '../src/lib/ui/pictograms.ts';

/** Given once, by `svg.i` in base.css and by Pictogram.svelte: a symbol inherits them from the place where it is used. */
const LINES = / (?:fill="none"|stroke="currentColor"|stroke-(?:linecap|linejoin|width)="[^"]*")/g;
const FILLED = / fill="currentColor"/g;

/** Health Icons are drawn on 48 × 48 and keep a margin that a small tile has no room for. */
const WITHOUT_MARGIN = '3 3 42 42';

/**
 * @typedef {{
 *   icons: Record<string, { body: string }>,
 *   aliases: Record<string, { parent: string }>
 * }} IconSet
 */

/** @param {string} url @returns {IconSet} */
const read = (url) => JSON.parse(readFileSync(fileURLToPath(url), 'utf8'));

/** Earlier names are aliases; none of those used turns or flips its icon. @param {IconSet} set @param {string} name @returns {string} */
function body(set, name) {
	const icon = set.icons[name];
	if (icon) return icon.body;
	const { parent, ...change } = set.aliases[name] ?? { parent: '' };
	if (!parent || Object.keys(change).length > 0) throw new Error(`The set has no icon "${name}".`);
	return body(set, parent);
}

/** @param {string} id @param {string} shapes @param {string} viewBox */
function symbol(id, shapes, viewBox) {
	const inside = shapes.replaceAll(/<g>(.*?)<\/g>/gs, '$1');
	return `<symbol id="${id}" viewBox="${viewBox}">${inside}</symbol>`;
}

/** @param {string} note @param {string[]} symbols */
const sprite = (note, symbols) => `<!-- ${note} Written by scripts/sprite.js. -->
<svg xmlns="http://www.w3.org/2000/svg">
${symbols.join('\n')}
</svg>
`;

const lucide = read(import.meta.resolve('@iconify-json/lucide/icons.json'));
const health = read(import.meta.resolve('@iconify-json/healthicons/icons.json'));

const sprites = {
	'icons.svg': sprite(
		'Lucide icons, ISC: see LICENSES/ISC.txt.',
		iconNames.map((name) => symbol(name, body(lucide, name).replaceAll(LINES, ''), '0 0 24 24'))
	),
	'pictograms.svg': sprite(
		'Health Icons, CC0, their package MIT: see LICENSES/MIT-healthicons.txt.',
		Object.entries(pictograms).map(([id, name]) =>
			symbol(id, body(health, name).replaceAll(FILLED, ''), WITHOUT_MARGIN)
		)
	)
};

for (const [name, text] of Object.entries(sprites)) {
	const file = join(import.meta.dirname, '..', 'static', name);
	if (!process.argv.includes('--check')) {
		writeFileSync(file, text);
	} else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
		console.error(`static/${name} is stale: run \`node scripts/sprite.js\`.`);
		process.exit(1);
	}
}
