/**
 * How the client's code is cut into files. Left alone, the bundler makes one file of every module that a few pages share:
 * fifty for the first screen, most of them a single message, and together a tenth larger than what is in them. Three groups
 * hold what the phone needs before it shows anything; all else is cut as the bundler likes.
 *
 * A group takes along whatever its modules import. So it names no component: each imports all messages by one barrel.
 */
const words = [
	'nav',
	'pill',
	'state',
	'toast_label',
	'when',
	'today_(title|here|change_place|repeat|same|visits|empty|undo_row|next|hour)',
	'app_(demo|back|language_card|name|close|skip)\\.',
	'visit_(no_topic|topics|referred|count)\\.',
	'crash_(title|missing|safe\\.|number)'
];

const base = [
	'device.(delivery|device|live|membership-db|public-db|records|rows|schema-guard|stamp|visit-set)\\.',
	'domain.(dates|ids|record|stops|shape|visit-glance|tour-shapes)\\.',
	'domain.codes.(topic|language)-names\\.',
	'sync.(contact|lease|pill)\\.',
	'components.(place|memberships|appearance|clock|topic-icons|templates)\\.'
];

export const firstScreen = [
	{
		name: 'words',
		test: new RegExp(`paraglide.(runtime|registry|messages.(${words.join('|')}))`),
		priority: 3
	},
	{ name: 'base', test: new RegExp(`src.lib.(${base.join('|')})`), priority: 2 },
	{ name: 'svelte', test: /node_modules.(svelte|@sveltejs|devalue|clsx|esm-env)/, priority: 1 }
];

/** Dexie for today's browsers: the same code without the parts that make up for old ones, a twentieth smaller. */
export const modernDexie = { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' };
