import type { HandleClientError } from '@sveltejs/kit';
import { applyAppearance, mirroredAppearance } from '#lib/components/appearance.ts';
import { newId } from '#lib/domain/ids.ts';
import { getLocale, getTextDirection } from '#lib/paraglide/runtime.js';

// The first module that runs: everything that must be right before the first paint, for the content security policy allows
// no inline script. Nor does it allow code made from text, which zod would try: this is where zod keeps the setting
// `jitless`. It is set here so that no order of loading matters and the first screen need not load zod for it.
const scope = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
(scope.__zod_globalConfig ??= {}).jitless = true;

const root = document.documentElement;
applyAppearance(root, mirroredAppearance(localStorage));
root.lang = getLocale();
root.dir = getTextDirection();
const manifest = root.querySelector<HTMLLinkElement>('link[rel="manifest"]');
if (manifest && getLocale() !== 'fi') manifest.href = `/manifest.${getLocale()}.webmanifest`;

/** An unexpected error gets a number that people can read out; its cause stays in the console of this device. */
export const handleError: HandleClientError = ({ error, status, message }) => {
	const id = newId().slice(-6);
	if (status !== 404) console.error(id, error);
	return { message, id };
};
