import { buildIndex } from '#lib/directory/search/build.ts';
import { everyConcept } from '#lib/directory/search/every-concept.ts';
import type { BuildIndex } from './build.ts';

/** The search index that travels with a pack. Takes seconds for a large directory. */
export const indexDirectory: BuildIndex = (services) => buildIndex(services, everyConcept);
