import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstScreenFiles, gzipKb, hasBuild } from '../support/first-screen.ts';

describe.skipIf(!hasBuild())('the first screen, from the manifest of the build', () => {
	it('keeps to its budgets', () => {
		const files = firstScreenFiles();
		expect(gzipKb(files, '.js')).toBeLessThanOrEqual(90);
		expect(gzipKb(files, '.css')).toBeLessThanOrEqual(12);
	});

	it('comes in few files: each costs a slow phone two or three milliseconds', () => {
		expect(firstScreenFiles().filter(({ path }) => path.endsWith('.js')).length).toBeLessThan(20);
	});

	it('has no files that ask for each other in a circle: they would load what they are made of in the wrong order', () => {
		const manifest = JSON.parse(
			readFileSync('.svelte-kit/output/client/.vite/manifest.json', 'utf8')
		) as Record<string, { imports?: string[] }>;
		const circles: string[] = [];
		const done = new Set<string>();
		const walk = (file: string, path: string[]): void => {
			if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
			if (done.has(file) || path.includes(file)) return;
			for (const next of manifest[file]?.imports ?? []) walk(next, [...path, file]);
			done.add(file);
		};
		for (const file of Object.keys(manifest)) walk(file, []);
		expect(done.size).toBeGreaterThan(100);
		expect(circles).toEqual([]);
	});

	it('has a service worker in one piece: browsers run it as a script that cannot load others', () => {
		const worker = readFileSync('build/client/service-worker.js', 'utf8');
		expect(worker).not.toMatch(/(^|[;}])import[{*'"]|import\(|import\.meta/);
	});
});
