import { Worker, parentPort, workerData } from 'node:worker_threads';
import { connectStore } from '#lib/server/storage/store.ts';
import { inOrganisation } from '#lib/server/storage/reach.ts';
import { indexDirectory } from './index-directory.ts';
import { keepPack, type Kept, type PackDeps } from './keep.ts';

/**
 * Builds packs beside the server: a large directory takes many seconds of a processor, and everybody else would wait. This file is the
 * thread's own code as well, for a build has no other file to start it from; so whoever needs it loads it by `import()`.
 */
interface Job extends Pick<PackDeps, 'packRegions'> {
	job: typeof JOB;
	databaseUrl: string;
	organisation: string;
}

const JOB = 'reppu-pack';

/** As `keepPack`, in a thread and on a connection of its own. */
export function keepPackApart(asked: Omit<Job, 'job'>): Promise<Kept> {
	const thread = new Worker(new URL(import.meta.url), { workerData: { job: JOB, ...asked } satisfies Job });
	return new Promise((resolve, reject) => {
		thread.once('message', resolve);
		thread.once('error', reject);
		thread.once('exit', () => reject(new Error('The thread ended without a word.')));
	});
}

const isJob = (data: unknown): data is Job =>
	typeof data === 'object' && data !== null && 'job' in data && data.job === JOB;

if (parentPort && isJob(workerData)) {
	const { databaseUrl, organisation, packRegions } = workerData;
	const store = await connectStore(databaseUrl);
	try {
		const deps = { store, now: () => Date.now(), packRegions, buildIndex: indexDirectory };
		parentPort.postMessage(await inOrganisation(organisation, () => keepPack(deps, organisation, true)));
	} finally {
		await store.close();
	}
}
