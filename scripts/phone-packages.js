/**
 * Which packages of others a phone gets, and how large they are: the build notes it (`packagesNoted`), and
 *
 *     npm run build && node scripts/phone-packages.js
 *
 * writes the table of docs/security/dependencies.md anew, with the reasons that stand there. tests/integration/dependencies.test.ts holds the
 * table to the build.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, minifySync } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const NOTED = join(ROOT, '.svelte-kit/phone-packages.json');
export const DOCUMENT = join(ROOT, 'docs/security/dependencies.md');

/** @typedef {{ name: string, version: string, licence: string, kb: number, where: string }} Package */

/** The package of a module, by its path. @param {string} id */
const packageOf = (id) =>
	/[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/](?!.*[\\/]node_modules[\\/])/
		.exec(id)?.[1]
		?.replaceAll('\\', '/');

/** Code of packages by their name, of every bundle that this process has made. @type {Map<string, Map<string, string>>} */
const code = new Map();

/** KB (1000 bytes) of a package, made small and packed by itself. @param {Map<string, string>} modules */
function sizeOf(modules) {
	const text = [...modules.values()].join('\n');
	return gzipSync(minifySync('package.js', text).code, { level: 9 }).length / 1000;
}

/** @type {import('vite').Plugin} */
export const packagesNoted = {
	name: 'packages-noted',
	apply: 'build',
	generateBundle(_options, bundle) {
		if (this.environment?.name === 'ssr') return;
		for (const chunk of Object.values(bundle)) {
			if (chunk.type !== 'chunk') continue;
			for (const [id, module] of Object.entries(chunk.modules)) {
				const name = packageOf(id);
				if (name === undefined || !module.code) continue;
				const modules = code.get(name) ?? new Map();
				code.set(name, modules.set(relative(ROOT, id), module.code));
			}
		}
		mkdirSync(dirname(NOTED), { recursive: true });
		writeFileSync(
			NOTED,
			JSON.stringify(Object.fromEntries([...code].map(([name, modules]) => [name, sizeOf(modules)])))
		);
	}
};

/** Packages of the app and its workers, as the last build has noted them: name and KB. @returns {Record<string, number>} */
export const notedPackages = () => JSON.parse(readFileSync(NOTED, 'utf8'));

/** @param {string} name */
function described(name) {
	const { version, license } = JSON.parse(
		readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')
	);
	return { name, version: String(version), licence: String(license) };
}

/** What SvelteKit builds apart, without plugins: the service worker. */
async function workerPackages() {
	code.clear();
	await build({
		root: ROOT,
		configFile: false,
		logLevel: 'error',
		plugins: [
			packagesNoted,
			{
				name: 'service-worker-facts',
				resolveId: (id) => (id === '$service-worker' ? '\0facts' : undefined),
				load: (id) =>
					id === '\0facts' ? "export const build = [], files = [], prerendered = [], version = ''" : undefined
			}
		],
		build: {
			write: false,
			copyPublicDir: false,
			rolldownOptions: { input: join(ROOT, 'src/service-worker/index.ts') }
		}
	});
	return notedPackages();
}

/** Rows of the table in the document, each with its cells. @param {string} text */
export const tableRows = (text) =>
	text
		.split('\n')
		.filter((line) => /^\| [@\w][\w@/.-]* +\| \d/.test(line))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim())
		);

async function main() {
	const text = readFileSync(DOCUMENT, 'utf8');
	const reasons = new Map(tableRows(text).map((row) => [row[0], row[5]]));
	const app = notedPackages();
	const worker = await workerPackages();
	writeFileSync(NOTED, JSON.stringify(app));
	const names = [...new Set([...Object.keys(app), ...Object.keys(worker)])].sort();
	const rows = names.map((name) => {
		const { version, licence } = described(name);
		const where = [name in app ? 'app' : '', name in worker ? 'service worker' : '']
			.filter(Boolean)
			.join(', ');
		return `| ${name} | ${version} | ${licence} | ${(app[name] ?? worker[name] ?? 0).toFixed(1)} | ${where} | ${reasons.get(name) ?? ''} |`;
	});
	const head =
		'| package | version | licence | KB gzip | where | reason |\n| --- | --- | --- | --- | --- | --- |';
	const start = text.indexOf('| package');
	const end = text.indexOf('\n\n', start);
	writeFileSync(DOCUMENT, `${text.slice(0, start)}${head}\n${rows.join('\n')}${text.slice(end)}`);
	const without = names.filter((name) => !reasons.get(name));
	if (without.length > 0) console.log(`Without a reason: ${without.join(', ')}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
