import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roles } from '#lib/protocol/accounts.ts';
import { actions, denial, roleMay, type Actor } from './policy.ts';

const id = fc.constantFrom('a', 'b', 'c');
const action = fc.constantFrom(...actions);
const actor = fc.record<Actor>({
	organisation: id,
	membership: id,
	role: fc.constantFrom(...roles),
	device: fc.constantFrom('active', 'revoked'),
	member: fc.constantFrom('active', 'ended')
});
const target = fc.record({ organisation: id, owner: fc.option(id, { nil: undefined }) });
/** Everything by which what a visit says could be read or changed. */
const bodies = actions.filter((one) => /^(visit|rejected):/.test(one));

describe('the policy', () => {
	it('allows nothing across organisations, whoever asks for whatever', () => {
		fc.assert(
			fc.property(actor, action, target, (who, what, whose) => {
				fc.pre(who.organisation !== whose.organisation);
				expect(denial(who, what, whose)).toBeDefined();
			})
		);
	});

	it('says the same of what is another organisation’s to every role: that it is missing', () => {
		fc.assert(
			fc.property(actor, action, target, (who, what, whose) => {
				const here = { ...who, device: 'active', member: 'active' } as const;
				fc.pre(here.organisation !== whose.organisation);
				expect(denial(here, what, whose)).toBe('missing');
			})
		);
	});

	it('allows nothing on a device that was revoked, or to a member who has left', () => {
		fc.assert(
			fc.property(actor, action, target, (who, what, whose) => {
				fc.pre(who.device === 'revoked' || who.member === 'ended');
				expect(denial(who, what, whose)).toBe('gone');
			})
		);
	});

	it('denies what it does not name: any other action, any other role', () => {
		fc.assert(
			fc.property(actor, fc.string(), fc.string(), target, (who, what, role, whose) => {
				const listed = actions.some((one) => one === what);
				if (!listed) expect(denial(who, what, whose)).toBeDefined();
				if (!roles.some((one) => one === role))
					for (const one of actions) expect(denial({ ...who, role }, one, whose)).toBeDefined();
			})
		);
		for (const odd of ['__proto__', 'constructor', 'toString', '', 'visit', 'visit:read '])
			for (const role of roles) expect(roleMay(role, odd, 'own')).toBe(false);
		for (const odd of ['__proto__', 'length', '0', 'Administrator', 'administrator '])
			for (const one of actions) expect(roleMay(odd, one, 'own')).toBe(false);
	});

	it('gives a viewer never what a visit says, nor anything to write', () => {
		for (const one of [...bodies, ...actions.filter((name) => !/:(read|deliver)$/.test(name))])
			for (const whose of ['own', 'any'] as const)
				expect([one, roleMay('viewer', one, whose)]).toEqual([one, one === 'account:use' && whose === 'own']);
		expect(actions.filter((one) => roleMay('viewer', one, 'own'))).toEqual([
			'op:deliver',
			'session:read',
			'account:use',
			'directory:read',
			'published:read'
		]);
	});

	it('gives an administrator nothing of what others’ visits say', () => {
		fc.assert(
			fc.property(actor, fc.constantFrom(...bodies), target, (who, what, whose) => {
				fc.pre(whose.owner !== who.membership);
				expect(denial({ ...who, role: 'administrator' }, what, whose)).toBeDefined();
			})
		);
	});

	it('lets an adviser reach what is theirs, and of what colleagues log nothing', () => {
		fc.assert(
			fc.property(actor, fc.constantFrom(...bodies), target, (who, what, whose) => {
				fc.pre(whose.owner !== who.membership);
				expect(denial({ ...who, role: 'adviser' }, what, whose)).toBeDefined();
			})
		);
		const who = {
			organisation: 'a',
			membership: 'a',
			role: 'adviser',
			device: 'active',
			member: 'active'
		} as const;
		expect(denial(who, 'visit:read', { organisation: 'a', owner: 'a' })).toBeUndefined();
		expect(denial(who, 'visit:read', { organisation: 'a' })).toBe('role');
	});

	it('leaves what changes administrators to administrators', () => {
		expect(roles.filter((role) => roleMay(role, 'administrator:change', 'own'))).toEqual(['administrator']);
	});
});
