import { describe, expect, it } from 'vitest';
import {
	offeredTopics,
	opensOnCard,
	quietAnswers,
	readSettings,
	settingsFault,
	topicField,
	topicLabel,
	turnedOnIn,
	usualSettings
} from './register-settings.ts';
import { asked } from './code-lists.ts';
import { visitFault } from './visit.ts';

const own = topicField('housing.own-4k2m');

describe('register settings', () => {
	it('ask everything but what can hurt, give out no card and retire nothing, until somebody says otherwise', () => {
		expect(readSettings(undefined)).toEqual(usualSettings);
		expect(quietAnswers.map(({ id }) => id)).toEqual([
			'residence-ground:asylum-pending',
			'residence-ground:undocumented'
		]);
		const ids = (turnedOn: string[]) =>
			asked('residence-ground', turnedOnIn(readSettings({ turnedOn }), 'residence-ground')).map(
				({ id }) => id
			);
		expect(ids([])).not.toContain('undocumented');
		expect(ids(['residence-ground:undocumented'])).toContain('undocumented');
	});

	it('name a field of the wrong form, and keep one of a newer version', () => {
		expect(settingsFault({ notAsked: 'ageBand' })).toBe('notAsked');
		expect(settingsFault({ clientCard: 'yes' })).toBe('clientCard');
		expect(settingsFault({ [own]: {} })).toBe(own);
		expect(settingsFault({ [own]: { fi: ' ' } })).toBe(own);
		expect(settingsFault({ [own]: { fi: 'x'.repeat(61) } })).toBe(own);
		expect(settingsFault({ [own]: { fi: 'Mökki' }, clientCard: true, later: 1 })).toBeUndefined();
	});

	it('offer own topics under their group, in any language that has a name; retired ones only where they stand', () => {
		const settings = readSettings({
			[own]: { fi: 'Mökki' },
			retired: ['housing.rent-benefit', 'housing.own-4k2m']
		});
		expect(topicLabel('housing.own-4k2m', settings, 'sv')).toBe('Mökki');
		expect(offeredTopics('housing', settings, 'fi').map(({ id }) => id)).not.toContain('housing.own-4k2m');
		expect(offeredTopics('housing', settings, 'fi', ['housing.own-4k2m']).at(-1)).toMatchObject({
			label: 'Mökki',
			own: true,
			retired: true
		});
		// The code fits a visit, and one whose settings are gone is still told by its id.
		expect(visitFault({ topics: ['housing.own-4k2m'] })).toBeUndefined();
		expect(topicLabel('housing.own-4k2m', usualSettings, 'fi')).toBe('housing.own-4k2m');
	});

	it('open an own topic from a card where somebody has said that it is not sensitive, retired ones too, and no other', () => {
		const topics = { [own]: { fi: 'Mökki' }, [topicField('health.own-77aa')]: { fi: 'Päihderyhmä' } };
		const settings = readSettings({
			...topics,
			onCards: ['housing.own-4k2m'],
			retired: ['housing.own-4k2m']
		});
		const all = [
			'housing.own-4k2m',
			'health.own-77aa',
			'housing.own-gone',
			'housing',
			'health.mental-health'
		];
		expect(all.filter((id) => opensOnCard(id, settings))).toEqual(['housing.own-4k2m', 'housing']);
		// A list cannot open what is sensitive for everybody, nor what has no name.
		const wrong = readSettings({ ...topics, onCards: ['health.mental-health', 'housing.own-gone'] });
		expect(all.filter((id) => opensOnCard(id, wrong))).toEqual(['housing']);
	});

	it('with a value of another form count as not set', () => {
		expect(readSettings({ notAsked: 7, retired: [1], onCards: 'all', clientCard: 1, [own]: 'x' })).toEqual(
			usualSettings
		);
	});
});
