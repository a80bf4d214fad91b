import { describe, expect, it } from 'vitest';
import {
	clientPhones,
	clientText,
	criticalTextMayShow,
	mayReachClient,
	phoneLabel,
	shownPhones
} from '#lib/directory/critical.ts';
import { sampleService } from '#lib/directory/sample-service.ts';
import { baseLanguages } from '#lib/domain/languages.ts';
import type { Text, Texts } from '#lib/domain/language-texts.ts';

const source = { title: 'HUS', date: '2026-02-01' };
const written: Text = { text: 'Soita heti.', origin: 'written' };
const machine: Text = { text: 'اتصل فوراً', origin: 'machine' };
const checked: Text = { ...machine, checked: '2026-03-01' };

describe('criticalTextMayShow', () => {
	it.each(['fi', 'sv', 'en', 'fi-simple', 'sv-FI'])('lets a sourced text written in %s through', (tag) => {
		expect(criticalTextMayShow(tag, written, source)).toBe(true);
	});

	it.each(['ru', 'et', 'ar', 'so', 'fa', 'th', 'zh', 'uk', 'es', 'fr', 'fil', 'en-GB-x'])(
		'holds back what no person has checked in %s, written or not',
		(tag) => {
			const english = tag.startsWith('en');
			expect(criticalTextMayShow(tag, machine, source)).toBe(false);
			expect(criticalTextMayShow(tag, written, source)).toBe(english);
			expect(criticalTextMayShow(tag, checked, source)).toBe(true);
		}
	);

	it('holds back a machine translation into Swedish and a text without a source', () => {
		expect(criticalTextMayShow('sv', machine, source)).toBe(false);
		expect(criticalTextMayShow('fi', written, { title: ' ', date: '2026-02-01' })).toBe(false);
		expect(criticalTextMayShow('fi', written, { title: 'HUS', date: '2026-02-31' })).toBe(false);
	});
});

describe('clientText', () => {
	const summary: Texts = { fi: written, sv: { ...written, text: 'Ring genast.' }, ar: machine };
	const service = sampleService({ summary, critical: ['summary'] });

	it('puts the adviser’s text in the place of a critical one that nobody checked', () => {
		expect(clientText(service, 'summary', 'ar', 'fi')).toMatchObject({
			shown: { text: 'Soita heti.', language: 'fi', dir: 'ltr', fallback: true },
			withheld: true
		});
		expect(clientText(service, 'summary', 'ar', 'sv').shown?.language).toBe('sv');
	});

	it('shows it once a person has checked it', () => {
		const mended = sampleService({ summary: { ...summary, ar: checked }, critical: ['summary'] });
		expect(clientText(mended, 'summary', 'ar', 'fi')).toMatchObject({
			shown: { text: 'اتصل فوراً', dir: 'rtl', fallback: false },
			withheld: false
		});
	});

	it('shows the same text where it is not critical', () => {
		const plain = sampleService({ summary });
		expect(clientText(plain, 'summary', 'ar', 'fi')).toMatchObject({
			shown: { language: 'ar', machine: true },
			withheld: false
		});
	});

	it('shows nothing where only unchecked texts are there, and holds nothing back that is not there', () => {
		const only = sampleService({ summary: { ar: machine }, critical: ['summary'] });
		expect(clientText(only, 'summary', 'ar', 'fi')).toEqual({ shown: undefined, withheld: true });
		expect(clientText(service, 'summary', 'so', 'fi')).toMatchObject({ withheld: false });
		expect(clientText(service, 'bring', 'ar', 'fi')).toEqual({ shown: undefined, withheld: false });
	});

	it('never lets an unchecked critical text out, for any pair of languages', () => {
		const all: Texts = Object.fromEntries(
			baseLanguages.map((tag) => [tag, { text: tag, origin: 'machine' as const }])
		);
		const every = sampleService({
			name: all,
			summary: all,
			bring: all,
			address: all,
			critical: ['name', 'summary', 'bring', 'address']
		});
		const shown = (['name', 'summary', 'bring', 'address'] as const).flatMap((field) =>
			baseLanguages.flatMap((language) =>
				baseLanguages.map((adviser) => clientText(every, field, language, adviser).shown)
			)
		);
		expect(shown.every((text) => text === undefined)).toBe(true);
	});
});

describe('phones', () => {
	const phone = (number: string, more: object = {}) => ({ number, source, ...more });

	it('shows no number without its source and the source’s date', () => {
		const phones = [
			phone('112'),
			phone('113', { source: { title: '', date: '2026-02-01' } }),
			phone('114', { source: { title: 'HUS', date: '' } }),
			phone('115', { source: { title: 'HUS', date: '2026-13-01' } }),
			phone('116', { source: { title: 'HUS', date: '2026-02' } }),
			phone('117', { source: { title: 'HUS', date: '2026' } }),
			phone('118', { source: { title: 'HUS', date: '2026-00' } })
		];
		expect(shownPhones({ phones }).map(({ number }) => number)).toEqual(['112', '116', '117']);
		expect(clientPhones({ phones }, 'ar').map(({ number }) => number)).toEqual(['112', '116', '117']);
	});

	it('puts the line in the client’s language first, then lines for everyone', () => {
		const phones = [phone('1111', { language: 'fi' }), phone('2222'), phone('3333', { language: 'ar' })];
		expect(clientPhones({ phones }, 'ar').map(({ number }) => number)).toEqual(['3333', '2222', '1111']);
	});

	it('holds the words beside a number to the same rule on a card with critical content', () => {
		const labelled = phone('112', { label: { fi: written, ar: machine } });
		expect(phoneLabel({ critical: ['summary'] }, labelled, 'ar', 'fi')?.language).toBe('fi');
		expect(phoneLabel({ critical: [] }, labelled, 'ar', 'fi')?.language).toBe('ar');
	});
});

describe('mayReachClient', () => {
	it('keeps advice points, what must not be handed over and what is not given now away from clients', () => {
		expect(mayReachClient(sampleService())).toBe(true);
		expect(mayReachClient(sampleService({ mayHandOver: false }))).toBe(false);
		expect(mayReachClient(sampleService({ kind: 'advice-point' }))).toBe(false);
		expect(mayReachClient(sampleService({ status: 'active' }))).toBe(true);
		expect(mayReachClient(sampleService({ status: 'paused' }))).toBe(false);
		expect(mayReachClient(sampleService({ status: 'ended' }))).toBe(false);
	});
});
