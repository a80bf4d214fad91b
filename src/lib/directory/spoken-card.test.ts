import { describe, expect, it } from 'vitest';
import { clipRequest } from '#lib/protocol/clips.ts';
import { sampleService } from './sample-service.ts';
import { cardKey, cardWords, serviceOfKey } from './spoken-card.ts';

const texts = (fi: string, so: string, more: object = {}) => ({
	fi: { text: fi, origin: 'written' as const },
	so: { text: so, origin: 'machine' as const, ...more }
});
const service = sampleService({
	name: texts('Kela', 'Keela'),
	summary: texts('Kelasta voi hakea tukea.', 'Waxaad ka codsan kartaa taageero.')
});
const words = (...asked: Parameters<typeof cardWords>) => cardWords(...asked).map(({ text }) => text);

describe('a spoken card', () => {
	it('is its name and what one gets there, in that language only', () => {
		expect(words(service, 'so')).toEqual(['Keela', 'Waxaad ka codsan kartaa taageero.']);
		expect(words(service, 'so-FI')).toEqual(['Keela', 'Waxaad ka codsan kartaa taageero.']);
		expect(words(service, 'ar')).toEqual([]);
		expect(words({ ...service, summary: { fi: texts('x', 'y').fi } }, 'so')).toEqual([]);
		expect(words(sampleService({ name: texts('Kela', 'Keela') }), 'so')).toEqual(['Keela']);
	});

	it('says nothing critical but in the written languages, and nothing that no client may see', () => {
		const critical = { ...service, critical: ['summary' as const] };
		expect(words(critical, 'so')).toEqual([]);
		expect(words({ ...critical, summary: texts('Soita.', 'Wac.', { checked: '2026-01-01' }) }, 'so')).toEqual(
			[]
		);
		expect(words(critical, 'fi')).toEqual(['Kela', 'Kelasta voi hakea tukea.']);
		expect(words({ ...service, mayHandOver: false }, 'so')).toEqual([]);
		expect(words({ ...service, status: 'ended' }, 'so')).toEqual([]);
	});

	it('has a key that the server takes, names its service and changes with its words', async () => {
		const key = await cardKey(service, 'so');
		expect(clipRequest.safeParse({ phrase: key, language: 'so', audio: 'GkXfow==' }).success).toBe(true);
		expect(serviceOfKey(key ?? '')).toBe(service.id);
		expect(serviceOfKey('pleaseWait')).toBeUndefined();
		expect(await cardKey({ ...service, fees: texts('Maksuton', 'Lacag la’aan') }, 'so')).toBe(key);
		expect(await cardKey({ ...service, name: texts('Kela', 'Kela') }, 'so')).not.toBe(key);
		expect(await cardKey(service, 'ar')).toBeUndefined();
	});
});
