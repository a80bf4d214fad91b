import { describe, expect, it } from 'vitest';
import { ClientBasket } from './client-basket.svelte.ts';

const id = (n: number) => `01a1fb67-0000-7000-8000-00000000000${n}`;

function storage(kept: Record<string, string> = {}) {
	const map = new Map(Object.entries(kept));
	return {
		getItem: (key: string) => map.get(key) ?? null,
		setItem: (key: string, value: string) => void map.set(key, value),
		removeItem: (key: string) => void map.delete(key),
		size: () => map.size
	};
}

describe('the basket', () => {
	it('survives a reload, and leaves nothing behind when it is emptied', () => {
		const session = storage();
		const basket = new ClientBasket(() => session);
		expect([basket.put(id(1)), basket.put(id(2)), basket.put(id(1))]).toEqual([true, true, true]);
		const later = new ClientBasket(() => session);
		expect(later.ids).toEqual([id(1), id(2)]);
		later.take(id(1));
		expect(new ClientBasket(() => session).ids).toEqual([id(2)]);
		later.empty();
		expect([later.ids, session.size()]).toEqual([[], 0]);
	});

	it('holds six, and takes nothing out for a seventh', () => {
		const basket = new ClientBasket(() => storage());
		for (let n = 1; n <= 6; n += 1) basket.put(id(n));
		expect([basket.put(id(7)), basket.put(id(3)), basket.ids.length]).toEqual([false, true, 6]);
	});

	it.each(['{', '"x"', '[1]', '["../../x"]', 'null'])('begins empty where %s was kept', (text) => {
		expect(new ClientBasket(() => storage({ 'reppu-basket': text })).ids).toEqual([]);
	});

	it('works where the browser refuses storage, also in the middle', () => {
		const refused = new ClientBasket(() => {
			throw new DOMException('', 'SecurityError');
		});
		refused.put(id(1));
		expect(refused.has(id(1))).toBe(true);
		const full = new ClientBasket(() => ({
			...storage(),
			setItem: () => {
				throw new DOMException('', 'QuotaExceededError');
			}
		}));
		full.put(id(1));
		expect(full.ids).toEqual([id(1)]);
	});
});
