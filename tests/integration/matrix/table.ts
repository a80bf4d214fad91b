import type { Role } from '#lib/protocol/accounts.ts';

/** A thing of an organisation that an address names, see world.ts. */
export type Thing =
	| 'device'
	| 'member'
	| 'rejected'
	| 'part'
	| 'clip'
	| 'run'
	| 'old register'
	| 'session'
	| 'passkey'
	| 'share'
	| 'token';

/** What a route answers to whom: statuses of a request that is understood, about something of one's own organisation. */
export interface Expected extends Record<Role, number> {
	/** Nobody who can be told: without a session, with a forged or a foreign one, on a revoked device, after the membership has ended. */
	none: number;
	/** What the address names. Of another organisation it must be as if it did not exist. */
	thing?: Thing;
	query?: string;
	/** Sent as JSON; a string is sent as it is. */
	body?: object | string;
	headers?: Record<string, string>;
	/** It ends the session of whoever asks. */
	ends?: boolean;
}

const same = (status: number): Expected => ({
	none: status,
	adviser: status,
	coordinator: status,
	administrator: status,
	viewer: status
});
const everybody = (status: number): Expected => ({ ...same(status), none: 401 });
const coordinators = (status: number): Expected => ({ ...everybody(403), coordinator: status });
const office = (status: number): Expected => ({ ...coordinators(status), administrator: status });
const advisers = (status: number): Expected => ({ ...coordinators(status), adviser: status });

const QUESTION = '{"from":"2026-07-01","to":"2026-09-30","where":{},"tables":[["language"]]}';
const period = '?from=2026-01-01&to=2026-12-31';

/**
 * Every route and verb of the server that is no page, by the folder of its file. A route that is not here fails the test: whoever adds one says here
 * first what each role gets.
 */
export const TABLE: Readonly<Record<string, Expected>> = {
	'GET api/health': same(200),
	'GET api/openapi.json': same(200),
	'GET api/v1/code-lists': same(200),
	'POST api/v1/demo': { ...same(404), body: {} },
	'POST api/v1/enrolments': { ...same(422), body: {} },
	'POST api/v1/sign-in/options': same(200),
	'POST api/v1/sign-in': { ...same(422), body: {} },
	'GET api/v1/sign-in/directory': same(200),
	// No directory is set; with one, see directory-sign-in.test.ts.
	'POST api/v1/sign-in/directory': { ...same(404), body: { again: false } },
	'GET api/v1/sign-in/directory/callback': same(303),
	// Without a device's signature; with one, see sync.test.ts beside this, and lost-phone.test.ts.
	'POST api/v1/sync': { ...same(401), body: {} },
	'POST api/v1/sealed': { ...same(401), body: {} },
	'POST api/v1/wiped': { ...same(401), body: {} },
	'GET api/v1/session': everybody(200),
	'DELETE api/v1/session': { ...same(204), ends: true },

	'GET api/v1/account': everybody(200),
	'DELETE api/v1/sessions': everybody(204),
	// The adviser's; to everybody else it is not there, whatever their role.
	'DELETE api/v1/sessions/[id]': { ...everybody(404), adviser: 204, thing: 'session' },

	// Nobody here has a passkey.
	'POST api/v1/step-up/options': everybody(404),
	'POST api/v1/step-up': { ...everybody(422), body: {} },
	'POST api/v1/passkeys/options': everybody(200),
	'POST api/v1/passkeys': { ...everybody(422), body: { name: 'Phone' } },
	'PATCH api/v1/passkeys/[id]': { ...everybody(404), adviser: 204, thing: 'passkey', body: { name: 'Key' } },
	'DELETE api/v1/passkeys/[id]': { ...everybody(404), adviser: 204, thing: 'passkey' },

	'GET api/v1/people': office(200),
	'PATCH api/v1/people/[id]': { ...office(204), thing: 'member', body: { role: 'coordinator' } },
	'DELETE api/v1/people/[id]/ways': { ...office(204), thing: 'member' },
	'POST api/v1/invitations': { ...office(201), body: { name: 'New', role: 'adviser', delivery: 'sent' } },
	// The adviser's own.
	'DELETE api/v1/devices/[id]': { ...office(204), adviser: 204, thing: 'device' },

	'GET api/v1/sharing': coordinators(200),
	'POST api/v1/sharing': { ...coordinators(201), body: { kinds: ['receptions', 'help'] } },
	// There is no such code; with one, see sharing.test.ts.
	'POST api/v1/sharing/codes': { ...coordinators(404), body: { code: '22222 22222', accept: true } },
	'PATCH api/v1/sharing/[id]': { ...coordinators(204), thing: 'share', body: { kinds: ['help'] } },
	'DELETE api/v1/sharing/[id]': { ...coordinators(204), thing: 'share' },

	'GET api/v1/rejected': coordinators(200),
	'POST api/v1/rejected/[id]': { ...coordinators(204), thing: 'rejected', body: { state: 'discarded' } },
	// There is no such card: it opens nothing.
	'POST api/v1/client-card': { ...advisers(200), body: { code: '2222 2222 2222' } },
	// There is no such card; with one, see subject-access.test.ts.
	'POST api/v1/subject-access': { ...coordinators(404), body: { code: '2222 2222 2222', do: 'show' } },
	'GET api/v1/report': { ...office(200), query: period },
	'GET api/v1/report/basis': { ...office(200), query: period },
	// One of the few that a viewer may ask; what else they are refused: published-figures.test.ts.
	'GET api/v1/figures': { ...office(200), viewer: 200, query: `?ask=${encodeURIComponent(QUESTION)}` },
	'GET api/v1/municipal-sheets': { ...office(200), query: '?from=2026-01-01&to=2026-03-31' },
	'PUT api/v1/municipal-sheets': {
		...office(204),
		body: {
			reports: [
				{
					from: '2026-03-01',
					to: '2026-03-31',
					municipalities: ['263'],
					contacts: null,
					tables: []
				}
			],
			seen: null
		}
	},
	'GET api/v1/figures/file': {
		...office(200),
		query: `?ask=${encodeURIComponent(QUESTION)}&format=csv&locale=fi`
	},
	'GET api/v1/figures/published': {
		...office(200),
		viewer: 200,
		query: '?from=2026-01-01&to=2026-03-31&format=csv&locale=fi'
	},
	'GET api/v1/api-tokens': office(200),
	'POST api/v1/api-tokens': { ...office(201), body: { name: 'Iisalmi', days: 30 } },
	'DELETE api/v1/api-tokens/[id]': { ...office(204), thing: 'token' },
	'GET api/v1/coverage': { ...office(200), query: period },
	'GET api/v1/feedback': coordinators(200),

	// What concerns oneself; everything for administrators.
	'GET api/v1/audit': { ...everybody(200), viewer: 403 },

	'GET api/v1/contact-persons': coordinators(200),
	'PUT api/v1/contact-persons': {
		...coordinators(204),
		body: {
			municipality: '263',
			name: 'Kerttu Kunta',
			role: null,
			email: 'kerttu.kunta@kunta.example',
			phone: null,
			language: 'fi',
			tells: true,
			note: null,
			seen: null
		}
	},
	'DELETE api/v1/contact-persons': { ...coordinators(204), query: '?municipality=263' },
	// This server sends no mails; with one that does, see mails.test.ts.
	'POST api/v1/contact-persons/trial': { ...coordinators(404), body: { municipality: '263' } },

	'GET api/v1/retention': office(200),
	'PUT api/v1/retention': {
		...everybody(403),
		administrator: 204,
		body: { class: 'notes', months: 12 }
	},

	'GET api/v1/pack': everybody(204),
	'GET api/v1/pack/parts/[hash]': { ...everybody(200), thing: 'part', headers: { 'accept-encoding': 'br' } },

	'GET api/v1/clips': advisers(200),
	'POST api/v1/clips': { ...advisers(201), body: { phrase: 'yes', language: 'so', audio: 'GkXfow==' } },
	'GET api/v1/clips/[hash]': { ...advisers(200), thing: 'clip' },
	'DELETE api/v1/clips/[hash]': { ...advisers(204), thing: 'clip' },

	'GET api/v1/directory': office(200),
	'GET api/v1/directory/tables': office(200),
	'GET api/v1/directory/sheet': { ...office(200), query: '?format=csv&from=fi&to=ar,so' },
	'GET api/v1/directory/checks': coordinators(200),

	'GET api/v1/imports': office(200),
	'POST api/v1/imports': { ...office(201), body: { source: 'kunta', language: 'fi', partial: false } },
	'GET api/v1/imports/[id]': { ...office(200), thing: 'run' },
	// There is nothing in it yet that could be checked.
	'POST api/v1/imports/[id]': { ...office(422), thing: 'run', body: { do: 'check' } },
	'DELETE api/v1/imports/[id]': { ...office(204), thing: 'run' },
	'PUT api/v1/imports/[id]/files/[name]': { ...office(204), thing: 'run', body: '[]' },
	'GET api/v1/imports/[id]/lines': { ...office(200), thing: 'run' },

	'GET api/v1/register-imports': coordinators(200),
	'POST api/v1/register-imports': { ...coordinators(201), body: { file: 'vanha.csv' } },
	'GET api/v1/register-imports/[id]': { ...coordinators(200), thing: 'old register' },
	// Nothing was checked in it yet.
	'POST api/v1/register-imports/[id]': { ...coordinators(404), thing: 'old register', body: { do: 'apply' } },
	'DELETE api/v1/register-imports/[id]': { ...coordinators(204), thing: 'old register' },
	'PUT api/v1/register-imports/[id]/file': { ...coordinators(204), thing: 'old register', body: 'pvm;kunta' },
	'GET api/v1/register-imports/[id]/lines': { ...coordinators(200), thing: 'old register' },

	// For everybody who has the address; which organisation's it is stands in the address.
	'GET (public)/p/[organisation]/[desk]': same(302),
	'GET (public)/p/[organisation]/[desk]/[language]': same(404),
	'POST (public)/p/[organisation]/[desk]/[language]': same(404),
	'GET (public)/s/[organisation]/[service]': same(302),
	'GET (public)/s/[organisation]/[service]/[language]': same(404),
	'GET (public)/w/[organisation]/[place]': same(302),
	'GET (public)/w/[organisation]/[place]/[language]': same(404),
	'GET (public)/w/[organisation]/[place]/[language]/calendar.ics': same(404)
};
