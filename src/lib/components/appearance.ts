import { isFlag, isOneOf, type Check, type Checks } from '#lib/domain/shape.ts';

/** How the app looks and behaves on this device, whoever uses it. */
export interface Appearance {
	theme: 'system' | 'light' | 'dark';
	/** Percent of the usual size. */
	textSize: (typeof TEXT_SIZES)[number];
	contrast: 'system' | 'more';
	motion: 'system' | 'less';
	/** A short buzz after a save, where the phone can. */
	vibration: boolean;
	/** Shortcuts of one key, which voice control may set off by accident (WCAG 2.1.4). */
	singleKeys: boolean;
}

export const TEXT_SIZES = [100, 115, 130, 150, 200] as const;

const usual: Appearance = {
	theme: 'system',
	textSize: 100,
	contrast: 'system',
	motion: 'system',
	vibration: true,
	singleKeys: true
};

const checks: Checks<Appearance> = {
	theme: isOneOf('system', 'light', 'dark'),
	textSize: isOneOf(...TEXT_SIZES),
	contrast: isOneOf('system', 'more'),
	motion: isOneOf('system', 'less'),
	vibration: isFlag,
	singleKeys: isFlag
};

/** Key of the copy in localStorage that can be read before the first paint. */
export const MIRROR = 'reppu-appearance';

/** Root text size of base.css, percent. */
const ROOT_SIZE = 106.25;

const GROUND = { light: '#f7f5f0', dark: '#111618' };

/** Reads what was stored; what is missing or unknown here takes its usual value. */
export function readAppearance(value: unknown): Appearance {
	const stored = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
	const known = Object.entries<Check>(checks).filter(([name, check]) => check(stored[name]));
	return { ...usual, ...Object.fromEntries(known.map(([name]) => [name, stored[name]])) };
}

/** The copy that can be read at once; the usual values where there is none. */
export function mirroredAppearance(storage: Pick<Storage, 'getItem'>): Appearance {
	try {
		return readAppearance(JSON.parse(storage.getItem(MIRROR) ?? 'null'));
	} catch {
		// Refused storage or broken text: the usual look. The row in the database is what counts.
		return readAppearance(undefined);
	}
}

/** Puts the choice on the page; tokens.css and base.css read the attributes. */
export function applyAppearance(root: HTMLElement, { theme, textSize, contrast, motion }: Appearance): void {
	const set = (name: string, value: string | undefined) =>
		value === undefined ? root.removeAttribute(name) : root.setAttribute(name, value);
	set('data-theme', theme === 'system' ? undefined : theme);
	set('data-contrast', contrast === 'more' ? 'more' : undefined);
	set('data-motion', motion === 'less' ? 'less' : undefined);
	root.style.fontSize = textSize === 100 ? '' : `${(ROOT_SIZE * textSize) / 100}%`;
	for (const meta of root.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
		const systemTheme = meta.media.includes('dark') ? 'dark' : 'light';
		meta.content = GROUND[theme === 'system' ? systemTheme : theme];
	}
}
