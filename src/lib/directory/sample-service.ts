import type { Service } from '#lib/domain/service.ts';

/** A service for tests: nationwide, with Finnish texts and a source; what a test is about is handed in. */
export function sampleService(fields: Partial<Service> = {}): Service {
	return {
		id: '01a1fb67-0000-7000-8000-000000000001',
		kind: 'nationwide',
		name: { fi: { text: 'Myrkytystietokeskus', origin: 'written' } },
		links: [],
		phones: [],
		topics: [],
		serviceLanguages: [],
		municipalities: [],
		critical: [],
		source: { title: 'HUS', date: '2026-02-01' },
		verified: null,
		mayHandOver: true,
		...fields
	};
}
