import { topicNames } from '#lib/domain/codes/topic-names.ts';
import type { PictogramName } from '#lib/ui/pictograms.ts';

/** The picture of a topic group: the same in tile, row, card and slip (ux.md §3.5). Of one that this version does not know, that of "other". */
export const topicPictogram = (group: string): PictogramName & keyof typeof topicNames =>
	Object.hasOwn(topicNames, group) ? (group as keyof typeof topicNames) : 'other';
