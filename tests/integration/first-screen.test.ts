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

	it('has a service worker in one piece: browsers run it as a script that cannot load others', () => {
		const worker = readFileSync('build/client/service-worker.js', 'utf8');
		expect(worker).not.toMatch(/(^|[;}])import[{*'"]|import\(|import\.meta/);
	});
});
