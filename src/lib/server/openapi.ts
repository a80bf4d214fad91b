import * as z from 'zod';
import { coverage } from '#lib/directory/coverage.ts';
import { accountAnswer } from '#lib/protocol/account.ts';
import {
	demoRequest,
	directorySignInAnswer,
	directorySignInRequest,
	directoryWay,
	enrolmentAnswer,
	enrolmentRequest,
	invitationAnswer,
	invitationRequest,
	memberRequest,
	peopleAnswer,
	roles,
	wipedRequest
} from '#lib/protocol/accounts.ts';
import { tokenMade, tokenRequest, tokensAnswer } from '#lib/protocol/api-tokens.ts';
import { auditAnswer } from '#lib/protocol/audit.ts';
import { codeListAnswer } from '#lib/protocol/code-lists.ts';
import { contactPersonRequest, contactPersonsAnswer, trialRequest } from '#lib/protocol/contact-persons.ts';
import { clipAnswer, clipReceipt, clipRequest, clipsAnswer } from '#lib/protocol/clips.ts';
import { directoryChecks } from '#lib/protocol/directory-checks.ts';
import { errorCodes, type ErrorCode } from '#lib/protocol/errors.ts';
import {
	importMade,
	importRequest,
	importRunAnswer,
	importsAnswer,
	importStep
} from '#lib/protocol/imports.ts';
import {
	registerMade,
	registerRequest,
	registerRunAnswer,
	registerRunsAnswer,
	registerStep
} from '#lib/protocol/register-import.ts';
import {
	creationOptions,
	passkeyAnswer,
	passkeyRename,
	passkeyRequest,
	requestOptions,
	signInRequest,
	stepUpRequest
} from '#lib/protocol/passkeys.ts';
import { packManifest } from '#lib/protocol/pack.ts';
import { decisionRequest, rejectedAnswer } from '#lib/protocol/rejected.ts';
import { retentionAnswer, retentionRequest } from '#lib/protocol/retention.ts';
import { cardAnswer, cardRequest } from '#lib/protocol/client-card.ts';
import {
	shareCodeRequest,
	shareMade,
	shareOffer,
	shareRequest,
	sharingAnswer
} from '#lib/protocol/sharing.ts';
import { subjectAnswer, subjectRequest } from '#lib/protocol/subject-access.ts';
import { syncAnswer, syncRequest } from '#lib/protocol/sync.ts';
import type { Session } from '#lib/server/accounts/sessions.ts';
import { feedbackReport } from '#lib/statistics/feedback.ts';
import { keepRequest, keptReports } from '#lib/statistics/printed-report.ts';
import { reportBasis } from '#lib/statistics/basis.ts';
import { publishedFigures } from '#lib/statistics/published.ts';
import { figures } from '#lib/statistics/question.ts';
import { report } from '#lib/statistics/report.ts';

/**
 * The description of the API, made from the schemas that the server itself reads and writes with. Each route stands here
 * with everything it may answer; openapi.test.ts holds the table to the route files.
 */

const session: z.ZodType<Session> = z.object({
	session: z.uuid(),
	organisation: z.uuid(),
	membership: z.uuid(),
	device: z.uuid(),
	role: z.enum(roles),
	name: z.string(),
	organisationName: z.string(),
	demo: z.boolean(),
	provedAt: z.number()
});

const health = z.object({
	status: z.enum(['ok', 'damaged', 'read_only']),
	store: z.enum(['sqlite', 'postgres']),
	epoch: z.string()
});

const error = z.object({
	error: z.enum(errorCodes),
	field: z.string().optional(),
	/** Of an unforeseen error: the number under which the server logged it. */
	id: z.string().optional()
});

/** Bodies by name, requests and answers apart: an answer may gain keys, a request may not. */
const requests: Record<string, z.core.$ZodType> = {
	SyncRequest: syncRequest,
	EnrolmentRequest: enrolmentRequest,
	DemoRequest: demoRequest,
	InvitationRequest: invitationRequest,
	DecisionRequest: decisionRequest,
	MemberRequest: memberRequest,
	DirectorySignInRequest: directorySignInRequest,
	WipedRequest: wipedRequest,
	PasskeyRequest: passkeyRequest,
	PasskeyRename: passkeyRename,
	SignInRequest: signInRequest,
	StepUpRequest: stepUpRequest,
	ClipRequest: clipRequest,
	ImportRequest: importRequest,
	ImportStep: importStep,
	RetentionRequest: retentionRequest,
	SubjectRequest: subjectRequest,
	CardAnswer: cardAnswer,
	CardRequest: cardRequest,
	KeepRequest: keepRequest,
	ShareRequest: shareRequest,
	ShareCodeRequest: shareCodeRequest,
	ContactPersonRequest: contactPersonRequest,
	TrialRequest: trialRequest
};
const answers: Record<string, z.core.$ZodType> = {
	SyncAnswer: syncAnswer,
	EnrolmentAnswer: enrolmentAnswer,
	Session: session,
	AccountAnswer: accountAnswer,
	PasskeyCreation: creationOptions,
	PasskeyAnswer: passkeyAnswer,
	PasskeyQuestion: requestOptions,
	DirectoryWay: directoryWay,
	DirectorySignInAnswer: directorySignInAnswer,
	PeopleAnswer: peopleAnswer,
	InvitationAnswer: invitationAnswer,
	TokenMade: tokenMade,
	TokenRequest: tokenRequest,
	TokensAnswer: tokensAnswer,
	RejectedAnswer: rejectedAnswer,
	ImportsAnswer: importsAnswer,
	RegisterRequest: registerRequest,
	RegisterMade: registerMade,
	RegisterStep: registerStep,
	RegisterRunAnswer: registerRunAnswer,
	RegisterRunsAnswer: registerRunsAnswer,
	ImportMade: importMade,
	ImportRunAnswer: importRunAnswer,
	KeptReports: keptReports,
	PackManifest: packManifest,
	Report: report,
	FiguresAnswer: z.union([figures, publishedFigures]),
	ReportBasis: reportBasis,
	ClipReceipt: clipReceipt,
	ClipsAnswer: clipsAnswer,
	ClipAnswer: clipAnswer,
	Coverage: coverage,
	FeedbackReport: feedbackReport,
	ContactPersonsAnswer: contactPersonsAnswer,
	AuditAnswer: auditAnswer,
	RetentionAnswer: retentionAnswer,
	SubjectAnswer: subjectAnswer,
	CodeListAnswer: codeListAnswer,
	DirectoryChecks: directoryChecks,
	SharingAnswer: sharingAnswer,
	ShareMade: shareMade,
	ShareOffer: shareOffer,
	Health: health,
	Error: error
};

/** Answers that are files, by name: their media types. */
const files = {
	bytes: ['application/octet-stream'],
	CSV: ['text/csv'],
	Zip: ['application/zip'],
	FiguresFile: [
		'text/csv',
		'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		'application/json'
	],
	Sheet: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv']
} as const;

type Errors = Partial<Record<number, readonly ErrorCode[]>>;

interface Operation {
	summary: string;
	security: 'none' | 'session' | 'device' | 'session or token';
	/** Name of a body in JSON; `File`: the bytes of a file. */
	request?: keyof typeof requests | 'File';
	/** Headers, path and query, by name. */
	parameters?: Record<
		string,
		{ in: 'header' | 'path' | 'query'; required: boolean; about: string; pattern?: string }
	>;
	/** Status and name of the body of the good answer; no name: no body. */
	answer: {
		status: 200 | 201 | 202 | 204 | 303;
		body?: keyof typeof answers | 'OpenAPI' | 'HSDS' | keyof typeof files;
	};
	/** Other good answers without a JSON body, by status. */
	also?: Partial<Record<204, string>>;
	errors: Errors;
}

const MEMBERSHIP = {
	'reppu-membership': { in: 'header', required: true, about: 'The membership whose session cookie is meant.' }
} as const;

const SIGNS_IN = {
	'reppu-device': {
		in: 'header',
		required: false,
		about: 'A device that the server knows: it signs the request, and goes on as the device that it is.'
	}
} as const;

const PASSKEY = { in: 'path', required: true, about: 'Credential id of the passkey, base64url.' } as const;

const SEAL_KEY = {
	in: 'header',
	required: false,
	about:
		'Name of the key that the device seals to, or any other word; the answer has `sealTo` where it is not the newest.'
} as const;

const IMPORT = {
	...MEMBERSHIP,
	id: { in: 'path', required: true, about: 'The import.' }
} as const;

const everywhere: Errors = { 429: ['busy'], 500: ['unavailable'], 503: ['busy'], 507: ['storage_full'] };
const signedIn: Errors = { 401: ['sign_in'] };
const proved: Errors = { 403: ['step_up_needed'] };
const forOffice: Errors = { 401: ['sign_in'], 403: ['not_allowed'] };
const signsIn: Errors = { 401: ['device_unknown', 'bad_signature'], 429: ['too_many_tries'] };
const writes: Errors = { 403: ['wrong_origin'] };
const json: Errors = {
	400: ['bad_json', 'bad_encoding'],
	413: ['too_large'],
	415: ['not_json', 'bad_encoding'],
	422: ['bad_request', 'bad_text']
};

/** All of them together; the codes of one status are put in one list. */
function together(...parts: Errors[]): Errors {
	const all: Record<number, ErrorCode[]> = {};
	for (const part of parts) {
		for (const [status, codes] of Object.entries(part)) {
			all[Number(status)] = [...new Set([...(all[Number(status)] ?? []), ...(codes ?? [])])];
		}
	}
	return all;
}

const DATE = '^\\d{4}-\\d{2}-\\d{2}$';

const paths: Record<string, Partial<Record<'get' | 'post' | 'put' | 'patch' | 'delete', Operation>>> = {
	'/api/health': {
		get: {
			summary:
				'Whether the server can answer: one read from its database. A register that the daily check has found damaged: 503, with `status` `damaged`; a medium that took no write the last time: 503, with `read_only`.',
			security: 'none',
			answer: { status: 200, body: 'Health' },
			errors: { 503: ['unavailable'] }
		}
	},
	'/api/openapi.json': {
		get: {
			summary: 'This description.',
			security: 'none',
			answer: { status: 200, body: 'OpenAPI' },
			errors: {}
		}
	},
	'/api/v1/sync': {
		post: {
			summary:
				'Delivers operations and takes in what is new, in one round trip. Reading also needs the session.',
			security: 'device',
			request: 'SyncRequest',
			parameters: {
				'reppu-device': { in: 'header', required: true, about: 'The device that signed the request.' },
				'reppu-membership': {
					in: 'header',
					required: false,
					about: 'The membership whose session cookie is meant; needed with `cursors`.'
				},
				'content-encoding': { in: 'header', required: false, about: '`gzip` is taken by this route only.' },
				'reppu-seal-key': SEAL_KEY
			},
			answer: { status: 200, body: 'SyncAnswer' },
			errors: together(json, writes, {
				401: ['device_unknown', 'bad_signature', 'sign_in'],
				403: ['device_revoked'],
				426: ['protocol_unknown']
			})
		}
	},
	'/api/v1/sealed': {
		post: {
			summary:
				'Delivers operations that only the server can read; see docs/protocol.md §10. It brings no changes.',
			security: 'device',
			request: 'File',
			parameters: {
				'reppu-device': { in: 'header', required: true, about: 'The device that signed the request.' },
				'reppu-seal-key': SEAL_KEY
			},
			answer: { status: 200, body: 'SyncAnswer' },
			errors: together(writes, {
				400: ['body_mismatch'],
				401: ['device_unknown', 'bad_signature'],
				413: ['too_large'],
				415: ['not_json', 'bad_encoding'],
				422: ['bad_request'],
				426: ['protocol_unknown']
			})
		}
	},
	'/api/v1/wiped': {
		post: {
			summary:
				'A revoked device says that it has emptied itself; its browser drops what is left, unless `stays` says that a page asks for it later.',
			security: 'device',
			request: 'WipedRequest',
			parameters: {
				'reppu-device': { in: 'header', required: true, about: 'The device that signed the request.' }
			},
			answer: { status: 204 },
			errors: together(json, writes, {
				401: ['device_unknown', 'bad_signature'],
				403: ['not_allowed']
			})
		}
	},
	'/api/v1/pack': {
		get: {
			summary: 'What the pack of the directory is made of, for whoever reads.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				have: { in: 'query', required: false, about: 'Cursor of the pack that whoever asks has.' }
			},
			answer: { status: 200, body: 'PackManifest' },
			also: { 204: 'There is no pack, or none newer.' },
			errors: signedIn
		}
	},
	'/api/v1/pack/parts/{hash}': {
		get: {
			summary: 'One part of the pack. It never changes.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				hash: { in: 'path', required: true, about: 'SHA-256 of the part, hex.', pattern: '^[0-9a-f]{64}$' }
			},
			answer: { status: 200, body: 'bytes' },
			errors: together(signedIn, { 404: ['not_found'] })
		}
	},
	'/api/v1/enrolments': {
		post: {
			summary: 'Redeems a one-time code for a device and begins its session.',
			security: 'none',
			request: 'EnrolmentRequest',
			parameters: SIGNS_IN,
			answer: { status: 201, body: 'EnrolmentAnswer' },
			errors: together(json, writes, signsIn, { 403: ['device_revoked'], 404: ['code_wrong'] })
		}
	},
	'/api/v1/sign-in/options': {
		post: {
			summary: 'What a passkey is to sign: a challenge that counts for five minutes, once.',
			security: 'none',
			answer: { status: 200, body: 'PasskeyQuestion' },
			errors: together(writes, { 404: ['not_found'] })
		}
	},
	'/api/v1/sign-in': {
		post: {
			summary: 'Signs in by a passkey: on a device that the server knows, or as a new one.',
			security: 'none',
			request: 'SignInRequest',
			parameters: SIGNS_IN,
			answer: { status: 201, body: 'EnrolmentAnswer' },
			errors: together(json, writes, signsIn, {
				401: ['passkey_refused'],
				403: ['device_revoked'],
				404: ['not_found', 'code_wrong']
			})
		}
	},
	'/api/v1/sign-in/directory': {
		get: {
			summary: 'What the button for the municipality’s directory says, where there is one.',
			security: 'none',
			answer: { status: 200, body: 'DirectoryWay' },
			errors: {}
		},
		post: {
			summary: 'Begins a sign-in by the municipality’s directory: where this browser goes for it.',
			security: 'none',
			request: 'DirectorySignInRequest',
			answer: { status: 200, body: 'DirectorySignInAnswer' },
			errors: together(json, writes, { 404: ['not_found'], 503: ['directory_silent'] })
		}
	},
	'/api/v1/sign-in/directory/callback': {
		get: {
			summary:
				'Where the directory sends the browser back to. It leads on to `/sign-in` with a code that only this browser can redeem, or with that of an error, after the `#`.',
			security: 'none',
			parameters: {
				code: { in: 'query', required: false, about: 'The directory’s code.' },
				state: { in: 'query', required: false, about: 'What the sign-in began with.' },
				iss: { in: 'query', required: false, about: 'The directory’s own name.' },
				error: { in: 'query', required: false, about: 'Why the directory lets nobody in.' }
			},
			answer: { status: 303 },
			errors: {}
		}
	},
	'/api/v1/step-up/options': {
		post: {
			summary: 'What one of one’s own passkeys is to sign, to prove again who is signed in.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'PasskeyQuestion' },
			errors: together(writes, signedIn, { 404: ['not_found'] })
		}
	},
	'/api/v1/step-up': {
		post: {
			summary: 'Proves again who is signed in: for five minutes what answers `step_up_needed` is allowed.',
			security: 'session',
			request: 'StepUpRequest',
			parameters: MEMBERSHIP,
			answer: { status: 204 },
			errors: together(json, writes, { 401: ['sign_in', 'passkey_refused'], 404: ['not_found'] })
		}
	},
	'/api/v1/people/{id}/ways': {
		delete: {
			summary: 'Takes every way to sign in from a member: passkeys, open codes, sessions.',
			security: 'session',
			parameters: { ...MEMBERSHIP, id: { in: 'path', required: true, about: 'The membership.' } },
			answer: { status: 204 },
			errors: together(writes, forOffice, proved, { 404: ['not_found'] })
		}
	},
	'/api/v1/passkeys/options': {
		post: {
			summary: 'What a browser is to make as a passkey of whoever is signed in.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'PasskeyCreation' },
			errors: together(writes, forOffice, proved, { 404: ['not_found'] })
		}
	},
	'/api/v1/passkeys': {
		post: {
			summary: 'Takes in a passkey that whoever is signed in here has made.',
			security: 'session',
			request: 'PasskeyRequest',
			parameters: MEMBERSHIP,
			answer: { status: 201, body: 'PasskeyAnswer' },
			errors: together(json, writes, signedIn, { 404: ['not_found'], 422: ['passkey_refused'] })
		}
	},
	'/api/v1/passkeys/{id}': {
		patch: {
			summary: 'Calls one of one’s own passkeys something else.',
			security: 'session',
			request: 'PasskeyRename',
			parameters: { ...MEMBERSHIP, id: PASSKEY },
			answer: { status: 204 },
			errors: together(json, writes, signedIn, { 404: ['not_found'] })
		},
		delete: {
			summary: 'Takes one of one’s own passkeys away.',
			security: 'session',
			parameters: { ...MEMBERSHIP, id: PASSKEY },
			answer: { status: 204 },
			errors: together(writes, signedIn, proved, { 404: ['not_found'] })
		}
	},
	'/api/v1/demo': {
		post: {
			summary: 'A door of the demo: enrols a device without a code. There is none outside the demo.',
			security: 'none',
			request: 'DemoRequest',
			answer: { status: 201, body: 'EnrolmentAnswer' },
			errors: together(json, writes, { 404: ['not_found', 'code_wrong'] })
		}
	},
	'/api/v1/session': {
		get: {
			summary: 'Who this browser is for the membership that it names.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'Session' },
			errors: signedIn
		},
		delete: {
			summary: 'Ends the session. What waits on the device stays there and can still be delivered.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 204 },
			errors: writes
		}
	},
	'/api/v1/account': {
		get: {
			summary: 'Where one is signed in, with which passkeys, and one’s own devices.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'AccountAnswer' },
			errors: signedIn
		}
	},
	'/api/v1/sessions': {
		delete: {
			summary: 'Ends all of one’s own sessions but this one.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 204 },
			errors: together(writes, signedIn)
		}
	},
	'/api/v1/sessions/{id}': {
		delete: {
			summary: 'Ends one of one’s own sessions.',
			security: 'session',
			parameters: { ...MEMBERSHIP, id: { in: 'path', required: true, about: 'Name of the session.' } },
			answer: { status: 204 },
			errors: together(writes, signedIn, { 404: ['not_found'] })
		}
	},
	'/api/v1/people': {
		get: {
			summary: 'Everybody of the organisation with their devices and open invitations.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'PeopleAnswer' },
			errors: forOffice
		}
	},
	'/api/v1/people/{id}': {
		patch: {
			summary:
				'Gives a member another role, or says by which name the municipality’s directory knows them; nobody does it for themselves, and only an administrator for one.',
			security: 'session',
			request: 'MemberRequest',
			parameters: { ...MEMBERSHIP, id: { in: 'path', required: true, about: 'The membership.' } },
			answer: { status: 204 },
			errors: together(json, writes, forOffice, proved, {
				404: ['not_found'],
				409: ['directory_name_taken']
			})
		}
	},
	'/api/v1/contact-persons': {
		get: {
			summary: 'Contact persons of the municipalities, and what became of the mails to them in thirty days.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'ContactPersonsAnswer' },
			errors: forOffice
		},
		put: {
			summary: 'Says who a municipality’s contact person is.',
			security: 'session',
			request: 'ContactPersonRequest',
			parameters: MEMBERSHIP,
			answer: { status: 204 },
			errors: together(json, writes, forOffice, { 409: ['changed_meanwhile'] })
		},
		delete: {
			summary: 'Removes a municipality’s contact person, and all mails to them.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				municipality: { in: 'query', required: true, about: 'Official code.', pattern: '^\\d{3}$' }
			},
			answer: { status: 204 },
			errors: together(writes, forOffice, { 422: ['bad_request'] })
		}
	},
	'/api/v1/contact-persons/trial': {
		post: {
			summary: 'Has a mail sent to a contact person that only says that mails arrive.',
			security: 'session',
			request: 'TrialRequest',
			parameters: MEMBERSHIP,
			answer: { status: 202 },
			errors: together(json, writes, forOffice, { 404: ['not_found'], 429: ['too_many_tries'] })
		}
	},
	'/api/v1/retention': {
		get: {
			summary: 'For how long what is kept, what the last nights emptied, and the figures that stay.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'RetentionAnswer' },
			errors: forOffice
		},
		put: {
			summary: 'Sets one period. A longer one counts at once, a shorter one after a week.',
			security: 'session',
			request: 'RetentionRequest',
			parameters: MEMBERSHIP,
			answer: { status: 204 },
			errors: together(json, writes, forOffice)
		}
	},
	'/api/v1/client-card': {
		post: {
			summary: 'Earlier topics and agreed next steps under a client card, never sensitive ones.',
			security: 'session',
			request: 'CardRequest',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'CardAnswer' },
			errors: together(json, writes, forOffice, { 429: ['too_many_tries'] })
		}
	},
	'/api/v1/subject-access': {
		post: {
			summary: 'What is held under a client card; or takes the code off its visits, or erases them.',
			security: 'session',
			request: 'SubjectRequest',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'SubjectAnswer' },
			also: { 204: 'It is done: unlinked, or erased.' },
			errors: together(json, writes, forOffice, { 404: ['not_found'], 429: ['too_many_tries'] })
		}
	},
	'/api/v1/invitations': {
		post: {
			summary: 'Makes a one-time code. Only an administrator invites administrators.',
			security: 'session',
			request: 'InvitationRequest',
			parameters: MEMBERSHIP,
			answer: { status: 201, body: 'InvitationAnswer' },
			errors: together(json, writes, forOffice, proved, { 404: ['not_found'] })
		}
	},
	'/api/v1/rejected': {
		get: {
			summary: 'What was rejected and still needs somebody; for coordinators.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'RejectedAnswer' },
			errors: forOffice
		}
	},
	'/api/v1/rejected/{id}': {
		post: {
			summary: 'Decides what becomes of a rejected op, or mends it in its author’s name; for coordinators.',
			security: 'session',
			request: 'DecisionRequest',
			parameters: { ...MEMBERSHIP, id: { in: 'path', required: true, about: 'Id of the op.' } },
			answer: { status: 204 },
			errors: together(json, writes, forOffice, {
				404: ['not_found'],
				422: ['invalid_value', 'desk_unknown', 'desk_closed', 'too_many_fields']
			})
		}
	},
	'/api/v1/api-tokens': {
		get: {
			summary: 'Programs that may read the public figures, without what they read with.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'TokensAnswer' },
			errors: forOffice
		},
		post: {
			summary: 'Makes a token for a program. It is told this once.',
			security: 'session',
			request: 'TokenRequest',
			parameters: MEMBERSHIP,
			answer: { status: 201, body: 'TokenMade' },
			errors: together(json, writes, forOffice, proved, { 429: ['too_many_tries'] })
		}
	},
	'/api/v1/api-tokens/{id}': {
		delete: {
			summary: 'Takes a program’s token back.',
			security: 'session',
			parameters: { ...MEMBERSHIP, id: { in: 'path', required: true, about: 'Id of the token.' } },
			answer: { status: 204 },
			errors: together(writes, forOffice, { 404: ['not_found'] })
		}
	},
	'/api/v1/devices/{id}': {
		delete: {
			summary:
				'Revokes a device, one’s own or, for the office, anybody’s: its sessions end and it may no longer deliver.',
			security: 'session',
			parameters: { ...MEMBERSHIP, id: { in: 'path', required: true, about: 'Id of the device.' } },
			answer: { status: 204 },
			errors: together(writes, forOffice, { 404: ['not_found'] })
		}
	},
	'/api/v1/clips': {
		get: {
			summary: 'The newest recording of each phrase and language.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				cards: { in: 'query', required: false, about: '`yes`: recordings of cards of services, too.' }
			},
			answer: { status: 200, body: 'ClipsAnswer' },
			errors: forOffice
		},
		post: {
			summary:
				'Keeps a phrase, or the words of a card, that somebody has spoken: WebM, Ogg or MP4 of at most 100 KB, in base64.',
			security: 'session',
			request: 'ClipRequest',
			parameters: MEMBERSHIP,
			answer: { status: 201, body: 'ClipReceipt' },
			errors: together(json, writes, forOffice, { 422: ['invalid_value'] })
		}
	},
	'/api/v1/clips/{hash}': {
		get: {
			summary: 'One recording.',
			security: 'session',
			parameters: { ...MEMBERSHIP, hash: { in: 'path', required: true, about: 'SHA-256, hex.' } },
			answer: { status: 200, body: 'ClipAnswer' },
			errors: together(forOffice, { 404: ['not_found'] })
		},
		delete: {
			summary: 'Takes a recording away: its author, or a coordinator.',
			security: 'session',
			parameters: { ...MEMBERSHIP, hash: { in: 'path', required: true, about: 'SHA-256, hex.' } },
			answer: { status: 204 },
			errors: together(writes, forOffice, { 404: ['not_found'] })
		}
	},
	'/api/v1/imports': {
		get: {
			summary: 'The import of a directory that is under way, and those before.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'ImportsAnswer' },
			errors: forOffice
		},
		post: {
			summary: 'Begins an import. One that was under way is given up, unless it is being taken in.',
			security: 'session',
			request: 'ImportRequest',
			parameters: MEMBERSHIP,
			answer: { status: 201, body: 'ImportMade' },
			errors: together(json, writes, forOffice)
		}
	},
	'/api/v1/imports/{id}': {
		get: {
			summary: 'How far an import is, what it would do or did, and the first lines of its report.',
			security: 'session',
			parameters: {
				...IMPORT,
				code: { in: 'query', required: false, about: 'Only lines with this reason.' }
			},
			answer: { status: 200, body: 'ImportRunAnswer' },
			errors: together(forOffice, { 404: ['not_found'] })
		},
		post: {
			summary: 'Checks an import, or takes in what the check has shown; the work goes on after the answer.',
			security: 'session',
			request: 'ImportStep',
			parameters: IMPORT,
			answer: { status: 202 },
			errors: together(json, writes, forOffice, { 404: ['not_found'] })
		},
		delete: {
			summary: 'Gives an import up.',
			security: 'session',
			parameters: IMPORT,
			answer: { status: 204 },
			errors: together(writes, forOffice, { 404: ['not_found'] })
		}
	},
	'/api/v1/imports/{id}/files/{name}': {
		put: {
			summary: 'One file of an import, as it is.',
			security: 'session',
			request: 'File',
			parameters: { ...IMPORT, name: { in: 'path', required: true, about: 'Name of the file.' } },
			answer: { status: 204 },
			errors: together(writes, forOffice, {
				400: ['bad_request', 'body_mismatch'],
				404: ['not_found'],
				413: ['too_large']
			})
		}
	},
	'/api/v1/imports/{id}/lines': {
		get: {
			summary: 'All lines of the report.',
			security: 'session',
			parameters: IMPORT,
			answer: { status: 200, body: 'CSV' },
			errors: together(forOffice, { 404: ['not_found'] })
		}
	},
	'/api/v1/register-imports': {
		get: {
			summary: 'The import of an old register that is under way, and those before.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'RegisterRunsAnswer' },
			errors: forOffice
		},
		post: {
			summary:
				'Begins the import of an old register. One that was under way is given up, unless it is being written.',
			security: 'session',
			request: 'RegisterRequest',
			parameters: MEMBERSHIP,
			answer: { status: 201, body: 'RegisterMade' },
			errors: together(json, writes, forOffice)
		}
	},
	'/api/v1/register-imports/{id}': {
		get: {
			summary:
				'How far it is, what its columns seem to mean, what would be done, and the first lines of its report.',
			security: 'session',
			parameters: {
				...IMPORT,
				code: { in: 'query', required: false, about: 'Only lines with this reason.' }
			},
			answer: { status: 200, body: 'RegisterRunAnswer' },
			errors: together(forOffice, { 404: ['not_found'] })
		},
		post: {
			summary:
				'Says what the columns mean (204), or has it read, checked, brought in or taken back; that work goes on after the answer.',
			security: 'session',
			request: 'RegisterStep',
			parameters: IMPORT,
			answer: { status: 202 },
			errors: together(json, writes, forOffice, { 404: ['not_found'], 422: ['invalid_value'] })
		},
		delete: {
			summary: 'Gives it up.',
			security: 'session',
			parameters: IMPORT,
			answer: { status: 204 },
			errors: together(writes, forOffice, { 404: ['not_found'] })
		}
	},
	'/api/v1/register-imports/{id}/file': {
		put: {
			summary: 'The old register, XLSX or CSV, as it is.',
			security: 'session',
			request: 'File',
			parameters: IMPORT,
			answer: { status: 204 },
			errors: together(writes, forOffice, {
				400: ['bad_request', 'body_mismatch'],
				404: ['not_found'],
				413: ['too_large']
			})
		}
	},
	'/api/v1/register-imports/{id}/lines': {
		get: {
			summary: 'All lines of the report, in words.',
			security: 'session',
			parameters: {
				...IMPORT,
				locale: { in: 'query', required: false, about: '`fi`, `sv` or `en`.' }
			},
			answer: { status: 200, body: 'CSV' },
			errors: together(forOffice, { 404: ['not_found'] })
		}
	},
	'/api/v1/directory': {
		get: {
			summary: 'The whole directory as a list of services of HSDS 3.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'HSDS' },
			errors: together(forOffice, proved)
		}
	},
	'/api/v1/directory/tables': {
		get: {
			summary: 'The same as the tables of HSDS 3.0 in CSV, in a zip archive.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'Zip' },
			errors: together(forOffice, proved)
		}
	},
	'/api/v1/directory/sheet': {
		get: {
			summary:
				'The texts of the directory for translators, a row for each, to be brought in again by an import.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				format: { in: 'query', required: true, about: '`xlsx` or `csv`.', pattern: '^(xlsx|csv)$' },
				from: { in: 'query', required: true, about: 'Language of the source texts, BCP 47.' },
				to: { in: 'query', required: true, about: 'Languages to translate to, with commas between.' }
			},
			answer: { status: 200, body: 'Sheet' },
			errors: together(proved, forOffice, { 422: ['bad_request'] })
		}
	},
	'/api/v1/report': {
		get: {
			summary:
				'Contacts of a period by municipality, topic group, language and length of residence. True figures: internal.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				from: { in: 'query', required: true, about: 'First civil date.', pattern: DATE },
				to: { in: 'query', required: true, about: 'Last civil date.', pattern: DATE }
			},
			answer: { status: 200, body: 'Report' },
			errors: together(forOffice, { 422: ['bad_request'] })
		}
	},
	'/api/v1/report/basis': {
		get: {
			summary:
				'What figures of a period are read beside: names of advisers, desks and own topics, and the receptions that were planned.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				from: { in: 'query', required: true, about: 'First civil date.', pattern: DATE },
				to: { in: 'query', required: true, about: 'Last civil date.', pattern: DATE }
			},
			answer: { status: 200, body: 'ReportBasis' },
			errors: together(forOffice, { 422: ['bad_request'] })
		}
	},
	'/api/v1/sharing': {
		get: {
			summary: 'What this organisation lets others see, and what it sees of others. For coordinators.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'SharingAnswer' },
			errors: forOffice
		},
		post: {
			summary:
				'Begins a share of receptions, of language help, or of both; the code is for a coordinator of the other organisation, once.',
			security: 'session',
			request: 'ShareRequest',
			parameters: MEMBERSHIP,
			answer: { status: 201, body: 'ShareMade' },
			errors: together(json, writes, forOffice)
		}
	},
	'/api/v1/sharing/codes': {
		post: {
			summary: 'Looks at what a code is for, every line of it, or accepts it.',
			security: 'session',
			request: 'ShareCodeRequest',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'ShareOffer' },
			errors: together(json, writes, forOffice, { 404: ['code_wrong'], 429: ['too_many_tries'] })
		}
	},
	'/api/v1/sharing/{id}': {
		patch: {
			summary: 'Has the other organisation see something else. For whoever gives.',
			security: 'session',
			request: 'ShareRequest',
			parameters: { ...MEMBERSHIP, id: { in: 'path', required: true, about: 'The share.' } },
			answer: { status: 204 },
			errors: together(json, writes, forOffice, { 404: ['not_found'] })
		},
		delete: {
			summary:
				'Ends a share, for either of the two: phones of whoever received lose it with their next contact.',
			security: 'session',
			parameters: { ...MEMBERSHIP, id: { in: 'path', required: true, about: 'The share.' } },
			answer: { status: 204 },
			errors: together(writes, forOffice, { 404: ['not_found'] })
		}
	},
	'/api/v1/municipal-sheets': {
		get: {
			summary:
				'What was printed for municipalities: with its tables where it overlaps the time, else only how many contacts there were.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				from: { in: 'query', required: true, about: 'First civil date.', pattern: DATE },
				to: { in: 'query', required: true, about: 'Last civil date.', pattern: DATE }
			},
			answer: { status: 200, body: 'KeptReports' },
			errors: together(forOffice, { 422: ['bad_request'] })
		},
		put: {
			summary: 'Keeps what is about to be printed, so that what is printed later says nothing that it hid.',
			security: 'session',
			request: 'KeepRequest',
			parameters: MEMBERSHIP,
			answer: { status: 204 },
			errors: together(json, writes, forOffice, { 409: ['printed_meanwhile'] })
		}
	},
	'/api/v1/figures': {
		get: {
			summary:
				'Contacts of a period, narrowed and counted by up to two of all dimensions at once, and of the same contacts the participants or the referrals (`measure`) and how many clients there are at least, by card (`clients`; docs/register.md). True figures: internal. A network viewer gets rounded figures of whole quarters with small ones hidden, by municipality, topic group, language and length of residence alone.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				ask: {
					in: 'query',
					required: true,
					about:
						'The question as JSON: `from` and `to` (civil dates), `where` (classes by dimension), `tables` (one or two dimensions each).'
				}
			},
			answer: { status: 200, body: 'FiguresAnswer' },
			errors: together(forOffice, { 422: ['bad_request'] })
		}
	},
	'/api/v1/figures/file': {
		get: {
			summary:
				'The first table of a question as a file, with code and name of every class. True figures: internal.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				ask: { in: 'query', required: true, about: 'The question, as for `/api/v1/figures`.' },
				format: { in: 'query', required: true, about: '`csv`, `xlsx` or `json`.' },
				locale: { in: 'query', required: true, about: 'Language of the names: `fi`, `sv` or `en`.' }
			},
			answer: { status: 200, body: 'FiguresFile' },
			errors: together(forOffice, { 422: ['bad_request'] })
		}
	},
	'/api/v1/figures/published': {
		get: {
			summary:
				'The figures of a whole quarter that may leave the organisation, as a file: rounded, small ones hidden, by municipality, topic group, language and length of residence. The same report that a network viewer reads.',
			security: 'session or token',
			parameters: {
				'reppu-membership': {
					in: 'header',
					required: false,
					about: 'With a session: the membership whose it is.'
				},
				from: { in: 'query', required: true, about: 'First day of the quarter.' },
				to: { in: 'query', required: true, about: 'Its last day, two weeks ago or more.' },
				format: { in: 'query', required: true, about: '`csv`, `xlsx` or `json`.' },
				locale: { in: 'query', required: true, about: 'Language of the names: `fi`, `sv` or `en`.' }
			},
			answer: { status: 200, body: 'FiguresFile' },
			errors: together(forOffice, { 422: ['bad_request'] })
		}
	},
	'/api/v1/code-lists': {
		get: {
			summary:
				'What the codes in figures mean: the lists with names in Finnish, Swedish and English, and the municipalities.',
			security: 'none',
			answer: { status: 200, body: 'CodeListAnswer' },
			errors: {}
		}
	},
	'/api/v1/directory/checks': {
		get: {
			summary:
				'Pages of the directory that are gone, and how often clients were shown unchecked text of an entry.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'DirectoryChecks' },
			errors: forOffice
		}
	},
	'/api/v1/audit': {
		get: {
			summary:
				'Who has seen, changed and taken out what, the newest first: everything for administrators, what concerns oneself for the others.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				event: { in: 'query', required: false, about: 'Kind of event.' },
				member: { in: 'query', required: false, about: 'Who did it, or whose things they were.' },
				from: { in: 'query', required: false, about: 'First civil date.', pattern: DATE },
				to: { in: 'query', required: false, about: 'Last civil date.', pattern: DATE },
				before: { in: 'query', required: false, about: '`next` of the page before.' },
				mine: { in: 'query', required: false, about: '`yes`: only what concerns oneself.' }
			},
			answer: { status: 200, body: 'AuditAnswer' },
			errors: together(forOffice, { 422: ['bad_request'] })
		}
	},
	'/api/v1/feedback': {
		get: {
			summary:
				'What clients answered about the help they got, in groups of at least five people, of months that are over. For coordinators; internal.',
			security: 'session',
			parameters: MEMBERSHIP,
			answer: { status: 200, body: 'FeedbackReport' },
			errors: forOffice
		}
	},
	'/api/v1/coverage': {
		get: {
			summary:
				'Contacts of a period by municipality, topic group and language, against the services that the directory has today. True figures: internal.',
			security: 'session',
			parameters: {
				...MEMBERSHIP,
				from: { in: 'query', required: true, about: 'First civil date.', pattern: DATE },
				to: { in: 'query', required: true, about: 'Last civil date.', pattern: DATE }
			},
			answer: { status: 200, body: 'Coverage' },
			errors: together(forOffice, { 422: ['bad_request'] })
		}
	}
};

type Json = { [key: string]: unknown };

const component = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Points references to definitions of one schema to where they stand in the whole document. */
function repoint(value: unknown, name: string): unknown {
	if (Array.isArray(value)) return value.map((item) => repoint(item, name));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) =>
			key === '$ref' && typeof item === 'string'
				? [
						key,
						item.replace('#/$defs/', `#/components/schemas/${name}.`).replace(/^#$/, component(name).$ref)
					]
				: [key, repoint(item, name)]
		)
	);
}

/** One schema and its definitions as components of the document. */
function componentsOf(name: string, schema: z.core.$ZodType, io: 'input' | 'output'): Json {
	const { $defs = {}, ...body } = z.toJSONSchema(schema, {
		unrepresentable: 'any',
		io,
		override({ zodSchema, jsonSchema }) {
			// Answers are read leniently: only what refuses unknown keys says so.
			const { def } = zodSchema._zod;
			if (def.type === 'object' && !('catchall' in def && def.catchall))
				delete jsonSchema.additionalProperties;
			// What has a default is there once it was read; on the wire it may be left out.
			const optional = Object.entries(jsonSchema.properties ?? {}).flatMap(([key, property]) =>
				typeof property === 'object' && 'default' in property ? [key] : []
			);
			if (jsonSchema.required)
				jsonSchema.required = jsonSchema.required.filter((key) => !optional.includes(key));
		}
	});
	delete body.$schema;
	const parts: Json = { [name]: body };
	for (const [part, definition] of Object.entries($defs)) parts[`${name}.${part}`] = definition;
	return Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, repoint(part, name)]));
}

/** Bodies that are described elsewhere. */
const OTHERS: Readonly<Record<string, Json>> = {
	OpenAPI: { type: 'object' },
	HSDS: { type: 'array', items: { type: 'object' } }
};

const isFile = (body: string): body is keyof typeof files => Object.hasOwn(files, body);

function answerTo({ answer, also, errors }: Operation): Json {
	const content = (body: string) =>
		isFile(body)
			? Object.fromEntries(files[body].map((type) => [type, { schema: { type: 'string' } }]))
			: { 'application/json': { schema: OTHERS[body] ?? component(body) } };
	const result: Json = {
		[answer.status]: {
			description: answer.body ? 'Done.' : 'Done; no body.',
			...(answer.body ? { content: content(answer.body) } : {})
		}
	};
	for (const [status, description] of Object.entries(also ?? {})) result[status] = { description };
	for (const [status, codes] of Object.entries(together(errors, everywhere))) {
		result[status] = {
			description: (codes ?? []).map((code) => `\`${code}\``).join(', '),
			content: {
				'application/json': {
					schema: { allOf: [component('Error'), { properties: { error: { enum: codes } } }] }
				}
			},
			...(['429', '503', '507'].includes(status)
				? { headers: { 'retry-after': { description: 'Seconds.', schema: { type: 'integer' } } } }
				: {})
		};
	}
	return result;
}

const SECURITY = {
	none: [],
	session: [{ session: [] }],
	'session or token': [{ session: [] }, { token: [] }],
	device: [{ device: [] }, { device: [], session: [] }]
};

function operation(path: string, method: string, described: Operation): Json {
	return {
		operationId: `${method}${path.replace(/^\/api(\/v1)?/, '').replace(/[^A-Za-z]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
		summary: described.summary,
		security: SECURITY[described.security],
		parameters: Object.entries(described.parameters ?? {}).map(([name, { about, pattern, ...where }]) => ({
			name,
			...where,
			description: about,
			schema: { type: 'string', ...(pattern ? { pattern } : {}) }
		})),
		...(described.request
			? {
					requestBody: {
						required: true,
						content:
							described.request === 'File'
								? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
								: { 'application/json': { schema: component(described.request) } }
					}
				}
			: {}),
		responses: answerTo(described)
	};
}

/** The whole description, OpenAPI 3.1. */
export function describeApi(version: string): Json {
	const schemas: Json = {};
	for (const [name, schema] of Object.entries(requests))
		Object.assign(schemas, componentsOf(name, schema, 'input'));
	for (const [name, schema] of Object.entries(answers))
		Object.assign(schemas, componentsOf(name, schema, 'output'));
	return {
		openapi: '3.1.1',
		info: {
			title: 'Reppu',
			version,
			description:
				'JSON only. Requests that write must come from the server’s own origin. Errors carry a code of a closed list.',
			license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' }
		},
		servers: [{ url: '/' }],
		paths: Object.fromEntries(
			Object.entries(paths).map(([path, methods]) => [
				path,
				Object.fromEntries(
					Object.entries(methods).map(([method, described]) => [method, operation(path, method, described)])
				)
			])
		),
		components: {
			schemas,
			securitySchemes: {
				session: {
					type: 'apiKey',
					in: 'cookie',
					name: '__Host-reppu-<membership>',
					description:
						'HttpOnly, SameSite=Strict. One for each membership, named by the header `reppu-membership`; without `__Host-` over plain http.'
				},
				token: {
					type: 'http',
					scheme: 'bearer',
					description:
						'For programs of a municipality: it opens public figures only. Whoever runs the server makes it (`npm run api-token`).'
				},
				device: {
					type: 'apiKey',
					in: 'header',
					name: 'reppu-signature',
					description:
						'Base64 of the ECDSA P-256 signature (SHA-256, IEEE P1363) of method, path, replica and the SHA-256 of the body as sent (hex), each on a line of its own, by the key of the device in `reppu-device`.'
				}
			}
		}
	};
}
