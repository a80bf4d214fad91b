import { describe, expect, it } from 'vitest';
import { clockTruth, syncTruth, tryAnswer, type Situation } from './sync-words.ts';

const situation = (more: Partial<Situation>): Situation => ({
	pill: { kind: 'delivered', at: undefined },
	counts: { waiting: 0, attention: 0, deliveredAt: undefined },
	contact: undefined,
	offline: false,
	background: true,
	...more
});
const say = (more: Partial<Situation>) => syncTruth(situation(more), 'fi').join(' ');
const counts = (waiting: number, attention = 0) => ({ waiting, attention, deliveredAt: undefined });

describe('the sentence of truth', () => {
	it('promises to send in the background only where the browser can', () => {
		const offline = {
			pill: { kind: 'offline-waiting', count: 3 },
			counts: counts(3),
			offline: true
		} as const;
		expect(say(offline)).toBe(
			'3 käyntiä on tallessa tässä puhelimessa. Ne lähtevät itsestään, kun yhteys toimii. Voit sulkea sovelluksen.'
		);
		expect(say({ ...offline, background: false })).not.toContain('sulkea');
	});

	it('says what needs somebody, that the rest is safe, and that there is no connection', () => {
		const text = say({ pill: { kind: 'attention', count: 1 }, counts: counts(2, 1), offline: true });
		expect(text).toContain('1 käynti vaatii huomiota');
		expect(text).toContain('2 käyntiä on tallessa');
		expect(text).toContain('Yhteyttä ei ole nyt');
	});

	it('calls nothing a visit that is none', () => {
		const waits = { pill: { kind: 'waiting', count: 2 }, counts: counts(2), notes: true } as const;
		expect(say(waits)).toMatch(/^2 kirjausta on tallessa tässä puhelimessa\./);
	});

	it('tells a network that asks for something from one that is not there', () => {
		const contact = { at: 0, result: 'blocked', failures: 1 } as const;
		expect(
			say({ pill: { kind: 'offline-waiting', count: 1 }, counts: counts(1), contact, offline: true })
		).toContain('hyväksy verkon ehdot');
	});

	it('says that there is no room for what is new, whatever else it says', () => {
		const contact = { at: 0, result: 'full', failures: 1 } as const;
		expect(say({ contact })).toMatch(/^Kaikki perillä\. Uusille tiedoille ei ole tilaa/);
		const waits = { pill: { kind: 'waiting', count: 1 }, counts: counts(1), contact } as const;
		expect(say(waits)).toMatch(/^1 käynti on tallessa.*Uusille tiedoille ei ole tilaa/);
	});

	it('keeps what waits in sight while a sign-in or an update is needed', () => {
		expect(say({ pill: { kind: 'sign-in', count: 4 }, counts: counts(4) })).toContain(
			'4 käyntiä on tallessa'
		);
		expect(say({ pill: { kind: 'outdated' }, counts: counts(1) })).toContain('1 käynti on tallessa');
	});
});

describe('the answer to “try now”', () => {
	const at = Date.parse('2026-03-06T09:38:00Z');
	const answer = (more: Partial<Parameters<typeof tryAnswer>[0]>) =>
		tryAnswer({ result: { ok: true }, before: 0, after: 0, at, browserOnline: true, ...more }, 'fi');

	it('counts what really went, and never says sent while something waits', () => {
		expect(answer({ before: 3 })).toBe('3 lähetetty');
		expect(answer({ before: 3, after: 1 })).toBe('1 odottaa yhä (kokeiltu 11.38)');
		expect(answer({})).toContain('Kaikki oli jo perillä');
	});

	it('tells every failure apart', () => {
		const failed = (why: 'offline' | 'blocked' | 'server' | 'sign_in' | 'refused', browserOnline = true) =>
			answer({ result: { ok: false, failure: { why } }, browserOnline });
		expect(failed('offline')).toBe('Palvelin ei vastaa (kokeiltu 11.38)');
		expect(failed('offline', false)).toBe('Yhteys puuttuu (kokeiltu 11.38)');
		expect(failed('blocked')).toContain('ei päästä palvelimelle');
		expect(failed('server')).toBe(failed('refused'));
		expect(answer({ result: { ok: false, busy: true } })).toBe('Lähetys on jo käynnissä.');
	});
});

describe('how wrong the clock is', () => {
	const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
	it.each([
		[undefined, 'fi', 'Ei vielä verrattu palvelimen kelloon'],
		[0, 'fi', 'Kello on oikeassa'],
		[119_999, 'fi', 'Kello on oikeassa'],
		[
			-5 * minute,
			'fi',
			'Puhelimen kello edistää 5 minuuttia. Käynnit saavat silti oikean ajan ja järjestyksen.'
		],
		[3 * hour, 'fi', 'Puhelimen kello jätättää 3 tuntia. Käynnit saavat silti oikean ajan ja järjestyksen.'],
		[-30 * day, 'sv', 'Telefonens klocka går 30 dygn före. Besöken får ändå rätt tid och ordning.'],
		[730 * day, 'en', 'The phone’s clock is 2 years slow. Visits get the right time and order all the same.']
	] as const)('%s ms in %s', (offset, locale, text) => {
		expect(clockTruth(offset, locale).replaceAll('\u00a0', ' ')).toBe(text);
	});
});
