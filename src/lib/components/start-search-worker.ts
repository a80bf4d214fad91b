import { startWorker } from '#lib/trusted-worker.ts';
import url from './search-worker.ts?worker&url';

/** Starts the worker of the search. */
export const startSearchWorker = (): Worker => startWorker('app-search-worker', url);
