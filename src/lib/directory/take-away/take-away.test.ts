import ICAL from 'ical.js';
import jsQR from 'jsqr';
import { generate } from 'lean-qr';
import { describe, expect, it } from 'vitest';
import { sampleService } from '#lib/directory/sample-service.ts';
import type { Service } from '#lib/domain/service.ts';
import { appointmentEvent, calendarEntry, isComplete } from './appointment.ts';
import { contactCard } from './contact.ts';
import { message } from './message.ts';

const source = { title: 'Kela', date: '2026-02-01' };
const written = (text: string) => ({ text, origin: 'written' as const });
const machine = (text: string) => ({ text, origin: 'machine' as const });

const kela = sampleService({
	name: { fi: written('Kela, Iisalmi'), ar: machine('كيلا'), en: written('Kela, Iisalmi') },
	phones: [
		{ number: '+358206920', source },
		{ number: '+358206921', language: 'ar', source }
	],
	address: { fi: written('Riistakatu 5; 2. krs') },
	links: [
		{ url: 'https://www.kela.fi/', language: 'fi' },
		{ url: 'https://www.kela.fi/web/ar', language: 'ar' }
	]
});
const shelter = sampleService({
	...kela,
	topics: ['rights-safety.violence'],
	critical: ['summary'],
	name: { fi: written('Turvakoti'), en: written('Shelter') }
});

/** Draws the code as a camera would see it, and reads it with another decoder. */
function scanned(text: string): string {
	const code = generate(text);
	const [pixels, edge] = [4, 4];
	const size = (code.size + 2 * edge) * pixels;
	const image = new Uint8ClampedArray(size * size * 4).fill(255);
	for (let y = 0; y < size; y += 1) {
		for (let x = 0; x < size; x += 1) {
			if (!code.get(Math.floor(x / pixels) - edge, Math.floor(y / pixels) - edge)) continue;
			image.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
		}
	}
	return jsQR(image, size, size)?.data ?? '';
}

/** A vCard as ical.js reads it: values by property. */
function properties(text: string): Record<string, unknown[]> {
	const [, lines] = ICAL.parse(text) as [string, [string, object, string, ...unknown[]][]];
	const found: Record<string, unknown[]> = {};
	for (const [name, , , ...values] of lines) (found[name] ??= []).push(...values);
	return found;
}

const card = (service: Service, language: string) => contactCard(service, language, 'fi') ?? '';

describe('the contact', () => {
	it('is a vCard that another reader understands, also from the code', () => {
		const text = card(kela, 'en');
		const decoded = scanned(text);
		expect(decoded).toBe(text);
		expect(properties(decoded)).toEqual({
			version: ['3.0'],
			n: [['Kela, Iisalmi', '', '', '', '']],
			fn: ['Kela, Iisalmi'],
			tel: ['+358206920', '+358206921'],
			adr: [['', '', 'Riistakatu 5; 2. krs', '', '', '', '']],
			url: ['https://www.kela.fi/']
		});
	});

	it('keeps the written name, and the unchecked translation beside it with its mark', () => {
		const found = properties(scanned(card(kela, 'ar')));
		expect(found['fn']).toEqual(['Kela, Iisalmi']);
		expect(found['tel']).toEqual(['+358206921', '+358206920']);
		expect(found['url']).toEqual(['https://www.kela.fi/web/ar']);
		expect(found['note']).toEqual(['كيلا\nترجمة آلية. لم يراجع أحد هذا النص.']);
	});

	it('has the client’s name for it once a person has checked that', () => {
		const checked = { ...kela, name: { ...kela.name, ar: { ...machine('كيلا'), checked: '2026-03-01' } } };
		expect(properties(card(checked, 'ar'))['fn']).toEqual(['كيلا']);
	});

	it('stays within 300 bytes: what matters less falls off, the number stays', () => {
		const long = { ...kela, name: { th: written('ศูนย์ข้อมูลสารพิษแห่งชาติ'.repeat(3)) } };
		const text = card(long, 'th');
		expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(300);
		const found = properties(text);
		expect(found['fn']?.[0]).toMatch(/^ศูนย์ข้อมูล.*…$/);
		expect(found['tel']?.[0]).toBe('+358206920');
		expect(found['note']).toBeUndefined();
	});

	it('of a sensitive service is neutral: a number and nothing else', () => {
		expect(properties(card(shelter, 'en'))).toEqual({
			version: ['3.0'],
			n: [['Advice', '', '', '', '']],
			fn: ['Advice'],
			tel: ['+358206920', '+358206921']
		});
	});

	it('has no number without a source, and does not exist without anything to keep', () => {
		const phones = [{ number: '+358206920', source: { title: '', date: '2026' } }];
		expect(contactCard({ ...shelter, phones }, 'fi', 'fi')).toBeUndefined();
		expect(card({ ...kela, phones }, 'fi')).not.toContain('+358');
	});

	it('names a place only where it is the only one', () => {
		const place = {
			id: '01a1fb67-0000-7000-8000-0000000000aa',
			address: { fi: written('Satamakatu 1') },
			postalCode: '70100',
			postOffice: { fi: written('KUOPIO') },
			phones: []
		};
		const { address: _, ...without } = kela;
		expect(properties(card({ ...without, places: [place] }, 'fi'))['adr']).toEqual([
			['', '', 'Satamakatu 1', 'KUOPIO', '', '70100', '']
		]);
		expect(card({ ...without, places: [place, place] }, 'fi')).not.toContain('ADR');
	});
});

describe('the appointment', () => {
	const at = Date.UTC(2026, 10, 26, 8);
	const event = (date: string, service = kela, place = 'Riistakatu 5, 2. krs; ovi B') =>
		appointmentEvent(service, { date, time: '13:30', place }, 'en', 'fi', { uid: 'u-1', at });

	it('is an event at the right moment, in winter and in summer, read by another reader from the code', () => {
		const decoded = scanned(event('2026-12-03'));
		const found = new ICAL.Event(
			new ICAL.Component(ICAL.parse(decoded) as unknown[]).getFirstSubcomponent('vevent') ?? undefined
		);
		expect(found.startDate.toJSDate().toISOString()).toBe('2026-12-03T11:30:00.000Z');
		expect(found.endDate.toJSDate().toISOString()).toBe('2026-12-03T12:30:00.000Z');
		expect(found.summary).toBe('Kela, Iisalmi');
		expect(found.location).toBe('Riistakatu 5, 2. krs; ovi B');
		expect(found.description).toBe('+358206920');
		expect(event('2026-07-03')).toContain('DTSTART:20260703T103000Z');
	});

	it('of a sensitive service says neither where nor whom it is about', () => {
		expect(event('2026-12-03', shelter, '')).not.toMatch(/Shelter|Turvakoti|LOCATION|DESCRIPTION/);
	});

	it('needs a date and a time that exist', () => {
		const complete = (date: string, time: string) => isComplete({ date, time, place: '' });
		expect(complete('2026-12-03', '13:30')).toBe(true);
		expect([complete('', '13:30'), complete('2026-13-01', '13:30'), complete('2026-12-03', '24:30')]).toEqual(
			[false, false, false]
		);
	});
});

describe('the message', () => {
	const pageOf = ({ id }: Service) => `https://reppu.example/${id.slice(-1)}`;

	it('carries the whole basket in the client’s language, numbers in one piece', () => {
		const second = { ...kela, id: kela.id.replace(/1$/, '2'), name: { en: written('Library') }, phones: [] };
		expect(message([kela, second], 'en', 'fi', pageOf)).toEqual({
			title: 'Advice',
			text: 'Kela, Iisalmi\n+358206920\nRiistakatu 5; 2. krs\nhttps://reppu.example/1\n\nLibrary\nRiistakatu 5; 2. krs\nhttps://reppu.example/2'
		});
	});

	it('of a sensitive service has a neutral title, its page and nothing else', () => {
		expect(message([shelter], 'ar', 'fi', pageOf)).toEqual({
			title: 'استشارة',
			text: 'استشارة\nhttps://reppu.example/1'
		});
	});
});

it('a calendar entry has its beginning and end in UTC, and no line that breaks out of its field', () => {
	const from = Date.UTC(2026, 2, 29, 7, 30);
	const lines = calendarEntry({
		uid: 'u-1',
		at: from - 1,
		from,
		to: from + 30 * 60_000,
		summary: 'استشارة',
		place: 'Kirjasto, 2. krs\r\nEND:VEVENT',
		description: 'K7MP'
	}).split('\r\n');
	expect(lines).toContain('DTSTART:20260329T073000Z');
	expect(lines).toContain('DTEND:20260329T080000Z');
	expect(lines).toContain('SUMMARY:استشارة');
	expect(lines).toContain('LOCATION:Kirjasto\\, 2. krs\\nEND:VEVENT');
	expect(lines).toContain('DESCRIPTION:K7MP');
	expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1);
});
