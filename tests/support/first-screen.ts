import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const KIT = resolve(import.meta.dirname, '../../.svelte-kit');
const CLIENT = `${KIT}/output/client`;
const MANIFEST = `${CLIENT}/.vite/manifest.json`;
const ROUTES = `${KIT}/generated/client-optimized/app.js`;

interface Chunk {
	file: string;
	name?: string;
	imports?: string[];
	css?: string[];
}

/** Whether there is a build to look at. */
export const hasBuild = () => existsSync(MANIFEST) && existsSync(ROUTES);

/** Numbers of SvelteKit's nodes of a route: its page, then layouts and error pages, the root's own among them. */
function nodesOf(route: string): number[] {
	const routes = readFileSync(ROUTES, 'utf8');
	const entry = routes.split('\n').find((line) => line.trim().startsWith(`"${route}":`));
	if (!entry) throw new Error(`The build has no route ${route}.`);
	const nodes = entry.slice(entry.indexOf(':')).match(/\d+/g) ?? [];
	return [0, 1, ...nodes.map(Number)];
}

/** Files that a phone fetches before it shows Today, as the build's manifest has them: `path` within the client, `gzip` in bytes. */
export function firstScreenFiles(): { path: string; gzip: number }[] {
	const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, Chunk>;
	const wanted = new Set(['entry/start', 'entry/app', ...nodesOf('/(app)').map((node) => `nodes/${node}`)]);
	const chunks = new Set<Chunk>();
	const walk = (chunk: Chunk | undefined): void => {
		if (!chunk || chunks.has(chunk)) return;
		chunks.add(chunk);
		for (const key of chunk.imports ?? []) walk(manifest[key]);
	};
	for (const chunk of Object.values(manifest)) if (chunk.name && wanted.delete(chunk.name)) walk(chunk);
	if (wanted.size > 0) throw new Error(`The manifest does not name ${[...wanted].join(', ')}.`);
	const paths = new Set([...chunks].flatMap(({ file, css = [] }) => [file, ...css]));
	return [...paths].map((path) => ({
		path,
		gzip: gzipSync(readFileSync(`${CLIENT}/${path}`), { level: 9 }).length
	}));
}

/** KB (1000 bytes) of those with this ending, each compressed by itself as it goes over the wire. */
export function gzipKb(files: readonly { path: string; gzip: number }[], ending: '.js' | '.css'): number {
	return (
		files.filter(({ path }) => path.endsWith(ending)).reduce((bytes, { gzip }) => bytes + gzip, 0) / 1000
	);
}
