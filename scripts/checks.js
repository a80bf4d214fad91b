/**
 * Everything that is checked without running the product: `npm run check` by itself, and `npm test` before its tests. As many at once as there
 * are processors; what one has to say is printed when it is done.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** @typedef {{ name: string, command: string, args: string[], again?: string[] }} Check `again`: what lets the next run leave out files that are the same. */

/** They need nothing of one another; two of them write what the others read. @type {Check[]} */
const first = [
	{ name: 'messages', command: 'node', args: ['src/i18n/compile.ts'] },
	{ name: 'generated types', command: 'svelte-kit', args: ['sync'] },
	{ name: 'icon sprite', command: 'node', args: ['scripts/sprite.js', '--check'] }
];

/** The longest first. @type {Check[]} */
const others = [
	{
		name: 'types',
		command: 'svelte-check',
		// By the native compiler, in half the time; what it has seen before costs it nothing.
		args: ['--tsgo', '--tsconfig', './tsconfig.check.json', '--fail-on-warnings', '--output', 'human'],
		again: ['--incremental']
	},
	{
		name: 'lint and import directions',
		command: 'eslint',
		args: ['.'],
		// No rule looks at another file than its own.
		again: ['--cache', '--cache-strategy', 'content', '--cache-location', 'node_modules/.cache/eslint/']
	},
	{
		name: 'format',
		command: 'prettier',
		args: ['--check', '--log-level', 'warn', '.'],
		again: ['--cache', '--cache-strategy', 'content']
	},
	{ name: 'unused files and packages', command: 'knip', args: [] },
	{ name: 'types of the service worker', command: 'tsgo', args: ['-p', 'src/service-worker'] }
];

/** True where it passed. @param {Check} check @param {boolean} quick @returns {Promise<boolean>} */
async function run({ name, command, args, again = [] }, quick) {
	const child = spawn(command, quick ? [...args, ...again] : args, { stdio: 'pipe' });
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (said += text));
	const code = await new Promise((resolve) => {
		child.once('error', (error) => {
			said += `${error.message}\n`;
			resolve(1);
		});
		child.once('close', resolve);
	});
	if (code !== 0) process.stdout.write(said);
	console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name}`);
	return code === 0;
}

/**
 * How many passed, and the names of those that failed.
 *
 * @param {{ quick?: boolean }} [how] `quick`: files that passed before and are the same since are left out
 */
export async function runChecks({ quick = false } = {}) {
	/** @type {string[]} */
	const failed = [];
	/** @param {Check} check */
	const note = async (check) => {
		if (!(await run(check, quick))) failed.push(check.name);
	};
	for (const checks of [first, others]) {
		const left = [...checks];
		const worker = async () => {
			for (let check = left.shift(); check; check = left.shift()) await note(check);
		};
		await Promise.all(Array.from({ length: availableParallelism() }, worker));
	}
	return { passed: first.length + others.length - failed.length, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const { failed } = await runChecks({ quick: true });
	process.exit(failed.length === 0 ? 0 : 1);
}
