/**
 * How the client's code is cut into files. Left alone, the bundler makes one file of every module that a few pages share: fifty
 * for the first screen, most of them a single message, and each costs a slow phone two or three milliseconds to ask for. So
 * everything that the first screen needs before it shows anything is one file; all else is cut as the bundler likes.
 */

/** Where the first screen begins: the app's frame, Today, how both look, and what their messages count with. */
const ROOTS = [
	/[\\/]kit[\\/]src[\\/]runtime[\\/]client[\\/]entry\.js$/,
	/[\\/]src[\\/]routes[\\/]\(app\)[\\/]\+(layout|page)\.(svelte|ts)$/,
	/[\\/]src[\\/]lib[\\/]components[\\/]appearance\.ts$/,
	/[\\/]paraglide[\\/]registry\.js$/
];

/** What stands there when it breaks is read with it: files of their own, with few words. */
const ERROR_PAGE = /[\\/]src[\\/]routes[\\/](\(app\)[\\/])?\+error\.svelte$/;

/** One module for each message; the list of all of them is walked past, what is used of it is found by its name. */
const MESSAGE_LIST = /[\\/]paraglide[\\/]messages([\\/]_index)?\.js$/;
const MESSAGE = /[\\/]paraglide[\\/]messages[\\/]([a-z0-9_]+)\.js$/i;
const USED = /\bm\.([a-z0-9_]+)\b/gi;

/**
 * What the phone's rows are and who writes them, as far as the first screen does without: in one file, for the first screen names every file
 * that a page behind it may need, and each name counts against its budget.
 */
const ROWS =
	/[\\/]src[\\/]lib[\\/](device[\\/]|protocol[\\/](parts|limits)|domain[\\/](appointment|client-card|erasure|rejection|visit|event|service|hours|language-texts|field-fault|notice|personal|phrase-check|feedback-name|tour-change))[^\\/]*\.ts$/;

/** What the pages with figures of phone and office share, in one file for the same reason. */
const FIGURES =
	/[\\/]src[\\/]lib[\\/](components[\\/]office[\\/]reports[\\/]|statistics[\\/](?!suppression|municipal|cost|feedback|report\.))/;

/** The parts that all screens are made of, most of them a kilobyte or less, in one file. They need nothing but each other and words, so no two files ask for each other in a circle. */
const UI = /[\\/]src[\\/]lib[\\/]ui[\\/]/;

/** How the pages look, those of the office in one file and those of the phone in another: each style sheet costs the first screen its name. */
const OFFICE_LOOKS = /[\\/](\(office\)|components[\\/]office)[\\/].*[?&]type=style/;
const PHONE_LOOKS = /[\\/](\(app\)|components)[\\/].*[?&]type=style/;

/** Every module that the first screen imports statically; the plugin finds them, the group asks for them. @type {Set<string>} */
let modules = new Set();

/**
 * @param {string[]} roots
 * @param {(id: string) => { importedIds: readonly string[]; code: string | null } | null} info
 * @param {string[]} all
 */
function firstModules(roots, info, all) {
	/** @type {Set<string>} */
	const found = new Set();
	/** @type {Set<string>} */
	const messages = new Set();
	const read = (/** @type {string} */ id) => {
		const module = info(id);
		for (const [, name] of (module?.code ?? '').matchAll(USED)) messages.add(String(name));
		return module;
	};
	const walk = (/** @type {string} */ id) => {
		if (found.has(id) || MESSAGE_LIST.test(id) || MESSAGE.test(id)) return;
		found.add(id);
		const module = read(id);
		for (const imported of module?.importedIds ?? []) walk(imported);
	};
	roots.forEach(walk);
	all.filter((id) => ERROR_PAGE.test(id)).forEach(read);
	for (const id of all) if (messages.has(MESSAGE.exec(id)?.[1] ?? '')) found.add(id);
	return found;
}

/**
 * What is fetched beside a part that is loaded on demand: its style sheets. Its scripts are found by their imports, one after the other, and
 * mostly lie in the worker's store by then; to list them for every page would be a fortieth of the first screen.
 *
 * @param {string} _part
 * @param {string[]} files
 */
const styleSheets = (_part, files) => files.filter((file) => file.endsWith('.css'));

/**
 * Looks through the finished graph of the client's build, and has the first screen's modules put into one file.
 *
 * @type {import('vite').Plugin}
 */
export const firstScreenFirst = {
	name: 'first-screen-first',
	apply: 'build',
	configEnvironment(name) {
		if (name !== 'client') return;
		return {
			build: {
				modulePreload: { resolveDependencies: styleSheets },
				rolldownOptions: {
					// A group without the dependencies of its modules asks for this; SvelteKit needs its own exports only.
					preserveEntrySignatures: 'allow-extension',
					output: {
						codeSplitting: {
							includeDependenciesRecursively: false,
							groups: [
								{ name: 'first', test: (id) => modules.has(id) },
								{ name: 'rows', test: ROWS },
								{ name: 'figures', test: FIGURES },
								// A file for each message that two pages share costs the first screen the name of the file.
								{ name: 'words', test: (id) => MESSAGE.test(id) && !modules.has(id), minShareCount: 2 },
								{ name: 'office-looks', test: OFFICE_LOOKS },
								{ name: 'phone-looks', test: (id) => PHONE_LOOKS.test(id) && !modules.has(id) },
								{ name: 'ui', test: (id) => UI.test(id) && !modules.has(id) }
							]
						}
					}
				}
			}
		};
	},
	/**
	 * The first screen carries the names of all files, and a hash cannot be compressed: seven letters (42 bits) instead of eight tell the
	 * versions of a file apart as well, and five (30 bits) the hundred style sheets, whose name is no more than that: two of one build that
	 * were alike would get a number.
	 */
	outputOptions(options) {
		const { entryFileNames, chunkFileNames, assetFileNames } = options;
		const short = (/** @type {typeof entryFileNames} */ name) =>
			typeof name === 'string' ? name.replace('[hash]', '[hash:7]') : name;
		if (!String(entryFileNames).includes('/immutable/')) return options;
		return {
			...options,
			...(entryFileNames && { entryFileNames: short(entryFileNames) }),
			...(chunkFileNames && { chunkFileNames: short(chunkFileNames) }),
			...(typeof assetFileNames === 'string' && {
				assetFileNames: assetFileNames.replace('[name].[hash]', '[hash:5]')
			})
		};
	},
	buildEnd(error) {
		if (error) return;
		const all = [...this.getModuleIds()];
		const roots = all.filter((id) => ROOTS.some((root) => root.test(id)));
		modules = firstModules(roots, (id) => this.getModuleInfo(id), all);
	}
};

/** Dexie for today's browsers: the same code without the parts that make up for old ones, a twentieth smaller. */
export const modernDexie = { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' };

/** Where Dexie puts its cache of queries over every database. */
const CACHED = 'this.use(cacheMiddleware);';

/**
 * Leaves Dexie's cache of queries out: all databases here have it turned off, because it tells of writes that are not committed yet, and what nobody
 * uses was a fiftieth of the first screen.
 *
 * @type {import('vite').Plugin}
 */
export const uncachedDexie = {
	name: 'uncached-dexie',
	apply: 'build',
	transform: {
		filter: { id: /[\\/]dexie\.mjs$/ },
		handler(code) {
			if (code.split(CACHED).length !== 2)
				this.error(`Dexie puts its cache elsewhere than scripts/first-screen.js thinks: ${CACHED}`);
			return { code: code.replace(CACHED, ' '.repeat(CACHED.length)), map: null };
		}
	}
};
