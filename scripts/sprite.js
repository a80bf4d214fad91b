/**
 * Writes static/icons.svg, one symbol for each name in src/lib/ui/icon-names.ts, from Lucide's drawings:
 *
 *     node scripts/sprite.js [--check]
 *
 * With `--check` it writes nothing and fails where the file is not what it would write.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { iconNames } from '../src/lib/ui/icon-names.ts';

const SPRITE = join(import.meta.dirname, '..', 'static', 'icons.svg');

/** Given once, by `svg.i` in base.css: a symbol inherits them from the place where it is used. */
const INHERITED = / (?:fill="none"|stroke="currentColor"|stroke-(?:linecap|linejoin|width)="[^"]*")/g;

/**
 * @typedef {{
 *   icons: Record<string, { body: string }>,
 *   aliases: Record<string, { parent: string }>
 * }} IconSet
 */

/** @type {IconSet} */
const lucide = JSON.parse(
	readFileSync(fileURLToPath(import.meta.resolve('@iconify-json/lucide/icons.json')), 'utf8')
);

/** Lucide's earlier names are aliases; none of them turns or flips its icon. @param {string} name @returns {string} */
function body(name) {
	const icon = lucide.icons[name];
	if (icon) return icon.body;
	const { parent, ...change } = lucide.aliases[name] ?? { parent: '' };
	if (!parent || Object.keys(change).length > 0) throw new Error(`Lucide has no icon "${name}".`);
	return body(parent);
}

/** @param {string} name */
function symbol(name) {
	const shapes = body(name)
		.replaceAll(INHERITED, '')
		.replaceAll(/<\/?g>/g, '');
	return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

const sprite = `<!-- Lucide icons, ISC: see LICENSES/ISC.txt. Written by scripts/sprite.js. -->
<svg xmlns="http://www.w3.org/2000/svg">
${iconNames.map(symbol).join('\n')}
</svg>
`;

if (!process.argv.includes('--check')) {
	writeFileSync(SPRITE, sprite);
} else if (!existsSync(SPRITE) || readFileSync(SPRITE, 'utf8') !== sprite) {
	console.error('static/icons.svg is stale: run `node scripts/sprite.js`.');
	process.exit(1);
}
