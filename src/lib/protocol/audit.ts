import * as z from 'zod/mini';

/** Messages of the audit trail: who has seen, changed and taken out what (tiedonhallintalaki 17 §). It holds ids, and nothing that was said. */

export const auditEvents = [
	'enrol', // a device was bound to a membership
	'sign-in', // a device that was bound before got a session
	'sign-in-refused', // a passkey of theirs was not accepted, or the municipality's directory sent somebody who may not come in
	'passkey-add',
	'passkey-remove',
	'directory-name', // it was entered, or taken away, by which name the municipality's directory knows somebody
	'ways-remove', // everything that somebody could sign in with was taken from them
	'session-end', // sessions were ended by whose they are
	'refuse', // a device that was revoked, or whose member has left, asked all the same
	'invite', // also a program: it was given a token
	'role', // somebody was given another role
	'revoke', // a device was locked out, or a program’s token was taken back
	'read', // somebody was shown what others had logged
	'report', // figures were counted
	'export', // something was taken out as a file
	'import',
	'take-back', // an import of an old register was taken back
	'change', // somebody changed what another had logged
	'erase',
	'decide', // what becomes of a rejected op
	'share', // an organisation lets another one see something, or lets it see something else
	'share-accept', // what another organisation shares is received from now on
	'share-end', // one of the two has ended it
	'set' // for how long something is kept, what the register asks, the key that phones seal to, who a municipality's contact person is
] as const;
export type AuditEvent = (typeof auditEvents)[number];

/** What an event was about. */
export type AuditKind =
	| 'visit'
	| 'appointment'
	| 'tour'
	| 'note'
	| 'op'
	| 'member'
	| 'device'
	| 'session'
	| 'passkey'
	| 'directory'
	| 'figures'
	| 'audit'
	| 'period'
	| 'settings'
	| 'key'
	| 'card'
	| 'token'
	| 'share'
	| 'contact-person';

const person = z.object({ membership: z.uuid(), name: z.string() });

export const auditAnswer = z.object({
	/** The newest first. */
	entries: z.array(
		z.object({
			id: z.uuid(),
			/** ms since 1970. */
			at: z.number(),
			event: z.string(),
			/** Null: the server itself, or a command of whoever runs it. */
			by: z.nullable(person),
			/** Whose things they were; null: nobody's in particular. */
			whose: z.nullable(person),
			kind: z.string(),
			ids: z.array(z.string())
		})
	),
	/** Where the next page begins; null: this is the last one. */
	next: z.nullable(z.uuid()),
	/** Whom entries can be asked for by; only oneself where one sees only what concerns oneself. */
	people: z.array(person),
	/** Everything of the organisation is shown, and not only what concerns whoever asks. */
	all: z.boolean()
});
export type AuditAnswer = z.infer<typeof auditAnswer>;
