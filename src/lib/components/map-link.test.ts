import { describe, expect, it } from 'vitest';
import { mapLink } from './map-link.ts';

const android = 'Mozilla/5.0 (Linux; Android 15; Pixel 8) Chrome/150 Mobile';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)';
const desktop = 'Mozilla/5.0 (X11; Linux x86_64)';
const at = { latitude: 63.65, longitude: 26.62 };

describe('the way to a place', () => {
	it('opens in the map of the device, and needs no point', () => {
		expect(mapLink({ words: 'Asematie 1, Kiuruvesi', at }, android)).toBe(
			'geo:63.65,26.62?q=63.65,26.62(Asematie%201%2C%20Kiuruvesi)'
		);
		expect(mapLink({ words: 'Asematie 1', at: undefined }, android)).toBe('geo:0,0?q=Asematie%201');
		expect(mapLink({ words: 'Asematie 1', at }, iphone)).toBe('https://maps.apple.com/?daddr=63.65,26.62');
		expect(mapLink({ words: 'Asematie 1', at: undefined }, iphone)).toBe(
			'https://maps.apple.com/?daddr=Asematie%201'
		);
		expect(mapLink({ words: 'Asematie 1', at }, desktop)).toContain('/directions?to=63.65%2C26.62');
		expect(mapLink({ words: 'Asematie 1', at: undefined }, desktop)).toContain('/search?query=Asematie%201');
	});

	it('lets no text out of its place in the address', () => {
		expect(mapLink({ words: 'Torikatu 1 (2. krs)', at }, android)).toMatch(
			/\(Torikatu%201%20%282\.%20krs%29\)$/
		);
		for (const agent of [android, iphone, desktop])
			expect(mapLink({ words: 'A & B?c=#d)', at: undefined }, agent)).not.toMatch(/[&#]|c=/);
	});
});
