import type { Role } from '#lib/protocol/accounts.ts';

/**
 * Who may do what (design.md §8), in one table and without any look at a store: docs/security/roles.md is drawn from it. What it does not
 * name is denied.
 */
interface Rule {
	/** May do it with everything of the organisation. */
	all: readonly Role[];
	/** May do it with what is their own. */
	own?: readonly Role[];
	/** What it is, for the page that people read. */
	what: string;
}

const everybody: readonly Role[] = ['adviser', 'coordinator', 'administrator', 'viewer'];
/** Whoever works for the organisation, and does not only look at its figures. */
const staff: readonly Role[] = ['adviser', 'coordinator', 'administrator'];
const office: readonly Role[] = ['coordinator', 'administrator'];

const rules = {
	'op:deliver': { all: everybody, what: 'deliver changes; each of them is judged by itself' },
	'session:read': { all: [], own: everybody, what: 'see who one is signed in as' },
	'account:use': { all: [], own: everybody, what: 'see and end one’s sessions, keep one’s passkeys' },
	'organisation:read': {
		all: staff,
		what: 'read desks, receptions, appointments, events, who opens the door, language help, notices, colleagues’ names, settings'
	},
	'settings:write': { all: ['coordinator'], what: 'set what the organisation’s phones ask' },
	'tour:write': {
		all: ['coordinator'],
		what: 'plan desks and receptions, cancel a day, answer what is reported of them'
	},
	'tour:report': { all: staff, what: 'report what changes on a day of the tour' },
	'roster:write': { all: ['coordinator'], what: 'say who helps in which language besides the tour' },
	'sharing:write': {
		all: ['coordinator'],
		what: 'let another organisation see receptions and language help, accept what another one shares'
	},
	'notice:write': { all: ['coordinator'], what: 'write notices to advisers and clients, end them' },
	'contact-person:keep': {
		all: ['coordinator'],
		what: 'keep the municipalities’ contact persons, see the mails to them'
	},
	'appointment:write': { all: staff, what: 'book, move and cancel appointments, say who came' },
	'event:write': {
		all: ['adviser', 'coordinator'],
		what: 'plan events, count who takes part, end them'
	},
	'directory:read': { all: everybody, what: 'read the service directory' },
	'directory:write': {
		all: ['coordinator'],
		what: 'edit the directory, answer reports about it, check phrases'
	},
	'directory:check': {
		all: ['coordinator'],
		what: 'see what the directory needs: broken links, unchecked texts'
	},
	'directory:export': { all: office, what: 'take the directory out as a file' },
	'directory:import': { all: office, what: 'bring a directory in' },
	'shown:write': { all: staff, what: 'count which unchecked texts clients were shown' },
	'clip:use': { all: ['adviser', 'coordinator'], what: 'hear and record spoken phrases' },
	'clip:remove': { all: ['coordinator'], own: ['adviser'], what: 'take a recording away' },
	'visit:read': { all: ['coordinator'], own: staff, what: 'read what visits say' },
	'visit:write': { all: ['coordinator'], own: staff, what: 'log and correct visits' },
	'visit:erase': { all: ['coordinator'], what: 'erase a visit for good' },
	'register:import': {
		all: ['coordinator'],
		what: 'bring an old register in from a spreadsheet, and take it back'
	},
	'card:open': {
		all: ['adviser', 'coordinator'],
		what: 'open earlier topics and next steps of a client who shows their card'
	},
	'card:access': {
		all: ['coordinator'],
		what: 'see, take out, unlink and erase what is held under a client card'
	},
	'rejected:read': { all: ['coordinator'], what: 'read what the server rejected' },
	'rejected:decide': { all: ['coordinator'], what: 'decide what becomes of it' },
	'feedback:read': { all: ['coordinator'], what: 'read what clients answered, in groups of at least five' },
	'report:read': { all: office, what: 'read true figures of the organisation' },
	'published:read': {
		all: [...office, 'viewer'],
		what: 'read figures of whole quarters, rounded, with small ones hidden'
	},
	'program:admit': {
		all: office,
		what: 'let programs of a municipality read the public figures, and end that'
	},
	'people:read': { all: office, what: 'see members and their devices' },
	'people:invite': { all: office, what: 'invite people and devices' },
	'people:change': { all: office, what: 'give somebody else another role' },
	'ways:remove': { all: office, what: 'take every way to sign in from somebody else' },
	'device:revoke': { all: office, own: staff, what: 'lock a device out' },
	'administrator:change': {
		all: ['administrator'],
		what: 'invite an administrator, make or unmake one, lock out an administrator’s device, take their ways in'
	},
	'retention:read': { all: office, what: 'see for how long what is kept, and what each night emptied' },
	'retention:set': { all: ['administrator'], what: 'set for how long what is kept' },
	'audit:read': { all: ['administrator'], own: staff, what: 'read who has seen, changed and taken out what' }
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof rules;
export const actions = Object.keys(rules) as Action[];
export const ruleOf = (action: Action): Rule => rules[action];

/** Whether something is of whoever asks; `any`: it is anybody's of the organisation, or nobody's in particular. */
export type Whose = 'own' | 'any';

/** Whether a role may do it. An action or a role that is not in the table may not. */
export function roleMay(role: string, action: string, whose: Whose = 'any'): boolean {
	if (!Object.hasOwn(rules, action)) return false;
	const { all, own = [] } = ruleOf(action as Action);
	return [...all, ...(whose === 'own' ? own : [])].some((one) => one === role);
}

/** Who asks, as the store knows them at this moment. */
export interface Actor {
	organisation: string;
	membership: string;
	role: string;
	device: 'active' | 'revoked';
	member: 'active' | 'ended';
}

/** What is asked for: whose organisation's, and which member's where it is one member's. */
export interface Target {
	organisation: string;
	owner?: string | undefined;
}

/**
 * Why somebody may not. `missing`: it is another organisation's, and whoever asks learns only that there is no such thing; `gone`: the
 * device or the membership has ended.
 */
export type Denial = 'missing' | 'gone' | 'role';

/** Why this is denied, or undefined where it is allowed. */
export function denial(actor: Actor, action: string, target: Target): Denial | undefined {
	if (actor.device !== 'active' || actor.member !== 'active') return 'gone';
	if (actor.organisation !== target.organisation) return 'missing';
	const whose = target.owner === actor.membership ? 'own' : 'any';
	return roleMay(actor.role, action, whose) ? undefined : 'role';
}
