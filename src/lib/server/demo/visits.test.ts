import { expect, it } from 'vitest';
import { findCode, type ListId } from '#lib/domain/code-lists.ts';
import { readVisit } from '#lib/domain/visit.ts';
import { demoVisits } from './visits.ts';

const START = Date.parse('2026-11-27T10:00:00Z');

it('are invented from the lists that people choose from, and the same for the same start', () => {
	const ops = demoVisits(START, '0123456789abcdef');
	expect(ops).toEqual(demoVisits(START, '0123456789abcdef'));
	const unknown = new Set<string>();
	const check = (list: ListId, code: string | undefined) => {
		if (code !== undefined && (!findCode(list, code) || findCode(list, code)?.retired))
			unknown.add(`${list} ${code}`);
	};
	for (const { recordId, fields } of ops) {
		const visit = readVisit(recordId, fields);
		expect(visit.rest).toEqual({});
		check('contact-channel', visit.channel);
		check('interpreting', visit.interpreting);
		check('duration', visit.duration);
		check('client-status', visit.clientStatus);
		check('residence-length', visit.residenceLength);
		for (const topic of visit.topics ?? []) check('topic', topic);
		for (const action of visit.actions ?? []) check('action', action);
		for (const { to, how } of visit.referrals ?? []) {
			check('partner-body', to);
			check('referral-method', how);
		}
		for (const { result } of visit.takenUp ?? []) check('taken-up', result);
	}
	expect([...unknown]).toEqual([]);
});

it('tell of some referrals what came of them, and of none of the last days', () => {
	const ops = demoVisits(START, '0123456789abcdef').map(({ recordId, fields }) =>
		readVisit(recordId, fields)
	);
	const referred = ops.filter(({ referrals }) => referrals);
	const heard = referred.filter(({ takenUp }) => takenUp);
	expect(heard.length).toBeGreaterThan(referred.length / 3);
	expect(ops.filter(({ takenUp }) => takenUp)).toEqual(heard);
	expect(heard.every(({ at }) => Date.parse(at!) < START - 20 * 86_400_000)).toBe(true);
});
