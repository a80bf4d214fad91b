import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drafts, id, service, channel, connectedTo, location } from './ptv-11-fixtures.ts';

describe('records that are not taken in', () => {
	it.each(['Draft', 'Deleted', 'Modified', 'OldPublished', null])(
		'a service that is %s',
		async (publishingStatus) => {
			const { drafts: found, lines } = await drafts([service({ publishingStatus })]);
			expect(found).toEqual([]);
			expect(lines).toEqual([
				{
					where: 'file 1 record 1',
					id: id(1),
					outcome: 'skipped',
					code: 'not_published',
					field: 'publishingStatus',
					found: publishingStatus ?? ''
				}
			]);
		}
	);

	it('what is not published, known, named, connected or new', async () => {
		const { drafts: found, lines } = await drafts([
			service({ serviceChannels: connectedTo(2, 3, 4) }),
			service(),
			service({ id: id(5), serviceNames: [{ language: 'fi', value: ' ', type: 'Name' }] }),
			service({ id: null }),
			location(2, { publishingStatus: 'Deleted' }),
			channel(3, 'Carrier pigeon'),
			channel(6, 'WebPage'),
			channel(6, 'WebPage'),
			{ id: id(7), serviceCollectionNames: [] },
			null,
			'x'
		]);
		expect(found.map(({ fields }) => fields.name?.fi?.text)).toEqual(['Neuvonta']);
		expect(found[0]?.fields).not.toHaveProperty('places');
		expect(lines.map(({ code, where }) => `${code} ${where.replace('file 1 record ', '')}`)).toEqual([
			'not_published 5',
			'unknown_value 6',
			'duplicate_id 8',
			'unknown_record 9',
			'unknown_record 10',
			'unknown_record 11',
			'missing_channels 1',
			'duplicate_id 2',
			'no_name 3',
			'no_id 4',
			'not_connected 7'
		]);
	});

	it('an input that is something else, or ends too early, gives nothing at all', async () => {
		await expect(drafts([{ id: 'a', title: 'x' }])).rejects.toMatchObject({ code: 'unknown_format' });
		const whole = JSON.stringify([service(), service({ id: id(2) })]);
		await expect(drafts([service()], whole.slice(0, -40))).rejects.toMatchObject({ code: 'cut_off' });
		await expect(drafts(`${whole} // end`)).rejects.toMatchObject({ code: 'not_json' });
		expect((await drafts(`\ufeff${whole}`)).drafts).toHaveLength(2);
		expect((await drafts('[]')).drafts).toEqual([]);
	});
});

describe('members of a wrong kind', () => {
	const anything = fc.jsonValue({ maxDepth: 3 });

	/** The record with one member after the other replaced, at any depth, where the numbers say so. */
	function broken(value: unknown, pick: () => boolean, other: () => unknown): unknown {
		if (pick()) return other();
		if (Array.isArray(value)) return value.map((one) => broken(one, pick, other));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, member]) => [key, key === 'id' ? member : broken(member, pick, other)])
		);
	}

	it('lose nothing but themselves: what is left still fits the directory', async () => {
		await fc.assert(
			fc.asyncProperty(fc.infiniteStream(fc.nat(19)), fc.infiniteStream(anything), async (dice, values) => {
				const pick = () => dice.next().value === 0;
				const other = () => values.next().value;
				const records = [service({ serviceChannels: connectedTo(2) }), location(2)];
				const kept = ['id', 'publishingStatus'];
				const spoiled = records.map((record) =>
					Object.fromEntries(
						Object.entries(record).map(([key, member]) => [
							key,
							kept.includes(key) ? member : broken(member, pick, other)
						])
					)
				);
				const { drafts: found, lines } = await drafts(spoiled);
				expect(found.length + lines.filter(({ outcome }) => outcome === 'skipped').length).toBeGreaterThan(0);
			}),
			{ numRuns: 300 }
		);
	});
});
