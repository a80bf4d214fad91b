import { asked, topicIds, type ListId } from '../../../src/lib/domain/code-lists.ts';
import { newId } from '../../../src/lib/domain/ids.ts';
import type { JsonValue } from '../../../src/lib/domain/json.ts';
import { NOTE_LENGTH, visitFault } from '../../../src/lib/domain/visit.ts';
import { DEMO_DESKS } from '../../../src/lib/server/demo/organisation.ts';
import { seeded } from '../../../src/lib/server/demo/random.ts';
import { noteText } from './note-text.ts';

/** A visit as its form hands it over: every field of it, the background block and a note. */
export interface FixtureVisit {
	id: string;
	/** When it was saved, ms since 1970. */
	now: number;
	fields: Record<string, unknown>;
}

/** Bytes of a visit as JSON, id and note included: what every way stores and sends. */
export const VISIT_BYTES = 1153;

const MINUTE = 60_000;
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** The visit as one flat document: what the peers and the limit keep. */
export function documentOf({ id, fields }: FixtureVisit): Record<string, unknown> {
	return { id, ...fields };
}

/**
 * Visits saved one after the other in the weeks before now, a reception's pace apart. What they say is drawn from a seed;
 * their ids are as random as on a phone, because ids are what no compression takes away.
 */
export function fixtureVisits(count: number, seed: number, end: number = Date.now()): FixtureVisit[] {
	const random = seeded(seed);
	const services = Array.from({ length: 32 }, () => newId(end));
	let now = end - count * 10 * MINUTE;
	return Array.from({ length: count }, () => {
		now += Math.round((5 + 10 * random()) * MINUTE);
		// So little said that the note would be longer than a note may be: drawn again.
		let visit: FixtureVisit | undefined;
		while (!visit) visit = oneVisit(Math.min(now, end), services, random);
		return visit;
	});
}

function oneVisit(now: number, services: readonly string[], random: () => number): FixtureVisit | undefined {
	const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
	/** Few answers of a list are common: the first ones here. */
	const skewed = <T>(values: readonly T[]): T => values[Math.floor(random() ** 2 * values.length)]!;
	const code = (list: ListId) => skewed(asked(list)).id;
	const several = (most: number, draw: () => string) => [
		...new Set(Array.from({ length: 1 + Math.floor(random() * most) }, draw))
	];
	const desk = skewed(DEMO_DESKS);
	const at = Math.floor((now - 15 * MINUTE * random()) / MINUTE) * MINUTE;
	const fields: Record<string, JsonValue> = {
		at: new Date(at).toISOString(),
		desk: desk.id,
		deskMunicipality: desk.municipality,
		clientMunicipality: random() < 0.8 ? desk.municipality : 'elsewhere',
		channel: code('contact-channel'),
		language: skewed(['ru', 'uk', 'et', 'ar', 'en', 'fi', 'so', 'th', 'fa', 'vi', 'zh', 'tr']),
		interpreting: code('interpreting'),
		topics: several(2, () => skewed(topicIds)),
		actions: several(2, () => code('action')),
		referrals: [{ to: code('partner-body'), how: code('referral-method'), service: skewed(services) }],
		duration: code('duration'),
		clientStatus: code('client-status'),
		residenceLength: code('residence-length'),
		residenceGround: code('residence-ground'),
		ageBand: code('age-band'),
		citizenshipGroup: code('citizenship-group'),
		origin: one(['RU', 'UA', 'EE', 'IQ', 'SY', 'SO', 'TH', 'AF', 'VN', 'CN', 'TR', 'NG']),
		education: code('education'),
		employment: code('employment-status')
	};
	const id = newId(now);
	const note = { text: '', at: new Date(now).toISOString() };
	fields[`notes/${newId(now)}`] = note;
	const room = VISIT_BYTES - bytes({ id, ...fields });
	if (room > NOTE_LENGTH) return undefined;
	note.text = noteText(room, random);
	if (bytes({ id, ...fields }) !== VISIT_BYTES || visitFault(fields) !== undefined)
		throw new Error(`A visit of the fixture is wrong: ${visitFault(fields)}.`);
	return { id, now, fields };
}
