import { buildIndex } from '#lib/directory/search/build.ts';
import { everyConcept } from '#lib/directory/search/every-concept.ts';
import type { BuildIndex } from './build.ts';

/** The search index that travels with a pack, whose parts have the ids in its order. Takes seconds for a large directory. */
export const indexDirectory: BuildIndex = (services) => buildIndex(services, everyConcept);
