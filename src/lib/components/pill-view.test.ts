import { describe, expect, it } from 'vitest';
import type { Pill } from '#lib/sync/pill.ts';
import { pillView } from './pill-view.ts';

const now = Date.parse('2026-03-06T09:32:00Z'); // 11.32 in Helsinki

describe('the words of the status pill', () => {
	const cases: [Pill, string, string][] = [
		[{ kind: 'attention', count: 1 }, '1 vaatii huomiota', 'bad'],
		[{ kind: 'attention', count: 1, waiting: 3 }, '1 vaatii huomiota · 3 odottaa', 'bad'],
		[{ kind: 'outdated' }, 'Päivitä sovellus', 'bad'],
		[{ kind: 'revoked' }, 'Laite poistettu käytöstä', 'bad'],
		[{ kind: 'sign-in', count: 3 }, 'Kirjaudu, niin 3 lähtee', 'wait'],
		[{ kind: 'waiting', count: 3 }, '3 odottaa lähetystä', 'wait'],
		[{ kind: 'sending', done: 0, total: 3 }, 'Lähetetään 1/3', 'wait'],
		[{ kind: 'offline-waiting', count: 3 }, 'Ei yhteyttä · 3 tallessa', 'off'],
		[{ kind: 'offline' }, 'Ei yhteyttä', 'off'],
		[{ kind: 'delivered', at: undefined }, 'Kaikki lähetetty', 'ok'],
		[{ kind: 'delivered', at: Date.parse('2026-03-06T08:42:00Z') }, 'Kaikki lähetetty · 10.42', 'ok'],
		[{ kind: 'delivered', at: Date.parse('2026-03-05T08:42:00Z') }, 'Kaikki lähetetty · eilen 10.42', 'ok'],
		[{ kind: 'delivered', at: Date.parse('2026-03-02T08:42:00Z') }, 'Kaikki lähetetty · 2.3. 10.42', 'ok'],
		[{ kind: 'delivered', at: Date.parse('2026-02-01T08:42:00Z') }, 'Kaikki lähetetty · 1.2.2026', 'ok']
	];

	it.each(cases)('%o', (pill, text, look) => {
		expect(pillView(pill, now, 'fi')).toMatchObject({ text, look });
	});

	it('say the same number in Swedish and English', () => {
		expect(pillView({ kind: 'offline-waiting', count: 1 }, now, 'sv').text).toBe(
			'Ingen förbindelse · 1 sparat'
		);
		expect(pillView({ kind: 'attention', count: 2 }, now, 'en').text).toBe('2 need attention');
	});

	it('never look delivered unless everything is', () => {
		const looks = cases
			.filter(([pill]) => pill.kind !== 'delivered')
			.map(([pill]) => pillView(pill, now, 'fi'));
		expect(looks.some(({ look, icon }) => look === 'ok' || icon === 'cloud-check')).toBe(false);
	});
});
