import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The system's Chromium, if it has one; CHROMIUM overrides the search. */
export function findChromium() {
	if (process.env.CHROMIUM) return process.env.CHROMIUM;
	const onPath = (process.env.PATH ?? '')
		.split(delimiter)
		.flatMap((dir) => NAMES.map((name) => join(dir, name)));
	return [...onPath, ...ELSEWHERE].find((path) => existsSync(path));
}

const executablePath = findChromium();

/** What Playwright turns off, for a list of our own takes the place of its list; and the pages that make up the browser's own window, which nobody sees. */
const OFF = [
	'AvoidUnnecessaryBeforeUnloadCheckSync',
	'DestroyProfileOnBrowserClose',
	'HttpsUpgrades',
	'HttpsFirstBalancedModeAutoEnable',
	'LensOverlay',
	'MediaRouter',
	'PaintHolding',
	'ThirdPartyStoragePartitioning',
	'AvoidCorsURLLoaderRestartOnRedirect',
	'OptimizationHints',
	'NetworkTimeServiceQuerying',
	'AimEnabled',
	'PreconnectToSearch',
	'InitialWebUI',
	'WebUIReloadButton',
	'WebUIToolbar',
	'WebUIOmniboxPopup',
	'WebUIOmniboxFullPopup',
	'PreloadTopChromeWebUI'
];

/** How both Vitest and Playwright start it. Without `executablePath` they use Playwright's own download. */
export const launchOptions = {
	...(executablePath ? { executablePath } : {}),
	args: [
		'--no-sandbox',
		'--disable-gpu',
		'--disable-quic',
		'--no-first-run',
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-sync',
		`--disable-features=${OFF.join(',')}`
	]
};
