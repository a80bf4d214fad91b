import { describe, expect, it } from 'vitest';
import { highlight } from '#lib/directory/highlight.ts';

const marked = (text: string, ...terms: string[]) =>
	highlight(text, new Set(terms))
		.map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
		.join('');

describe('highlight', () => {
	it('marks whole words, however they are written', () => {
		expect(marked('Kelasta voit hakea tukea opiskeluun.', 'kelasta')).toBe(
			'[Kelasta] voit hakea tukea opiskeluun.'
		);
		expect(marked('Ylä-Savon neuvoja', 'yla', 'savon')).toBe('[Ylä]-[Savon] neuvoja');
		expect(marked('Kela Kela', 'kela')).toBe('[Kela] [Kela]');
	});

	it('keeps every letter of the text, in any script', () => {
		expect(marked('مصلحة الضرائب (Vero)', 'الضرايب', 'vero')).toBe('مصلحة [الضرائب] ([Vero])');
		expect(marked('紧急电话112', '112')).toBe('紧急电话[112]');
		for (const text of ['', ' ', '…\u0301 x', '👩‍⚕️ lääkäri']) expect(marked(text, 'z')).toBe(text);
	});
});
