/**
 * `npm test`: checks, unit, component and integration tests, the simulator, then the browser journeys and faults against the real build.
 * Everything runs even where something before it failed; the last line is the sum of all.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runChecks } from './checks.js';
import { findChromium } from './chromium.js';

process.chdir(join(import.meta.dirname, '..'));
rmSync('reports', { recursive: true, force: true });

let passed = 0;
let failed = 0;
let skipped = 0;

/** @param {string} command @param {string[]} args */
const run = (command, args) => spawnSync(command, args, { stdio: 'inherit' }).status === 0;

const checked = await runChecks();
passed += checked.passed;
failed += checked.failed;

/** A runner's own report; a runner that wrote none has failed. @param {string} file */
function report(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		console.log(`FAILED: no report in ${file}`);
		failed += 1;
		return undefined;
	}
}

const unitOk = run('vitest', ['run']);
const unit = report('reports/vitest.json');
if (unit) {
	passed += unit.numPassedTests;
	failed += unit.numFailedTests;
	skipped += unit.numPendingTests;
	// A suite that does not load, or an error outside any test, fails the run without failing a test.
	if (!unitOk && unit.numFailedTests === 0) failed += 1;
}

const simOk = run('node', ['tests/sim/suite.ts']);
const sim = report('reports/sim.json');
if (sim) {
	passed += sim.passed;
	failed += sim.failed;
	if (!simOk && sim.failed === 0) failed += 1;
}

if (findChromium()) {
	const journeysOk = run('playwright', ['test', '-c', 'tests']);
	const stats = report('reports/playwright.json')?.stats;
	if (stats) {
		passed += stats.expected + stats.flaky;
		failed += stats.unexpected;
		skipped += stats.skipped;
		if (!journeysOk && stats.unexpected === 0) failed += 1;
	}
} else {
	console.log('skipped: every journey in a browser, for there is no Chromium');
	skipped += 1;
}

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
