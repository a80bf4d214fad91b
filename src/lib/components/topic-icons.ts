import type { IconName } from '#lib/ui/icon-names.ts';

/** One fixed picture per topic group in the whole product: tile, row, card (ux.md §3.5). Always beside the word. */
const icons: Readonly<Record<string, IconName>> = {
	permits: 'stamp',
	'forms-decisions': 'file-text',
	integration: 'house-plus',
	language: 'languages',
	work: 'briefcase',
	education: 'graduation-cap',
	'social-security': 'hand-coins',
	money: 'wallet',
	housing: 'house',
	health: 'heart-pulse',
	family: 'baby',
	'rights-safety': 'scale',
	everyday: 'smartphone',
	leisure: 'palette',
	other: 'ellipsis'
};

/** The picture of a topic group; of one that this version does not know, that of "other". */
export function topicIcon(group: string): IconName {
	return icons[group] ?? 'ellipsis';
}
