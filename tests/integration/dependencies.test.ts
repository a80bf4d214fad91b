import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOCUMENT, notedPackages, tableRows } from '../../scripts/phone-packages.js';
import { hasBuild } from '../support/first-screen.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Locked {
	version?: string;
	resolved?: string;
	integrity?: string;
	hasInstallScript?: boolean;
	dev?: boolean;
}
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const others = Object.entries(packages).filter(([path]) => path !== '');
const rows = tableRows(readFileSync(DOCUMENT, 'utf8'));

/** Packages that the service worker names itself; SvelteKit builds it apart. */
const workerPackages = readdirSync(join(ROOT, 'src/service-worker'))
	.filter((file) => file.endsWith('.ts'))
	.flatMap((file) =>
		[...read(`src/service-worker/${file}`).matchAll(/from '((?:@[\w.-]+\/)?[a-z][\w.-]*)[^']*'/g)].map(
			([, name = '']) => name
		)
	);

describe('packages of others', () => {
	it.skipIf(!hasBuild())(
		'on the phone are those of the list, each with version, licence, size and a reason',
		() => {
			const noted = notedPackages();
			const listed = rows.map(([name]) => name);
			expect(listed).toEqual(expect.arrayContaining([...Object.keys(noted), ...workerPackages]));
			for (const [name = '', version, licence, kb = '', where = '', reason = ''] of rows) {
				const is = JSON.parse(read(`node_modules/${name}/package.json`)) as {
					version: string;
					license: string;
				};
				expect([name, version, licence]).toEqual([name, is.version, is.license]);
				expect([name, reason.length > 10]).toEqual([name, true]);
				expect([name, where.includes('app')]).toEqual([name, name in noted]);
				const now = noted[name];
				// A size is of the day when it was written down; what has grown by a fifth is looked at again.
				if (now !== undefined)
					expect([name, Math.abs(now - Number(kb)) < 0.3 + now / 5]).toEqual([name, true]);
			}
		}
	);

	it('no script runs when packages are installed, and nothing that is needed has one [fault 99]', () => {
		// Not in .npmrc: npm would leave out what goes before `start` and `test`, too.
		expect(read('scripts/prepare.js')).toContain("npm(['ci', '--ignore-scripts',");
		expect(read('Dockerfile')).toContain('npm ci --ignore-scripts');
		const scripts = others
			.filter(([, { hasInstallScript }]) => hasInstallScript)
			.map(([path]) => path.replace(/^.*node_modules\//, ''));
		// Only for macOS, where Vite watches files by it; it works without its script.
		expect(scripts.filter((name) => name !== 'fsevents')).toEqual([]);
	});

	it('are pinned: exact versions, from the registry, with a hash', () => {
		const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
			read('package.json')
		) as Record<string, Record<string, string>>;
		const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
		expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
		const loose = others.filter(
			([, { resolved = '', integrity = '' }]) =>
				!/^(https:\/\/registry\.npmjs\.org\/|$)/.test(resolved) || !/^sha512-/.test(integrity)
		);
		expect(loose.map(([path]) => path)).toEqual([]);
	});

	it('can be listed without a network', () => {
		const printed = execFileSync('npm', ['run', '--silent', 'sbom'], {
			cwd: ROOT,
			encoding: 'utf8',
			maxBuffer: 64 * 1024 * 1024
		});
		const sbom = JSON.parse(printed) as {
			bomFormat: string;
			components: { name: string; version: string; hashes?: unknown[] }[];
		};
		expect(sbom.bomFormat).toBe('CycloneDX');
		const listed = new Set(sbom.components.map(({ name, version }) => `${name}@${version}`));
		for (const [name, version] of rows) expect(listed).toContain(`${name}@${version}`);
	});
});
