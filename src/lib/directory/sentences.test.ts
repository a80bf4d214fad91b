import { describe, expect, it, vi } from 'vitest';
import { sentences } from '#lib/directory/sentences.ts';

const text = 'Soita heti. Kerro osoite! Mitä tapahtui?';

describe('sentences', () => {
	it('splits where sentences end', () => {
		expect(sentences(text, 'fi')).toEqual(['Soita heti.', 'Kerro osoite!', 'Mitä tapahtui?']);
		expect(sentences('请拨打。然后等待。', 'zh')).toEqual(['请拨打。', '然后等待。']);
		expect(sentences('  ', 'fi')).toEqual([]);
	});

	it('does so without Intl.Segmenter too', () => {
		vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined });
		expect(sentences(text, 'fi')).toEqual(['Soita heti.', 'Kerro osoite!', 'Mitä tapahtui?']);
		expect(sentences('ما اسمك؟ اتصل', 'ar')).toEqual(['ما اسمك؟', 'اتصل']);
		vi.unstubAllGlobals();
	});
});
