/**
 * What each stored field is, in words: the one part of the data map that no schema knows. `scripts/data-map.js` puts it together with the schemas
 * themselves, and a test fails where one has a field that stands not here.
 *
 * A table: what it is for, whose data it is, its class, for how long it is kept, where it is encrypted besides the disk; then each field.
 */

/** @typedef {{ about: string, whose: string, class: string, kept: string, sealed: string, fields: Record<string, string> }} Words */

const ORGANISATION = { organisation_id: 'the organisation' };
const NOBODY = 'nobody’s';
const STAFF = 'members (staff)';
const OUTSIDE = 'officials of municipalities';
const CLIENT = 'clients, nameless; members who logged it';
const LIFE = 'while the organisation is there';
const PLAIN = 'no';

/** @type {Record<string, string>} */
export const classes = {
	client:
		'what a visit says: nameless, personal data all the same; health, origin and status may show through',
	outside: 'name and ways to reach somebody who works for a municipality, as the organisation noted them',
	staff: 'names, roles and devices of members, and what they did and when',
	secret: 'what opens something: only as a hash, or under another key',
	public: 'the service directory, which is public',
	technical: 'numbers and names that the system needs, about nobody'
};

/** @type {Record<string, Words>} */
export const server = {
	organisations: {
		about: 'the tenants',
		whose: NOBODY,
		class: 'technical',
		kept: LIFE,
		sealed: PLAIN,
		fields: {
			id: 'its id',
			name: 'its name',
			demo: 'sample data',
			settings: 'settings, JSON',
			created_at: 'since when'
		}
	},
	counters: {
		about: 'change numbers given out',
		whose: NOBODY,
		class: 'technical',
		kept: LIFE,
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			change_number: 'the last one',
			durable: 'the last one inside a verified backup'
		}
	},
	memberships: {
		about: 'who works for an organisation',
		whose: STAFF,
		class: 'staff',
		kept: LIFE + ', names of people who have left as well: visits and audit trail name them',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			id: 'the membership',
			name: 'the name that colleagues see',
			role: 'the role',
			created_at: 'since when',
			ended_at: 'until when'
		}
	},
	devices: {
		about: 'phones and browsers of members',
		whose: STAFF,
		class: 'staff',
		kept: LIFE,
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			id: 'the device',
			membership_id: 'whose',
			name: 'as its user calls it',
			public_key: 'public half of its signing key',
			created_at: 'since when',
			seen_at: 'last contact',
			revoked_at: 'locked out when',
			high_seq: 'highest number it announced',
			wiped_at: 'said when that it is empty'
		}
	},
	organisation_keys: {
		about: 'keys that phones seal to',
		whose: NOBODY,
		class: 'secret',
		kept: 'until no phone can still have sealed to it',
		sealed: 'private half under a key of the server’s secret',
		fields: {
			...ORGANISATION,
			kid: 'name of the key',
			public_key: 'public half',
			private_key: 'private half, locked',
			created_at: 'since when',
			retired_at: 'until when'
		}
	},
	sessions: {
		about: 'who is signed in',
		whose: STAFF,
		class: 'secret',
		kept: '30 days after its end',
		sealed: 'token as its hash',
		fields: {
			...ORGANISATION,
			id: 'its name for its owner',
			token_hash: 'hash of the cookie’s token',
			way: 'signed in by what',
			proved_at: 'when they last proved who they are',
			membership_id: 'whose',
			device_id: 'on which device',
			created_at: 'since when',
			used_at: 'last use'
		}
	},
	invitations: {
		about: 'one-time codes',
		whose: STAFF,
		class: 'secret',
		kept: '30 days after they expire',
		sealed: 'code as its hash',
		fields: {
			...ORGANISATION,
			code_hash: 'hash of the code',
			membership_id: 'for whom',
			expires_at: 'until when',
			used_at: 'used when',
			made_by: 'who made it',
			way: 'by what whoever redeems it has shown who they are',
			browser: 'hash of what only one browser has that may redeem it',
			proved_at: 'when they showed it',
			created_at: 'since when'
		}
	},
	identities: {
		about: 'members as the municipality’s directory knows them',
		whose: STAFF,
		class: 'staff',
		kept: 'until a coordinator takes it away, or enters others after the member has left',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			membership_id: 'whose',
			name: 'e-mail address or user name',
			issuer: 'which directory',
			subject: 'who they are in it',
			set_at: 'entered when',
			used_at: 'last use'
		}
	},
	passkeys: {
		about: 'keys of members that their devices hold',
		whose: STAFF,
		class: 'staff',
		kept: 'until their owner or a coordinator takes them away',
		sealed: 'public keys only: the secret half never leaves the device',
		fields: {
			...ORGANISATION,
			id: 'the credential’s id',
			membership_id: 'whose',
			public_key: 'public key, COSE',
			counter: 'how often it has signed, where it counts',
			transports: 'how a browser reaches it',
			synced: 'may be on several devices',
			backed_up: 'is on several devices',
			name: 'what its owner calls it',
			created_at: 'since when',
			used_at: 'last use'
		}
	},
	challenges: {
		about: 'what passkeys are asked to sign and the directory to answer',
		whose: 'whoever signs in',
		class: 'technical',
		kept: 'five or fifteen minutes, or until it is answered',
		sealed: 'as its hash',
		fields: {
			hash: 'hash of the random bytes',
			purpose: 'for what it may be answered',
			subject: 'in which session',
			expires_at: 'until when'
		}
	},
	attempts: {
		about: 'counted tries at codes',
		whose: 'whoever tries',
		class: 'technical',
		kept: 'a day',
		sealed: PLAIN,
		fields: {
			scope: 'kind of limit, with an address or a membership',
			window_start: 'ten minutes',
			count: 'how many'
		}
	},
	journal: {
		about: 'header of every op that was received: the proof of receipt',
		whose: STAFF,
		class: 'staff',
		kept: LIFE + '; it says nothing of what was said',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			op_id: 'the op',
			replica: 'database of the device',
			seq: 'number among its ops',
			collection: 'kind of record',
			record_id: 'of which record',
			membership_id: 'by whom',
			device_id: 'from which device',
			hash: 'SHA-256 of ids and content',
			outcome: 'applied, rejected and so on',
			code: 'why',
			field: 'which field was at fault',
			change_number: 'its place',
			received_at: 'when'
		}
	},
	journal_bodies: {
		about: 'what each op said',
		whose: CLIENT,
		class: 'client',
		kept: 'retention classes visits, visitsWithCard, notes, replaced, reports, cards, appointments',
		sealed: 'not what could be opened; sealed ops as they came',
		fields: { ...ORGANISATION, op_id: 'the op', body: 'its fields, JSON; empty where it was erased' }
	},
	records: {
		about: 'visits and all other records, as they are now',
		whose: CLIENT,
		class: 'client',
		kept: 'retention classes visits, visitsWithCard, notes, reports, cards, appointments; directory and desks while they are there',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			collection: 'kind of record',
			id: 'the record',
			part: 'whose it is to read',
			change_number: 'its place',
			state: 'its values with who wrote them and when; empty where it was erased'
		}
	},
	departures: {
		about: 'records that left somebody’s scope',
		whose: STAFF,
		class: 'technical',
		kept: LIFE,
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			part: 'whose scope',
			collection: 'kind of record',
			id: 'the record',
			change_number: 'its place'
		}
	},
	former_roles: {
		about: 'roles that somebody had before',
		whose: STAFF,
		class: 'staff',
		kept: '90 days',
		sealed: PLAIN,
		fields: { ...ORGANISATION, membership_id: 'whose', role: 'which', until: 'until when' }
	},
	imported_entries: {
		about: 'what an import of the directory brought last',
		whose: NOBODY,
		class: 'public',
		kept: 'while the source is imported',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			source: 'where from',
			source_id: 'its id there',
			record_id: 'the entry here',
			fields: 'hashes by field',
			raw: 'as it came',
			gone_at: 'gone there when'
		}
	},
	clips: {
		about: 'phrases and cards spoken by members',
		whose: STAFF,
		class: 'staff',
		kept: 'until it is taken away',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			phrase: 'which phrase or card',
			language: 'in which language',
			hash: 'hash of the recording',
			type: 'form of the sound',
			audio: 'the voice; empty where it was taken away',
			membership_id: 'who speaks',
			recorded_at: 'when',
			removed_at: 'taken away when'
		}
	},
	import_runs: {
		about: 'imports of the directory',
		whose: STAFF,
		class: 'staff',
		kept: LIFE,
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			id: 'the import',
			source: 'where from',
			format: 'form',
			language: 'language',
			partial: 'only a part',
			address: 'address',
			files: 'names and sizes',
			state: 'how far',
			code: 'why it failed',
			detail: 'more about that',
			result: 'what it did, numbers',
			made_by: 'by whom',
			applied_by: 'brought in by whom',
			made_at: 'when',
			changed_at: 'last sign of life'
		}
	},
	register_imports: {
		about: 'imports of old registers',
		whose: STAFF,
		class: 'staff',
		kept: LIFE,
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			id: 'the import',
			file: 'name of the file',
			state: 'how far',
			code: 'why it failed',
			detail: 'more about that',
			mapping: 'what its columns and values mean',
			result: 'what it did, numbers',
			made_by: 'by whom, or whose contacts they became',
			applied_by: 'brought in by whom',
			taken_back_by: 'taken back by whom',
			made_at: 'when',
			changed_at: 'last sign of life'
		}
	},
	register_rows: {
		about: 'rows of old registers that are in',
		whose: CLIENT,
		class: 'client',
		kept: 'until the import is taken back',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			row_key: 'keyed hash of the row; its key is in no database',
			import_id: 'which import',
			contacts: 'contacts that it stands for'
		}
	},
	packs: {
		about: 'the directory as phones fetch it',
		whose: NOBODY,
		class: 'public',
		kept: 'until the next one',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			change_number: 'up to where',
			made_at: 'when',
			area: 'regions',
			contents: 'counts',
			builder: 'process at work',
			builder_until: 'until when'
		}
	},
	pack_parts: {
		about: 'parts of packs',
		whose: NOBODY,
		class: 'public',
		kept: 'until no phone needs them',
		sealed: PLAIN,
		fields: { ...ORGANISATION, hash: 'hash', content: 'entries of the directory', dropped_at: 'unused since' }
	},
	link_checks: {
		about: 'web pages that the directory names',
		whose: NOBODY,
		class: 'public',
		kept: 'while the directory names them',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			id: 'hash of the address',
			url: 'the address',
			checked_on: 'day of the last look',
			status: 'answer',
			fault: 'fault',
			failed_days: 'days it failed',
			failing_since: 'first of them',
			failed_last: 'last of them'
		}
	},
	visit_facts: {
		about: 'what statistics count of a visit',
		whose: CLIENT,
		class: 'client',
		kept: 'as the visit',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			visit_id: 'the visit',
			date: 'day',
			municipality: 'municipality of the desk',
			client_municipality: 'where the client lives',
			desk_id: 'desk',
			membership_id: 'who logged it',
			channel: 'how they met',
			language: 'language',
			residence_length: 'how long in Finland, in classes',
			interpreting: 'how it was interpreted',
			duration: 'how long it took, in classes',
			client_status: 'status of the client',
			residence_ground: 'ground of residence',
			age_band: 'age, in classes',
			citizenship_group: 'citizenship, in groups',
			origin: 'country of origin',
			education: 'education',
			employment: 'employment',
			topics: 'topics',
			participants: 'how many took part, by language',
			referrals: 'where the client was sent, how, and what came of it',
			follow_up: 'when somebody looks how it went, or after how many days somebody did'
		}
	},
	packed_months: {
		about: 'the same of months that are over, by column',
		whose: CLIENT,
		class: 'client',
		kept: 'as the visits: a month in which one changes or goes is packed anew',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			month: 'the month',
			name: 'the column',
			value_list: 'values that occur',
			content: 'which visit has which',
			packing: 'which packing of the month it is of'
		}
	},
	card_links: {
		about: 'which visits a client card links',
		whose: CLIENT,
		class: 'client',
		kept: 'retention class cards',
		sealed: 'code as a hash',
		fields: { ...ORGANISATION, visit_id: 'the visit', card: 'hash of organisation and code' }
	},
	device_loads: {
		about: 'how much devices have sent lately',
		whose: STAFF,
		class: 'technical',
		kept: 'a day',
		sealed: PLAIN,
		fields: { ...ORGANISATION, device_id: 'the device', level: 'how much', at: 'when' }
	},
	address_loads: {
		about: 'how much addresses have asked lately, where it was much',
		whose: 'whoever asks',
		class: 'technical',
		kept: 'two minutes, and then until the next one that asks much, or the nightly run',
		sealed: PLAIN,
		fields: { address: 'address, or network of IPv6', level: 'how much', at: 'when' }
	},
	audit: {
		about: 'who has seen, changed, taken out and erased what',
		whose: STAFF,
		class: 'staff',
		kept: 'retention class audit',
		sealed: 'chained by HMAC, not encrypted',
		fields: {
			...ORGANISATION,
			id: 'the entry',
			at: 'when',
			membership_id: 'who',
			device_id: 'on which device',
			event: 'what',
			subject_id: 'whose things',
			kind: 'of which kind',
			ids: 'ids of what it is about',
			segment: 'month of the chain',
			number: 'place in it',
			hash: 'hash'
		}
	},
	audit_segments: {
		about: 'months of the trail',
		whose: NOBODY,
		class: 'technical',
		kept: LIFE,
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			segment: 'month',
			first_number: 'first place',
			anchor: 'hash before',
			last_number: 'last place',
			last_hash: 'last hash',
			dropped_at: 'dropped when',
			seal: 'HMAC of these'
		}
	},
	retention_periods: {
		about: 'for how long an organisation keeps what',
		whose: STAFF,
		class: 'staff',
		kept: LIFE,
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			class: 'class',
			months: 'months',
			before: 'months before that',
			set_at: 'set when',
			set_by: 'by whom'
		}
	},
	retention_runs: {
		about: 'what each night erased, in numbers',
		whose: NOBODY,
		class: 'technical',
		kept: 'two years',
		sealed: PLAIN,
		fields: { ...ORGANISATION, date: 'day', changed_at: 'when', unfinished: 'it goes on', counts: 'numbers' }
	},
	retained_figures: {
		about: 'contacts of visits whose period is over',
		whose: NOBODY,
		class: 'technical',
		kept: 'retention class figures',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			month: 'month',
			municipality: 'municipality of the desk',
			contacts: 'how many'
		}
	},
	feedback_sums: {
		about: 'what clients answered about the help, in sums: no row is one of them',
		whose: NOBODY,
		class: 'technical',
		kept: 'for good: nobody can be told from it but where a desk had a single answer in a language and month',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			month: 'month of arrival',
			desk_id: 'desk, or none',
			language: 'in which it was read',
			source: 'handed over, by a code, or from a phone that was locked out',
			question: 'which question',
			answer: 'which answer, or skipped',
			count: 'how many'
		}
	},
	feedback_forms: {
		about: 'forms of the public page that were counted, so that each is once',
		whose: NOBODY,
		class: 'technical',
		kept: 'two days',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			form_hash: 'SHA-256 of what the form was called, by chance',
			desk_id: 'desk',
			date: 'day'
		}
	},
	published_figures: {
		about: 'figures of a quarter as they were given to somebody outside, small ones hidden',
		whose: NOBODY,
		class: 'technical',
		kept: 'for good: what is given later must hide what they hid',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			quarter: 'the quarter',
			report: 'figures by class, small ones hidden',
			given_at: 'when'
		}
	},
	api_tokens: {
		about: 'programs of a municipality that may read public figures',
		whose: NOBODY,
		class: 'technical',
		kept: 'for good: whose token it was must be found in the audit trail',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			id: 'id',
			name: 'who reads with it',
			token_hash: 'SHA-256 of the token',
			created_at: 'when it was made',
			expires_at: 'until when it counts',
			used_at: 'when it was used last',
			revoked_at: 'when it was taken back'
		}
	},
	shares: {
		about: 'what organisations let each other see: receptions, language help',
		whose: NOBODY,
		class: 'technical',
		kept: 'until either of the two ends it; one that nobody has accepted until 30 days after its code',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			id: 'its id',
			kinds: 'what is seen, JSON',
			created_at: 'since when it is offered',
			code_hash: 'SHA-256 of the one-time code, until somebody has accepted',
			expires_at: 'until when the code works',
			receiver_id: 'the organisation that has accepted',
			accepted_at: 'when it accepted'
		}
	},
	printed_reports: {
		about: 'figures of a municipality as they were printed last, small ones hidden',
		whose: NOBODY,
		class: 'technical',
		kept: 'for good: what is printed later must hide what they hid',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			period_to: 'last day of the time',
			period_from: 'first day of the time',
			place: 'codes of the municipalities',
			report: 'figures by class, small ones hidden',
			given_at: 'when'
		}
	},
	contact_persons: {
		about: 'whom an organisation knows in a municipality; for coordinators, on no device',
		whose: OUTSIDE,
		class: 'outside',
		kept: 'until a coordinator removes them',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			municipality: 'code of the municipality',
			name: 'the name',
			role: 'role or title there',
			email: 'the e-mail address',
			phone: 'the telephone number',
			language: 'of the mails',
			tells: 'they are told of cancelled days',
			note: 'a note in own words',
			changed_at: 'when it was written last',
			changed_by: 'the membership that wrote it'
		}
	},
	told_days: {
		about: 'which cancelled days contact persons were told of',
		whose: NOBODY,
		class: 'technical',
		kept: 'until the day is over',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			reception_id: 'the reception',
			date: 'the day',
			desk_id: 'the desk',
			municipality: 'code of the municipality',
			told: 'what was told last',
			cancelled: 'what holds',
			changed_at: 'when it was noticed'
		}
	},
	mails: {
		about: 'mails to contact persons; the address is read from `contact_persons` when one goes',
		whose: OUTSIDE,
		class: 'outside',
		kept: '30 days, or until the contact person is removed',
		sealed: PLAIN,
		fields: {
			...ORGANISATION,
			id: 'its id, also as Message-ID',
			municipality: 'whose contact person it is for',
			kind: 'of days, or to try out',
			state: 'waits, sent, failed',
			subject: 'its subject',
			text: 'what it says: where and when, as on the public page',
			calendar: 'the days as a calendar file',
			made_at: 'when it was written',
			until: 'from then on it is of no use',
			tries: 'how often it was tried',
			next_at: 'when it is tried again',
			sent_at: 'when it went',
			code: 'why it did not',
			answer: 'what the mail server said, which may name the address',
			held_by: 'which server is sending it',
			held_until: 'until when'
		}
	},
	server_facts: {
		about: 'what the server knows of itself',
		whose: NOBODY,
		class: 'technical',
		kept: 'always',
		sealed: PLAIN,
		fields: { key: 'name', value: 'value' }
	},
	migrations: {
		about: 'which migrations the database went through',
		whose: NOBODY,
		class: 'technical',
		kept: 'always',
		sealed: PLAIN,
		fields: { name: 'name', at: 'when' }
	}
};

const VAULT = 'body under the user’s key, where the device has a vault';
const SEALED = { codec: 'how the body lies', body: 'what it says' };

/** Stores of the two databases on a device, by the interface of their rows. @type {Record<string, Words>} */
export const device = {
	VisitRow: {
		about: 'store `visits`: visits that the user may read',
		whose: CLIENT,
		class: 'client',
		kept: 'as on the server; others’ visits only while one may read them',
		sealed: VAULT,
		fields: {
			...SEALED,
			id: 'the visit',
			part: 'whose it is',
			brief: 'its time, while the vault is open; never stored'
		}
	},
	OutboxRow: {
		about: 'store `outbox`: what waits for delivery',
		whose: CLIENT,
		class: 'client',
		kept: 'until the server has received it',
		sealed: VAULT + '; and sealed to the organisation',
		fields: {
			...SEALED,
			seq: 'number',
			again: 'number of before',
			opId: 'the op',
			recordId: 'of which record',
			collection: 'kind',
			sealed: 'the op for the server alone',
			about: 'visit it is about'
		}
	},
	RejectedRow: {
		about: 'store `rejected`: what the server did not accept',
		whose: CLIENT,
		class: 'client',
		kept: 'until its author decides',
		sealed: VAULT,
		fields: {
			...SEALED,
			opId: 'the op',
			recordId: 'of which record',
			collection: 'kind',
			state: 'what becomes of it',
			decided: 'somebody decided',
			numbered: 'its number',
			place: 'its place',
			reason: 'why'
		}
	},
	SentRow: {
		about: 'store `sent`: what was delivered and no backup covers yet',
		whose: CLIENT,
		class: 'client',
		kept: 'until a verified backup covers it; emptied at once of what is erased',
		sealed: VAULT,
		fields: {
			...SEALED,
			id: 'number',
			at: 'when',
			change: 'highest place',
			replica: 'database',
			records: 'records',
			opIds: 'ops',
			seqs: 'numbers',
			changes: 'places',
			ops: 'ops as they lay'
		}
	},
	DraftRow: {
		about: 'store `drafts`: forms that are not saved',
		whose: CLIENT,
		class: 'client',
		kept: 'until it is saved or thrown away',
		sealed: VAULT,
		fields: { ...SEALED, id: 'which form', at: 'when' }
	},
	RecordRow: {
		about:
			'store `records`: desks, receptions, appointments, events and their counts, working hours, who opens the door, language help, what other organisations share, notices, colleagues’ names, own reports about the directory and the tour',
		whose: CLIENT,
		class: 'client',
		kept: 'as on the server',
		sealed:
			'appointments, working hours, own reports, names and who opens the door as visits; desks, receptions, events and their counts, language help and notices plain, to serve while locked',
		fields: { ...SEALED, collection: 'kind', id: 'the record', part: 'whose it is' }
	},
	MetaRow: {
		about: 'stores `meta` and `settings`: what the device knows about itself',
		whose: NOBODY,
		class: 'technical',
		kept: 'while the membership is on the device',
		sealed: PLAIN,
		fields: { key: 'name', value: 'value' }
	},
	MembershipRow: {
		about: 'store `memberships`: who uses this device',
		whose: STAFF,
		class: 'staff',
		kept: 'until the device is emptied',
		sealed: 'keys cannot be taken out',
		fields: {
			id: 'the membership',
			organisation: 'organisation',
			organisationName: 'its name',
			role: 'role',
			name: 'name',
			device: 'device',
			database: 'name of the database',
			key: 'signing key',
			vault: 'wrapped keys',
			sealTo: 'the organisation’s public key',
			heardAt: 'last contact',
			revokedAt: 'locked out when',
			signInNeeded: 'sign in again',
			demo: 'sample data',
			usedAt: 'last use'
		}
	},
	ServiceRow: {
		about: 'store `services`: the directory',
		whose: NOBODY,
		class: 'public',
		kept: 'until the server says otherwise',
		sealed: PLAIN,
		fields: { ...SEALED, organisation: 'organisation', id: 'the entry', change: 'its place' }
	},
	PackRow: {
		about: 'store `packs`: packs of the directory',
		whose: NOBODY,
		class: 'public',
		kept: 'until the next one',
		sealed: PLAIN,
		fields: {
			organisation: 'organisation',
			askedAt: 'asked when',
			epoch: 'life of the server',
			installed: 'in use',
			wanted: 'being fetched',
			fullAt: 'no room when'
		}
	},
	PackPartRow: {
		about: 'store `packParts`',
		whose: NOBODY,
		class: 'public',
		kept: 'until the next one',
		sealed: PLAIN,
		fields: { hash: 'hash', bytes: 'entries of the directory', whole: 'its search index' }
	},
	PackIdsRow: {
		about: 'store `packIds`',
		whose: NOBODY,
		class: 'public',
		kept: 'until the next one',
		sealed: PLAIN,
		fields: { hash: 'hash', ids: 'entries' }
	}
};

/** The fields of a visit, `notes/<uuid>` among them: what each tells about a client. @type {Record<string, string>} */
export const visit = {
	at: 'when',
	desk: 'where, or without a place',
	deskMunicipality: 'municipality of the desk',
	clientMunicipality: 'where the client lives; asked, never inferred',
	channel: 'met, called, wrote',
	language: 'language of the advice',
	interpreting: 'whether somebody interpreted',
	topics: 'what was asked; sensitive topics among them',
	topicText: 'what another matter was; own words',
	actions: 'what was done',
	referrals: 'where the client was sent',
	participants: 'of a group: how many people, by language',
	followUp: 'when somebody looks what came of the referrals',
	takenUp: 'what came of the referrals',
	event: 'the event that it stands for',
	eventCounted: 'what of that event was counted into it',
	duration: 'how long it took, in classes',
	clientStatus: 'new or known',
	residenceLength: 'how long in Finland, in classes',
	residenceGround: 'ground of residence, in classes',
	ageBand: 'age, in classes',
	citizenshipGroup: 'citizenship, in classes',
	origin: 'country of origin',
	education: 'education, in classes',
	employment: 'employment, in classes',
	clientCard: 'code of the client’s card',
	cardConsent:
		'that the client agreed to the card: in which language and words, on which day, read, heard or interpreted',
	removed: 'taken back',
	'notes/<uuid>': 'a note; own words'
};
