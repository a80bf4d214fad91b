import { describe, expect, it } from 'vitest';
import { pinFault } from './quick-pin.ts';

describe('a PIN', () => {
	it.each(['', '12345', '1234567', '12345a', '１２３４５６'])('has six digits: %s', (pin) => {
		expect(pinFault(pin)).toBe('form');
	});

	it.each(['000000', '123456', '654321', '111222', '121212', '567890', '112233'])(
		'that anybody would try is not taken: %s',
		(pin) => {
			expect(pinFault(pin)).toBe('simple');
		}
	);

	it.each(['407319', '192837', '100482'])('of one’s own is taken: %s', (pin) => {
		expect(pinFault(pin)).toBeUndefined();
	});
});
