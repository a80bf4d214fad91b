import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drafts, written, id, service, connectedTo } from './ptv-11-fixtures.ts';

const shared = new URL('../../../../../../shared/data/ptv/', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, shared), 'utf8');

describe.skipIf(!existsSync(shared))(
	'real answers and the published shapes (skipped without ../shared/data)',
	() => {
		it('two real services are read with what they say', async () => {
			const { drafts: found } = await drafts(
				text('real-responses/services.json'),
				text('real-responses/etalukio_service.json'),
				text('real-responses/otava_service_channel.json')
			);
			expect(found).toHaveLength(2);
			const [school, online] = found;
			expect(school?.fields).toMatchObject({
				name: { fi: written('Yksilöllistetty oppimäärä') },
				provider: { fi: written('Liperin kunta') },
				// The other code of this answer is no municipality.
				municipalities: ['426'],
				topics: ['education.basic-education'],
				source: { title: 'Suomi.fi', date: '2019-11-18' }
			});
			expect(online?.fields).toMatchObject({
				name: { fi: written('Nettilukio aikuisille') },
				fees: { fi: written('Maksuton') },
				provider: { fi: written('Mikkelin kaupungin liikelaitos Otavia') },
				topics: ['education.upper-secondary', 'education.adult-education'],
				municipalities: []
			});
			const [place] = online?.fields.places ?? [];
			expect(place).toMatchObject({ municipality: '491', latitude: 61.645467, longitude: 27.07321 });
			expect(place?.phones.map(({ number }) => number)).toEqual(['+358447943552', '+358447943565']);
			expect(place?.hours?.rules).toMatchObject([
				{ rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', opens: '08:00' }
			]);
			expect(place?.access?.sv?.text).toContain('Rutten till ingången är mjuk');
			expect(online?.fields.emails).toContain('info@otavia.fi');
			// Its pages are given with http only, and other channels are not there: so nothing is said, rather than none.
			expect(online?.fields).not.toHaveProperty('links');
		});

		it('every published shape is read without a fault, its placeholders reported', async () => {
			const names = readdirSync(new URL('v11-skeletons/', shared)).filter(
				(name) => /^V11VmOpenApi(Service|\w+Channel)\.json$/.test(name) && !/ServiceServiceChannel/.test(name)
			);
			expect(names).toHaveLength(6);
			for (const name of names) {
				const record = JSON.parse(text(`v11-skeletons/${name}`));
				const asItIs = await drafts(record);
				expect(asItIs.lines, name).toMatchObject([{ outcome: 'skipped', code: 'not_published' }]);
				const other = name.includes('Channel') ? service({ serviceChannels: connectedTo(2) }) : [];
				const kind = /OpenApi(\w+?)(Channel)?\.json/.exec(name)?.[1] ?? '';
				const { lines } = await drafts(
					{
						...record,
						id: id(2),
						publishingStatus: 'Published',
						...(name.includes('Channel') && { serviceChannelType: kind === 'Electronic' ? 'EChannel' : kind })
					},
					other
				);
				expect(
					lines.map(({ code }) => code),
					name
				).not.toContain('unknown_record');
				expect(lines.length, name).toBeGreaterThan(0);
			}
		});

		it('all national general descriptions fill services that have only a name', async () => {
			interface Given {
				id: string;
				name: Record<string, string>;
				summary: Record<string, string>;
				description: Record<string, string>;
			}
			const given: Given[] = JSON.parse(text('general-descriptions.json'));
			const list = (texts: Record<string, string>, type: string) =>
				Object.entries(texts).map(([language, value]) => ({ language, value, type }));
			const general = given.map(({ id: of, name, summary, description }) => ({
				id: of,
				names: list(name, 'Name'),
				descriptions: [...list(summary, 'Summary'), ...list(description, 'Description')],
				publishingStatus: 'Published'
			}));
			const services = given.map((one, index) =>
				service({ id: id(index), serviceNames: [], generalDescriptionId: one.id })
			);
			const { drafts: found, lines } = await drafts(services, general);
			expect(found).toHaveLength(383);
			expect(lines.filter(({ code }) => code !== 'no_name')).toEqual([]);
			expect(found.filter(({ fields }) => fields.summary).length).toBeGreaterThan(370);
		});
	}
);
