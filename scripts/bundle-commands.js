/**
 * `node scripts/bundle-commands.js FOLDER`: writes the commands that use the sources of the server as files that need neither the sources nor
 * `node_modules`, for the container's image.
 */
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const COMMANDS = [
	'import',
	'import-register',
	'export',
	'check-links',
	'move-store',
	'rotate-key',
	'invite',
	'add-organisation',
	'api-token',
	'audit',
	'retention',
	'backup',
	'backup-key',
	'restore'
];

const out = process.argv[2];
if (out === undefined) throw new Error('Into which folder? node scripts/bundle-commands.js FOLDER');
await build({
	root: ROOT,
	configFile: false,
	logLevel: 'warn',
	ssr: { noExternal: true },
	build: {
		ssr: true,
		outDir: out,
		emptyOutDir: false,
		// The public files are in the build of the app.
		copyPublicDir: false,
		target: 'node24',
		rolldownOptions: {
			input: Object.fromEntries(COMMANDS.map((name) => [name, join(ROOT, `scripts/${name}.js`)])),
			output: { entryFileNames: '[name].js', chunkFileNames: 'command-parts/[name]-[hash].js' }
		}
	}
});
