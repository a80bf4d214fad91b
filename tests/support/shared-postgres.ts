import type { TestProject } from 'vitest/node';
import { migrated } from './migrated.ts';
import { havePostgres, startPostgres } from './postgres.ts';

declare module 'vitest' {
	export interface ProvidedContext {
		/** The cluster of all test files, and a database in it that has its tables; undefined without PostgreSQL. */
		postgres: { folder: string; model: string } | undefined;
	}
}

/** One cluster for all test files: to make one takes longer than most of them. What kills or fills its cluster starts its own. */
export default async function setup(project: TestProject): Promise<(() => void) | undefined> {
	if (!havePostgres) {
		project.provide('postgres', undefined);
		return undefined;
	}
	const cluster = startPostgres();
	project.provide('postgres', { folder: cluster.folder, model: await migrated(cluster.fresh()) });
	return () => cluster.stop();
}
