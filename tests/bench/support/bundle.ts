import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/**
 * Bundles a page's script as the app is built: minified, for production. It may import from `src` and from the peers of this
 * folder. Dexie comes from the app for everybody: RxDB pins another copy, and two in one page refuse to work.
 *
 * @param options `peers` false: the page needs none of them
 */
export async function bundle(entry: string, { peers = true } = {}): Promise<string> {
	if (peers && !existsSync(join(ROOT, 'tests/bench/node_modules')))
		throw new Error('The peers are not installed: npm ci --prefix tests/bench');
	const result = await build({
		configFile: false,
		root: ROOT,
		logLevel: 'error',
		define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
		resolve: { dedupe: ['dexie'] },
		build: {
			write: false,
			minify: true,
			lib: { entry: join(ROOT, 'tests/bench', entry), formats: ['iife'], name: 'page' }
		}
	});
	const output = Array.isArray(result) ? result[0] : result;
	if (!output || !('output' in output)) throw new Error(`${entry} was not bundled.`);
	return output.output[0].code;
}
