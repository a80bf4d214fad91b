import { describe, expect, it } from 'vitest';
import { highlight } from '#lib/directory/highlight.ts';

const marked = (text: string, language: string, ...terms: string[]) =>
	highlight(text, language, new Set(terms))
		.map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
		.join('');

describe('highlight', () => {
	it('marks whole words, whatever ending they have', () => {
		expect(marked('Kelasta voit hakea tukea opiskeluun.', 'fi', 'kel')).toBe(
			'[Kelasta] voit hakea tukea opiskeluun.'
		);
		expect(marked('Ylä-Savon neuvoja', 'fi', 'savon')).toBe('Ylä-[Savon] neuvoja');
	});

	it('marks a compound by its end, words side by side one by one', () => {
		expect(marked('Etsi opiskelupaikkaa', 'fi', 'paik')).toBe('Etsi [opiskelupaikkaa]');
		expect(marked('Kela Kela', 'fi', 'kela')).toBe('[Kela] [Kela]');
	});

	it('keeps every letter of the text, in any script', () => {
		expect(marked('مصلحة الضرائب (Vero)', 'ar', 'ضرايب', 'vero')).toBe('مصلحة [الضرائب] ([Vero])');
		expect(marked('紧急电话112', 'zh', '112')).toBe('紧急电话[112]');
		for (const text of ['', ' ', '…\u0301 x', '👩‍⚕️ lääkäri']) expect(marked(text, 'fi', 'z')).toBe(text);
	});
});
