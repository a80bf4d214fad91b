/** Its parts are loaded with it, and are named nowhere on the phone's first screen. */
export const load = async () => ({
	Page: (await import('#lib/components/office/network/NetworkPage.svelte')).default
});
