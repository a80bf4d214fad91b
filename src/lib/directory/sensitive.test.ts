import { expect, it } from 'vitest';
import { topicIds } from '#lib/domain/code-lists.ts';
import { packFile } from '#lib/domain/service.ts';
import nationwide from './first-pack/nationwide.json' with { type: 'json' };
import { isSensitive, sensitiveTopics } from './sensitive.ts';

it('names topics that exist', () => {
	expect(sensitiveTopics.filter((topic) => !topicIds.includes(topic))).toEqual([]);
});

it('keeps the names of shelters, help lines and legal aid off the phone, and those of offices on it', () => {
	const { services } = packFile.parse(nationwide);
	expect(services.filter(isSensitive).map(({ name }) => name['fi']?.text)).toEqual([
		'MIELI Kriisipuhelin',
		'Nollalinja',
		'Rikosuhripäivystys (RIKU)',
		'Turvakodit',
		'Monika-Naiset liitto: kriisikeskus Monika',
		'Ihmiskaupan uhrien auttamisjärjestelmä',
		'Julkinen oikeusapu',
		'Pakolaisneuvonta ry',
		'Yhdenvertaisuusvaltuutettu',
		'Talous- ja velkaneuvonta'
	]);
});

it('looks at the main topic, but finds violence wherever it stands', () => {
	expect(isSensitive({ topics: ['rights-safety', 'rights-safety.crime-victim'] })).toBe(true);
	expect(isSensitive({ topics: ['permits.identity-card', 'rights-safety.crime-victim'] })).toBe(false);
	expect(isSensitive({ topics: ['housing.finding-home', 'rights-safety.violence'] })).toBe(true);
	expect(isSensitive({ topics: [] })).toBe(false);
});
