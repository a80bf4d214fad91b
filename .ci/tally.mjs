// CI reads one plain line of totals; neither Vitest nor Playwright prints one that covers both.
import { readFileSync } from 'node:fs';

/** @param {string} file */
const report = (file) => {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
};

const unit = report('reports/vitest.json');
const e2e = report('reports/playwright.json')?.stats;
const sum = (/** @type {number[]} */ ...counts) => counts.reduce((a, b) => a + (b ?? 0), 0);
const passed = sum(unit?.numPassedTests, e2e?.expected, e2e?.flaky);
const failed = sum(unit?.numFailedTests, e2e?.unexpected);
const skipped = sum(unit?.numPendingTests, e2e?.skipped);

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(unit && e2e && failed === 0 ? 0 : 1);
