import { describe, expect, it } from 'vitest';
import { mirroredAppearance, readAppearance } from './appearance.ts';

describe('the look of this device', () => {
	it('takes the usual value for whatever is missing or unknown', () => {
		expect(readAppearance(undefined)).toEqual({
			theme: 'system',
			textSize: 100,
			contrast: 'system',
			motion: 'system',
			vibration: true,
			singleKeys: true
		});
		expect(readAppearance({ theme: 'neon', textSize: 130, vibration: false, extra: 1 })).toMatchObject({
			theme: 'system',
			textSize: 130,
			vibration: false
		});
	});

	it('survives a broken copy', () => {
		expect(mirroredAppearance({ getItem: () => '{' }).theme).toBe('system');
		expect(mirroredAppearance({ getItem: () => '{"theme":"dark"}' }).theme).toBe('dark');
	});
});
