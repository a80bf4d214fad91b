/**
 * Brings a checkout to the state that the named steps ask for, and does nothing where it is there already:
 *
 *     node scripts/prepare.js install build
 *
 * npm runs this before `start`, `dev`, `check` and `test`, so a fresh clone needs one command. It runs before
 * anything is installed: only Node's own modules, and only what Node 20 understands.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { findChromium } from './chromium.js';
import { findFirefox, findWebKit } from './engines.js';
import { fingerprint } from './fingerprint.js';
import { findPostgres } from './postgres.js';

const ROOT = join(import.meta.dirname, '..');
const NEXT = '.svelte-kit/next';

/** @param {string} path */
const json = (path) => {
	try {
		return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
	} catch {
		return {};
	}
};

/** @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
const exec = (file, args, env) =>
	execFileSync(file, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });

/** @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
const npm = (args, env) =>
	exec(process.execPath, [/** @type {string} */ (process.env.npm_execpath), ...args], env);

function install() {
	const wanted = Object.entries(json('package-lock.json').packages ?? {}).filter(([path]) => path);
	const present = json('node_modules/.package-lock.json').packages ?? {};
	const missing = wanted.some(([path, entry]) =>
		present[path] ? present[path].version !== entry.version : !entry.optional
	);
	if (missing) npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
	// The scripts that follow run on the first `node` of npm's PATH: the pinned one, where npm installed it.
	const version = execFileSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
	if (Number.parseInt(version) < 24) throw new Error(`Node 24 or newer is needed; this is ${version}.`);
}

/** @param {string} out @param {string} version */
function build(out, version) {
	const built = existsSync(join(ROOT, out, 'index.js')) && json(`${out}/client/_app/version.json`).version;
	if (built !== version) npm(['run', '--silent', 'build'], { BUILD_OUT: out, APP_VERSION: version });
}

/** The list of packages is fresh. */
let updated = false;

/** Installs Debian packages where this user may; otherwise says what the tests will skip. @param {string[]} packages @param {string} skipped */
function packages(packages, skipped) {
	if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
		console.log(`Not installed here, so skipped: ${skipped}.`);
		return;
	}
	if (!updated) exec('apt-get', ['update', '-qq']);
	updated = true;
	exec('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
		DEBIAN_FRONTEND: 'noninteractive'
	});
}

function chromium() {
	if (!findChromium())
		packages(
			['chromium', 'fonts-noto-core'],
			'every test in a browser (install Chromium, or name it in CHROMIUM)'
		);
}

function postgres() {
	if (!findPostgres())
		packages(['postgresql'], 'every test on PostgreSQL (install it, or name its bin folder in POSTGRES_BIN)');
}

/** The other two engines: a run without them is worth having, so what cannot be installed is named and skipped. */
function engines() {
	const missing = [
		...(findFirefox() ? [] : ['firefox-esr']),
		...(findWebKit() ? [] : ['webkit2gtk-driver', 'xvfb'])
	];
	if (missing.length === 0) return;
	const skipped = `the offline journeys that need ${missing.join(', ')}`;
	try {
		packages(missing, skipped);
	} catch {
		console.log(`Could not be installed, so skipped: ${skipped}.`);
	}
}

/** @type {Record<string, () => void>} */
const steps = {
	install,
	chromium,
	postgres,
	engines,
	bench: () => npm(['ci', '--no-audit', '--no-fund', '--prefix', 'tests/bench']),
	build: () => build('build', fingerprint()),
	// The same sources under another version name: what the update tests deploy second.
	next: () => build(NEXT, `${fingerprint()}-next`)
};

try {
	for (const name of process.argv.slice(2)) /** @type {() => void} */ (steps[name])();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
