import { findFirefox, findWebKit } from '../../scripts/engines.js';
import { test } from '../e2e/fixtures.ts';
import type { Engine } from './engine.ts';
import { startFirefox } from './firefox.ts';
import { offlineJourney } from './journey.ts';
import { startWebKit } from './webkit.ts';

const [firefox, webkit] = [findFirefox(), findWebKit()];

const engines: [string, (() => Promise<Engine>) | undefined, string][] = [
	['Firefox', firefox ? () => startFirefox(firefox) : undefined, 'there is no Firefox (FIREFOX names one)'],
	['WebKit', webkit ? () => startWebKit(webkit) : undefined, 'there is no WebKitWebDriver with Xvfb']
];

for (const [name, start, why] of engines) {
	test.describe(name, () => {
		test.skip(start === undefined, `skipped: ${why}`);

		test('a day without a server loses nothing and doubles nothing', async ({ server }) => {
			const engine = await start!();
			try {
				await offlineJourney(engine, server);
			} finally {
				await engine.close();
			}
		});
	});
}
