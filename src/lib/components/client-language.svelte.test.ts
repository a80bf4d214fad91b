import { describe, expect, it } from 'vitest';
import { ClientLanguage, languageTag } from './client-language.svelte.ts';

function storage(): Storage {
	const map = new Map<string, string>();
	return {
		get length() {
			return map.size;
		},
		key: () => null,
		clear: () => map.clear(),
		getItem: (key) => map.get(key) ?? null,
		setItem: (key, value) => void map.set(key, value),
		removeItem: (key) => void map.delete(key)
	};
}

describe('the language of the client', () => {
	it('lasts for the session and is forgotten on demand', () => {
		const session = storage();
		new ClientLanguage(() => session).choose('ar');
		const later = new ClientLanguage(() => session);
		expect(later.current).toBe('ar');
		later.forget();
		expect(later.current).toBeUndefined();
		expect(new ClientLanguage(() => session).current).toBeUndefined();
	});

	it('works where the browser refuses storage, also in the middle', () => {
		const refused = new ClientLanguage(() => {
			throw new DOMException('', 'SecurityError');
		});
		refused.choose('so');
		expect(refused.current).toBe('so');
		const full = new ClientLanguage(() => ({
			...storage(),
			setItem: () => {
				throw new DOMException('', 'QuotaExceededError');
			}
		}));
		full.choose('fa');
		expect(full.current).toBe('fa');
	});

	it('takes over nothing that is no tag', () => {
		expect(['ar', 'fi-simple', 'sw-CD'].map(languageTag)).toEqual(['ar', 'fi-simple', 'sw-CD']);
		expect(['', 'AR', '"><b>', 'a', null, undefined].map(languageTag)).toEqual(Array(6).fill(undefined));
	});
});
