/**
 * `npm test`: checks, unit, component and integration tests, then the browser journeys and faults against the real build; the simulator beside them.
 * Everything runs even where something before it failed; the last lines name what failed and what passed only at a second try, and sum up all.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { runChecks } from './checks.js';
import { findChromium } from './chromium.js';

process.chdir(join(import.meta.dirname, '..'));
rmSync('reports', { recursive: true, force: true });

/** A folder in memory, and what has to be free there: a run's databases and browser profiles take a tenth of it. */
const MEMORY = '/dev/shm';
const ROOM = 4 * 2 ** 30;

/**
 * Where the databases and browser profiles of the tests lie: in memory where there is room. A disk would be waited for a million times, and no
 * test asks what it keeps: a process that is killed loses nothing of what it gave to the system.
 */
function moveToMemory() {
	if (process.env.TMPDIR || !existsSync(MEMORY)) return;
	const { bavail, bsize } = statfsSync(MEMORY);
	if (bavail * bsize < ROOM) return;
	const folder = mkdtempSync(join(MEMORY, 'reppu-test-'));
	// PostgreSQL, which runs as another user, has its folder in it.
	chmodSync(folder, 0o755);
	process.env.TMPDIR = folder;
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
}

moveToMemory();

let passed = 0;
let skipped = 0;
/** What failed, a line each. @type {string[]} */
const failed = [];
/** What passed at a second try. @type {string[]} */
const flaky = [];

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<boolean>} */
const isOk = (child) =>
	new Promise((resolve) => {
		child.once('error', () => resolve(false));
		child.once('close', (code) => resolve(code === 0));
	});

/** @param {string} command @param {string[]} args */
const run = (command, args) => isOk(spawn(command, args, { stdio: 'inherit' }));

/** Takes the processors when nobody else wants them. */
const LAST = 19;

/** The simulator asks for nothing but processors, which browsers and databases leave idle half of the time. What it says comes at its end. */
function startSimulator() {
	const child = spawn('node', ['tests/sim/suite.ts'], { stdio: ['ignore', 'pipe', 'pipe'] });
	if (child.pid !== undefined) setPriority(child.pid, LAST);
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (said += text));
	return isOk(child).then((ok) => {
		process.stdout.write(said);
		return ok;
	});
}

/**
 * The tests of a Playwright report, out of their nested suites.
 *
 * @param {{ suites?: any[], specs?: any[] }} suite
 * @returns {{ file: string, title: string, status: string, message?: string }[]}
 */
const specs = ({ suites = [], specs: own = [] }) => [
	...own.map(({ file, title, tests: [test] }) => ({
		file,
		title,
		status: test.status,
		message: test.results.find((/** @type {any} */ { error }) => error)?.error.message
	})),
	...suites.flatMap(specs)
];

const checked = await runChecks();
passed += checked.passed;
failed.push(...checked.failed.map((name) => `checks: ${name}`));

/** A runner's own report; a runner that wrote none has failed. @param {string} file */
function report(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		failed.push(`no report in ${file}`);
		return undefined;
	}
}

/** How much of a failure stands beside its name: whoever sees only the last lines of a run learns from it where to look. */
const REASON_LINES = 6;

/** @param {string | undefined} message */
const reason = (message) =>
	message === undefined ? '' : `\n\t${message.split('\n', REASON_LINES).join('\n\t')}`;

const simulated = startSimulator();

const unitOk = await run('vitest', ['run']);
const unit = report('reports/vitest.json');
if (unit) {
	passed += unit.numPassedTests;
	skipped += unit.numPendingTests;
	for (const file of unit.testResults)
		for (const { status, fullName, failureMessages } of file.assertionResults) {
			const told = `${relative('.', file.name)}: ${fullName}${reason(failureMessages[0])}`;
			if (status === 'failed') failed.push(told);
			else if (status === 'passed' && failureMessages.length > 0) flaky.push(told);
		}
	// A suite that does not load, or an error outside any test, fails the run without failing a test.
	if (!unitOk && unit.numFailedTests === 0)
		failed.push('vitest: an error outside of any test, printed above');
}

if (findChromium()) {
	const journeysOk = await run('playwright', ['test', '-c', 'tests']);
	const journeys = report('reports/playwright.json');
	if (journeys) {
		const { stats } = journeys;
		passed += stats.expected + stats.flaky;
		skipped += stats.skipped;
		for (const { file, title, status, message } of specs(journeys))
			if (status === 'unexpected') failed.push(`${file}: ${title}${reason(message)}`);
			else if (status === 'flaky') flaky.push(`${file}: ${title}${reason(message)}`);
		if (!journeysOk && stats.unexpected === 0)
			failed.push('journeys: an error outside of any test, printed above');
	}
} else {
	console.log('skipped: every journey in a browser, for there is no Chromium');
	skipped += 1;
}

const simOk = await simulated;
const sim = report('reports/sim.json');
if (sim) {
	passed += sim.passed;
	failed.push(.../** @type {string[]} */ (sim.failed).map((text) => `simulator: ${text}`));
	if (!simOk && sim.failed.length === 0) failed.push('simulator: ended badly');
}

for (const text of flaky) console.log(`at the second try: ${text}`);
for (const text of failed) console.log(`FAILED: ${text}`);
console.log(`${passed} passed, ${failed.length} failed, ${skipped} skipped`);
process.exit(failed.length === 0 ? 0 : 1);
