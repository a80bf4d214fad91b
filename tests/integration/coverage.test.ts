import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { REMOVED } from '#lib/domain/record.ts';
import { coverageReport } from '#lib/server/reports/coverage.ts';
import { visitReport } from '#lib/server/reports/visits.ts';
import { standingServices } from '#lib/server/directory/standing-services.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { newOrganisation, startServer, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const texts = (text: string) => ({ fi: { text, origin: 'written' } });
const service = (fields: object = {}) => ({
	id: newId(),
	collection: 'service',
	part: 'directory' as const,
	fields: {
		kind: 'local',
		name: texts('Työpaja'),
		links: [],
		phones: [],
		topics: ['work.job-search'],
		serviceLanguages: ['fi'],
		municipalities: ['925'],
		critical: [],
		source: { title: 'Kunta', date: '2026' },
		verified: null,
		mayHandOver: true,
		...fields
	}
});

const add = (into: Record<string, number>, name: string, more: number) => {
	into[name] = (into[name] ?? 0) + more;
};

onEveryStore('coverage', (fresh) => {
	it('its sums are those of the report, whatever was logged', async () => {
		const server = await startServer(fresh());
		const visit = fc.record({
			deskMunicipality: fc.constantFrom('925', '140', null),
			language: fc.constantFrom('ar', 'ru', 'unknown', 'sw-CD', null),
			topics: fc.uniqueArray(
				fc.constantFrom('work', 'work.job-search', 'permits.citizenship', 'housing', 'newer.thing', 'other'),
				{ maxLength: 4 }
			),
			day: fc.nat({ max: 60 })
		});
		await fc.assert(
			fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 40 }), async (visits) => {
				const { organisation, phones } = await newOrganisation(server, 'adviser');
				const [phone] = phones as [Phone];
				await phone.sync(
					visits.map(({ day, ...fields }) => phone.visit(fields, Date.UTC(2026, 0, 1, 10) + day * 86_400_000))
				);
				const period = { from: '2026-01-11', to: '2026-02-10' };
				const report = await visitReport(server.store, organisation, period.from, period.to);
				const found = await coverageReport(server.store, organisation, period, '2026-03-01');
				const counts: Record<'municipality' | 'language' | 'topicGroup', Record<string, number>> = {
					municipality: {},
					language: {},
					topicGroup: {}
				};
				for (const { id, asked, languages, topics } of found.municipalities) {
					add(counts.municipality, id, asked);
					for (const language of languages) add(counts.language, language.id, language.asked);
					for (const topic of topics) {
						add(counts.topicGroup, topic.id, topic.asked);
						// Within a topic, each contact has one language.
						expect(topic.languages.reduce((sum, { asked }) => sum + asked, 0)).toBe(topic.asked);
					}
				}
				const { residenceLength: _, ...counted } = report.counts;
				expect(counts).toEqual(counted);
				expect(found.asked).toBe(report.visits);
			}),
			{ numRuns: 15 }
		);
	});

	it('counts the services that stand today: not the removed, the broken or another organisation’s', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const other = await newOrganisation(server, 'adviser');
		await phone.sync([
			phone.visit({ deskMunicipality: '925', language: 'ar', topics: ['work'] }, Date.UTC(2026, 5, 1))
		]);
		const read = async () => {
			const period = { from: '2026-01-01', to: '2026-12-31' };
			const { municipalities } = await coverageReport(server.store, organisation, period, '2026-06-01');
			return municipalities[0]!.topics.find(({ id }) => id === 'work')!;
		};
		const shipped = (await read()).services;
		expect(shipped.local).toBe(0);
		expect(shipped.nationwide).toBeGreaterThan(0);
		const gone = service({ serviceLanguages: ['ar'] });
		await server.store.write(async (trx) => {
			await publish(
				trx,
				organisation,
				[
					gone,
					service(),
					service({ serviceLanguages: [] }),
					service({ municipalities: ['140'] }),
					service({ status: 'paused' }),
					service({ name: 'not texts' })
				],
				1
			);
			await publish(trx, other.organisation, [service()], 1);
		});
		expect((await read()).languages[0]?.given.local).toBe(1);
		await server.store.write((trx) =>
			publish(trx, organisation, [{ ...gone, fields: { [REMOVED]: true } }], 2)
		);
		const work = await read();
		expect(work.services).toEqual({ ...shipped, local: 2 });
		expect(work.languages[0]).toMatchObject({ given: { local: 0 }, unknown: { local: 1 } });
	});

	it('reads a directory of several pages once and whole', async () => {
		const server = await startServer(fresh());
		const { organisation } = await newOrganisation(server, 'adviser');
		const list = async () => {
			const ids: string[] = [];
			for await (const { id } of standingServices(server.store, organisation)) ids.push(id);
			return ids;
		};
		const before = await list();
		const more = Array.from({ length: 450 }, () => service());
		await server.store.write((trx) => publish(trx, organisation, more, 1));
		const after = await list();
		expect(new Set(after).size).toBe(after.length);
		expect([...after].sort()).toEqual([...before, ...more.map(({ id }) => id)].sort());
	});
});
