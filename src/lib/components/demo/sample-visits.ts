import type { FieldValues } from '#lib/device/visits.ts';
import { helsinki, instantOf } from '#lib/domain/dates.ts';
import type { Desk } from '#lib/domain/tour.ts';

/** How far back the demo's visits reach, ms. They never reach over midnight: they are today's. */
const SPAN = 3 * 3_600_000;
const MINUTE = 60_000;

/** Moments of today up to now, in order, whole minutes, ms since 1970. Just after midnight they fall together. */
export function momentsOfToday(count: number, now: number): number[] {
	const midnight = instantOf(helsinki(now).date, '00:00');
	const from = Math.max(midnight, now - SPAN);
	return Array.from({ length: count }, (_, index) => {
		const at = from + ((index + 1) * (now - from)) / (count + 1);
		return Math.max(midnight, Math.floor(at / MINUTE) * MINUTE);
	});
}

function visitAt(at: number, desk: Pick<Desk, 'id' | 'municipality'>, rest: FieldValues): FieldValues {
	return {
		at: new Date(at).toISOString(),
		desk: desk.id,
		deskMunicipality: desk.municipality,
		channel: 'roaming',
		...rest
	};
}

/** A visit that was logged for a desk that has closed: the server will not take it. Invented. */
export function visitAtClosedDesk(at: number, desk: Desk): FieldValues {
	return visitAt(at, desk, {
		language: 'so',
		interpreting: 'interpreter-phone',
		topics: ['work'],
		actions: ['guidance'],
		duration: '15-30',
		residenceLength: '1-3'
	});
}

/** Three ordinary visits at the desk of today. Invented. */
export function ordinaryVisits(moments: readonly number[], desk: Desk): FieldValues[] {
	const contents: FieldValues[] = [
		{
			language: 'ru',
			interpreting: 'own-language',
			topics: ['permits.residence-permit'],
			actions: ['form-help'],
			duration: '15-30',
			residenceLength: '3-5'
		},
		{
			language: 'uk',
			interpreting: 'companion',
			topics: ['housing'],
			actions: ['letter-explained'],
			duration: '5-15',
			residenceLength: 'under-1'
		},
		{
			language: 'ar',
			interpreting: 'interpreter-phone',
			topics: ['social-security'],
			actions: ['guidance'],
			referrals: [{ to: 'kela', how: 'told' }],
			duration: '15-30',
			residenceLength: '1-3'
		}
	];
	return contents.map((content, index) => visitAt(moments[index] ?? 0, desk, content));
}
