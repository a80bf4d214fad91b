import type { FeedbackQuestion, FeedbackSource } from '#lib/domain/feedback.ts';
import type { SignInWay } from '#lib/protocol/account.ts';
import type { clipTypes } from '#lib/protocol/clips.ts';
import type { AuditEvent, AuditKind } from '#lib/protocol/audit.ts';
import type { Role } from '#lib/protocol/accounts.ts';
import type { LinkFault } from '#lib/protocol/directory-checks.ts';
import type { ImportState } from '#lib/protocol/imports.ts';
import type { RegisterState } from '#lib/protocol/register-import.ts';
import type { RetentionClass } from '#lib/protocol/retention.ts';

/**
 * The tables, the same on SQLite and PostgreSQL. `organisation_id` leads every key, so that no query can forget it and the same
 * key can shard (design.md §7); only what is asked before the organisation is known, the device's id, the session's token and the
 * invitation's code, is unique without it. Times are ms since 1970; JSON is kept as text, because a
 * store that parses it would change it. Flags are 0 and 1.
 */
export interface Database {
	organisations: { id: string; name: string; demo: number; settings: string; created_at: number };
	/** One row an organisation: the last change number given out, and how far a backup covers them. */
	counters: {
		organisation_id: string;
		change_number: number;
		/** Highest change number inside a verified backup; null: none yet. */
		durable: number | null;
	};
	memberships: {
		organisation_id: string;
		id: string;
		name: string;
		role: Role;
		created_at: number;
		ended_at: number | null;
	};
	devices: {
		organisation_id: string;
		id: string;
		membership_id: string;
		name: string;
		/** JWK of the signing key. */
		public_key: string;
		created_at: number;
		seen_at: number | null;
		revoked_at: number | null;
		/** Highest sequence number that the device ever announced, by replica; JSON. */
		high_seq: string;
		/** When it said, revoked, that it had emptied itself. */
		wiped_at: number | null;
	};
	/** Keys that phones of an organisation seal to (protocol/sealed.ts). One that was replaced is kept: a phone may come back after months. */
	organisation_keys: {
		organisation_id: string;
		kid: string;
		public_key: string;
		/** Locked with the server's secret, see keys/secret-box.ts. */
		private_key: string;
		created_at: number;
		retired_at: number | null;
	};
	sessions: {
		organisation_id: string;
		/** SHA-256 of the cookie's token. */
		token_hash: string;
		membership_id: string;
		device_id: string;
		created_at: number;
		used_at: number;
		/** Name by which its owner ends it. */
		id: string;
		/** How it was begun. */
		way: SignInWay;
		/** When its user proved last who they are, see accounts/step-up.ts. */
		proved_at: number;
	};
	/** Public halves of passkeys. The private halves never leave what made them. */
	passkeys: {
		organisation_id: string;
		/** Credential id, base64url. */
		id: string;
		membership_id: string;
		/** COSE, base64url. */
		public_key: string;
		/** As last signed; stays 0 where whatever holds the key does not count. */
		counter: number;
		/** How it can be reached, as its browser said; JSON list. */
		transports: string;
		/** Whether it may be on several devices, and whether it is. */
		synced: number;
		backed_up: number;
		/** As its owner calls it. */
		name: string;
		created_at: number;
		used_at: number | null;
	};
	/** What passkeys are asked to sign, see accounts/challenges.ts. Asked for before the organisation is known. */
	challenges: {
		/** SHA-256 of the challenge. */
		hash: string;
		purpose: 'sign-in' | 'register' | 'step-up' | 'directory';
		/** The session for which it was made; empty: nobody is signed in yet. */
		subject: string;
		expires_at: number;
	};
	invitations: {
		organisation_id: string;
		/** SHA-256 of the code. */
		code_hash: string;
		membership_id: string;
		expires_at: number;
		used_at: number | null;
		created_at: number;
		/** Membership; null: the server or a command of whoever runs it. */
		made_by: string | null;
		/** How whoever redeems it has shown who they are. */
		way: SignInWay;
		/** SHA-256 of what only one browser has, see accounts/issuer/attempt.ts; null: any browser may redeem it. */
		browser: string | null;
		/** When they showed it; null: when they redeem it. */
		proved_at: number | null;
	};
	/** Members as the municipality's directory knows them. */
	identities: {
		organisation_id: string;
		membership_id: string;
		/** E-mail address or user name, as a coordinator entered it; small letters. */
		name: string;
		/** Whom the directory meant at the first sign-in: from then on only these count. Null: nobody has come yet. */
		issuer: string | null;
		subject: string | null;
		set_at: number;
		used_at: number | null;
	};
	/** Failed tries at codes, by kind of limit and hour; survives a restart. */
	attempts: { scope: string; window_start: number; count: number };
	/** Header of every op that was received, accepted or not. Never erased: the proof of receipt. */
	journal: {
		organisation_id: string;
		op_id: string;
		replica: string;
		seq: number;
		collection: string;
		record_id: string;
		membership_id: string;
		device_id: string;
		/** SHA-256 of the op's content. */
		hash: string;
		outcome: 'applied' | 'conflict' | 'rejected' | 'later';
		code: string | null;
		field: string | null;
		change_number: number | null;
		received_at: number;
	};
	/** What an op said; empty where it was erased. */
	journal_bodies: { organisation_id: string; op_id: string; body: string };
	records: {
		organisation_id: string;
		collection: string;
		id: string;
		/** Part of the scope that the record belongs to: `organisation`, `directory`, `member:<id>`. */
		part: string;
		change_number: number;
		/** Heads and seen, see domain/record-text.ts; empty where the record was erased. */
		state: string;
	};
	/** Records that left a part of the scope; whoever reads the part is told to let go of them. */
	departures: {
		organisation_id: string;
		part: string;
		collection: string;
		id: string;
		change_number: number;
	};
	/** Roles that a membership had before: an op is judged by its author's rights when it was written (design.md §5.3). */
	former_roles: { organisation_id: string; membership_id: string; role: Role; until: number };
	/** What an import brought last, by source: the next one writes only what has changed there. */
	imported_entries: {
		organisation_id: string;
		source: string;
		/** The entry's id in its source. */
		source_id: string;
		record_id: string;
		/** Hash of each field as it was imported; JSON. */
		fields: string;
		/** The record as it came, JSON; null where nothing is given back in that form. */
		raw: string | null;
		/** When the source had it no more; null: it has. */
		gone_at: number | null;
	};
	/** Phrases that somebody has spoken. */
	clips: {
		organisation_id: string;
		phrase: string;
		language: string;
		/** SHA-256 of the recording, hex. */
		hash: string;
		type: (typeof clipTypes)[number];
		/** Base64: text is the same on both stores. Empty where it was taken away. */
		audio: string;
		membership_id: string;
		recorded_at: number;
		removed_at: number | null;
	};
	/** Imports, from their files to what they did: who brought in what, and when. */
	import_runs: {
		organisation_id: string;
		id: string;
		source: string;
		/** As somebody said, or as it was found out. */
		format: string | null;
		language: string;
		partial: number;
		/** Where the server fetches it from; null: files. */
		address: string | null;
		/** JSON list of names and sizes. */
		files: string;
		state: ImportState;
		/** Why it failed. */
		code: string | null;
		/** More about that, in English. */
		detail: string | null;
		/** What the dry run found, or what was done; JSON. */
		result: string | null;
		/** Membership; null: the command line. */
		made_by: string | null;
		applied_by: string | null;
		made_at: number;
		/** Last sign of life of whatever works on it. */
		changed_at: number;
	};
	/** Old registers that were brought in from a spreadsheet; see register-import. */
	register_imports: {
		organisation_id: string;
		id: string;
		/** Name of the file. */
		file: string;
		state: RegisterState;
		/** Why it failed. */
		code: string | null;
		/** More about that, in English. */
		detail: string | null;
		/** What its columns and values mean; JSON, protocol/register-import.ts. */
		mapping: string | null;
		/** What the dry run found, or what was done; JSON. */
		result: string | null;
		/** Memberships. */
		made_by: string;
		applied_by: string | null;
		taken_back_by: string | null;
		made_at: number;
		/** Last sign of life of whatever works on it. */
		changed_at: number;
	};
	/** Rows of old registers that are in: none comes in twice. */
	register_rows: {
		organisation_id: string;
		/** Keyed hash of what the row says, and of how many rows before it say the same. */
		row_key: string;
		import_id: string;
		/** Contacts that it stands for: the ids of their records follow from the import, the row and their number. */
		contacts: number;
	};
	/** The directory as phones fetch it whole, one row an organisation; see directory/pack. */
	packs: {
		organisation_id: string;
		/** Up to which change number it holds everything. */
		change_number: number;
		/** Null: it is being built for the first time. */
		made_at: number | null;
		/** Regions that it is cut to; JSON, null for the whole country. */
		area: string;
		/** Services, languages and parts; JSON. Null: too few services for a pack. */
		contents: string | null;
		/** Who builds it anew at present, and until when that is believed. */
		builder: string | null;
		builder_until: number | null;
	};
	/** Parts of packs. They can be built again from the records at any time. */
	pack_parts: {
		organisation_id: string;
		/** SHA-256 of the content, hex. */
		hash: string;
		/** Base64: what both stores and a move between them carry alike is text. */
		content: string;
		/** Since when no pack has it; null: the present one does. */
		dropped_at: number | null;
	};
	/** What is known of the web pages that the directory names. */
	link_checks: {
		organisation_id: string;
		/** SHA-256 of the address, hex: addresses are too long for a key. */
		id: string;
		url: string;
		/** Civil date. */
		checked_on: string;
		status: number | null;
		fault: LinkFault | null;
		/** Days on which it failed since it was last there, the first and the last of them; see directory/broken-links.ts. */
		failed_days: number;
		failing_since: string | null;
		failed_last: string | null;
	};
	/** What statistics count of a visit, one row a visit, kept up in the writing transaction. */
	visit_facts: {
		organisation_id: string;
		visit_id: string;
		/** Civil date in Europe/Helsinki. */
		date: string;
		municipality: string;
		client_municipality: string;
		desk_id: string;
		membership_id: string;
		channel: string;
		language: string;
		interpreting: string;
		duration: string;
		client_status: string;
		residence_length: string;
		residence_ground: string;
		age_band: string;
		citizenship_group: string;
		origin: string;
		education: string;
		employment: string;
		/** JSON list of topic ids: in rows of their own they would cost a batch more than all its other facts. */
		topics: string;
		/** Lists and forms of domain/visit-facts.ts, for the same reason. */
		participants: string;
		referrals: string;
		follow_up: string;
	};
	/** Visits that have a client card; `card` is a hash, see card-links.ts. */
	card_links: { organisation_id: string; visit_id: string; card: string };
	/**
	 * What `visit_facts` says of a month that is over, by column and packed, one row a column: a report over years reads some bytes of each visit
	 * instead of its row. A month in which a visit changes loses its rows in the same transaction; see reports/packed-months.ts.
	 */
	packed_months: {
		organisation_id: string;
		/** As in `2026-03`. */
		month: string;
		/** Name of the column, as statistics/dimensions.ts has it. */
		name: string;
		/** JSON list of the values that occur. */
		value_list: string;
		/** Index of each visit's value, base64; see reports/packed-months.ts. */
		content: string;
		/** Id of the packing that this is of: all columns of a month have the same. */
		packing: string;
	};
	/** How much devices that send much have sent lately, see limits/request-limits.ts. */
	device_loads: { organisation_id: string; device_id: string; level: number; at: number };
	/** The same of addresses, and of networks where they are IPv6; for the two minutes that a load lasts. */
	address_loads: { address: string; level: number; at: number };
	/** Who did what, see audit/note.ts. Rows are added and never changed, but for their place in the chain (audit/chain.ts). */
	audit: {
		organisation_id: string;
		id: string;
		at: number;
		/** Null: the server itself, or a command of whoever runs it. */
		membership_id: string | null;
		device_id: string | null;
		event: AuditEvent;
		/** Member whose things they are; null: nobody's in particular. */
		subject_id: string | null;
		kind: AuditKind;
		/** Of what it is about; JSON list. */
		ids: string;
		/** Month and number in the chain, and hash; null: it has no place yet. */
		segment: string | null;
		number: number | null;
		hash: string | null;
	};
	/** Months of the chain: from which hash to which each goes. They stay when their rows are dropped. */
	audit_segments: {
		organisation_id: string;
		segment: string;
		first_number: number;
		/** Hash of the row before. */
		anchor: string;
		last_number: number;
		last_hash: string;
		dropped_at: number | null;
		/** HMAC of the above. */
		seal: string;
	};
	/** For how many months an organisation keeps what, where it has set that itself; see retention/periods.ts. */
	retention_periods: {
		organisation_id: string;
		class: RetentionClass;
		months: number;
		/** What was in force when it was set. */
		before: number;
		set_at: number;
		/** Membership. */
		set_by: string;
	};
	/** What each night emptied: numbers only. */
	retention_runs: {
		organisation_id: string;
		/** Civil date. */
		date: string;
		/** Last sign of life. */
		changed_at: number;
		/** 1: it goes on with the next hour, or died. */
		unfinished: number;
		/** JSON, protocol/retention.ts. */
		counts: string;
	};
	/** Contacts that were counted of visits that are gone since: no row is one of them. */
	retained_figures: { organisation_id: string; month: string; municipality: string; contacts: number };
	/** What clients answered, counted; no row is one of them. See feedback/count-feedback.ts. */
	feedback_sums: {
		organisation_id: string;
		/** When it arrived, `2026-03`. */
		month: string;
		/** Empty: at no desk. */
		desk_id: string;
		/** BCP 47. */
		language: string;
		source: FeedbackSource;
		question: FeedbackQuestion;
		/** Or `skipped`. */
		answer: string;
		count: number;
	};
	/** Forms of the public page that were sent, so that each counts once. Kept for two days. */
	feedback_forms: {
		organisation_id: string;
		/** SHA-256 of what the form was called. */
		form_hash: string;
		desk_id: string;
		/** Civil date. */
		date: string;
	};
	/** The report of a quarter as it was given to somebody outside last, see reports/published-figures.ts. */
	published_figures: { organisation_id: string; quarter: string; report: string; given_at: number };
	/** What was printed for a municipality last, or for some together, by its time; see reports/printed-reports.ts. */
	printed_reports: {
		organisation_id: string;
		period_to: string;
		period_from: string;
		/** Municipality codes, `+` between them. */
		place: string;
		/** JSON, statistics/printed-report.ts. */
		report: string;
		given_at: number;
	};
	/** What an organisation lets another one see: see sharing/shares.ts. */
	shares: {
		/** Who gives. */
		organisation_id: string;
		id: string;
		/** JSON, a list of domain/shared.ts. */
		kinds: string;
		created_at: number;
		/** SHA-256 of the code that was made for it; null once somebody has accepted. */
		code_hash: string | null;
		expires_at: number;
		/** Which organisation has accepted. */
		receiver_id: string | null;
		accepted_at: number | null;
	};
	/** With what programs of a municipality read public figures, see accounts/api-tokens.ts. */
	api_tokens: {
		organisation_id: string;
		id: string;
		/** Who reads with it, as whoever made it wrote. */
		name: string;
		/** SHA-256, hex. */
		token_hash: string;
		created_at: number;
		expires_at: number;
		used_at: number | null;
		revoked_at: number | null;
	};
	/** Whom the organisation knows in a municipality, see contact-persons/persons.ts. */
	contact_persons: {
		organisation_id: string;
		/** Official code. */
		municipality: string;
		name: string;
		role: string | null;
		email: string;
		phone: string | null;
		/** Of the mails. */
		language: string;
		/** 1: they are told of cancelled days. */
		tells: number;
		note: string | null;
		changed_at: number;
		/** Membership. */
		changed_by: string;
	};
	/** Reception days that were cancelled, and whether the contact person was told, see mails/told-days.ts. */
	told_days: {
		organisation_id: string;
		reception_id: string;
		/** Civil date. */
		date: string;
		desk_id: string;
		municipality: string;
		/** 1: what was told last is that it is cancelled. */
		told: number;
		/** 1: it is cancelled. */
		cancelled: number;
		/** When the server noticed it last. */
		changed_at: number;
	};
	/** Mails to contact persons: those that wait, and for a while those that went or did not. */
	mails: {
		organisation_id: string;
		id: string;
		/** Whose contact person it is for: the address is read when it goes. */
		municipality: string;
		/** `days` or `trial`. */
		kind: string;
		/** `waiting`, `sent` or `failed`. */
		state: string;
		subject: string;
		text: string;
		/** A file that goes along, iCalendar. */
		calendar: string | null;
		made_at: number;
		/** From then on it is of no use. */
		until: number;
		tries: number;
		next_at: number;
		sent_at: number | null;
		/** Why the last try did not succeed, protocol/contact-persons.ts. */
		code: string | null;
		/** What the mail server said to it. */
		answer: string | null;
		/** Who is sending it. */
		held_by: string | null;
		/** Until when nobody else tries; 0: nobody is sending it. */
		held_until: number;
	};
	/** What the server knows of itself: epoch, last durable change. */
	server_facts: { key: string; value: string };
}
