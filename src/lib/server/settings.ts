import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { emailAddress } from '#lib/domain/email-address.ts';

/** Letters of the server's secret, at least: 32 of base64 are 192 bits. */
export const SECRET_LENGTH = 32;
/** Megabytes of an import in the demo. */
const DEMO_MOST_MB = 2;

const SMTP_TAKES = 'smtp://user:password@host:587 or smtps://user:password@host:465';

/** This machine itself: nobody listens between. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** A mail server's address in its parts; undefined for what is none. */
function smtpOf(value: string): Omit<MailSettings, 'from' | 'wait' | 'daily'> | undefined {
	const url = URL.parse(value);
	if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || !url.hostname) return undefined;
	if (!['', '/'].includes(url.pathname) || url.search || url.hash) return undefined;
	const implicit = url.protocol === 'smtps:';
	try {
		return {
			host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
			port: Number(url.port || (implicit ? 465 : 587)),
			tls: implicit ? 'implicit' : LOOPBACK.test(url.hostname) ? 'offered' : 'needed',
			user: decodeURIComponent(url.username) || undefined,
			password: decodeURIComponent(url.password) || undefined
		};
	} catch {
		return undefined;
	}
}

/** Keys of the environment, each explained in `.env.example`. */
const schema = z.object({
	DATABASE_URL: z
		.string()
		.refine(
			(value) => /^postgres(ql)?:\/\//.test(value) || !/^[a-z]+:\/\//.test(value),
			'a file path or postgres://…'
		)
		.default('data/reppu.db'),
	/** List of what was erased, outside the database and its backups; see storage/erased-list.ts. */
	ERASED_FILE: z.string().optional(),
	/** What the private keys of organisations are locked with; or the file that it stands in. */
	REPPU_SECRET: z.string().trim().min(SECRET_LENGTH, `at least ${SECRET_LENGTH} random letters`).optional(),
	REPPU_SECRET_FILE: z.string().optional(),
	/** Years for which the audit trail is kept. */
	AUDIT_YEARS: z.coerce.number().int().min(1).max(50).default(5),
	/** Hours after which a session that nobody uses ends. */
	SESSION_IDLE_HOURS: z.coerce.number().int().min(1).max(720).default(12),
	DEMO: z.stringbool().default(false),
	ORGANISATION_NAME: z.string().trim().min(1).max(80).default('Neuvonta'),
	/** Public address, for links that the server prints, and for the origin check behind a proxy. */
	ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
	/** Where files of imports lie until they are brought in; shared by several app servers. */
	IMPORT_FOLDER: z.string().optional(),
	/** Megabytes that one import may have. */
	IMPORT_MOST_MB: z.coerce.number().int().min(1).max(10_000).default(250),
	/** Hosts that a directory may be fetched from. */
	IMPORT_HOSTS: z
		.string()
		.transform((hosts) =>
			hosts
				.toLowerCase()
				.split(/[\s,]+/)
				.filter((host) => host !== '')
		)
		.refine(
			(hosts) => hosts.every((host) => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*(:\d+)?$/.test(host)),
			'names of hosts, with commas between them'
		)
		.default([]),
	/** Codes of regions (Finnish: maakunta) that packs hold beside those of the desks, or `all`. */
	PACK_REGIONS: z
		.string()
		.regex(/^(all|\d{2}(\s*,\s*\d{2})*)$/, 'all, or codes of regions with commas between them')
		.optional(),
	/** Whether the pages that the directory names are looked at once a day. */
	LINK_CHECKS: z.stringbool().default(true),
	/** Whether requests and entries are limited for each address and device. */
	REQUEST_LIMITS: z.stringbool().default(true),
	/** The municipality's directory of people (OpenID Connect): its address, as it names itself. */
	OIDC_ISSUER: z
		.url({ protocol: /^https$/ })
		.refine(
			// What stands for every tenant of Entra is the issuer of nobody in particular.
			(issuer) => !/^https:\/\/[^/]+\/(common|organizations|consumers)(\/|$)/.test(issuer),
			'the address of one directory'
		)
		.optional(),
	OIDC_CLIENT_ID: z.string().trim().min(1).max(200).optional(),
	OIDC_CLIENT_SECRET: z.string().trim().min(8, 'at least 8 letters').optional(),
	/** What the button for it says. */
	OIDC_NAME: z.string().trim().min(1).max(40).optional(),
	/** Which claim a coordinator has entered for a member. */
	OIDC_CLAIM: z.enum(['email', 'preferred_username']).default('email'),
	/** Id of the organisation whose members it knows, where this server has several. */
	OIDC_ORGANISATION: z.uuid().optional(),
	/** The mail server that takes mails to contact persons; user and password stand in it. */
	SMTP_URL: z
		.string()
		.refine((value) => smtpOf(value) !== undefined, SMTP_TAKES)
		.optional(),
	/** From which address they come. */
	MAIL_FROM: z
		.string()
		.refine((value) => emailAddress.safeParse(value).success, 'an e-mail address')
		.optional(),
	/** Seconds for which a change may be taken back before it is mailed. */
	MAIL_WAIT: z.coerce.number().int().min(0).max(3600).default(300),
	/** Mails of one organisation in 24 hours, at most. */
	MAIL_DAILY: z.coerce.number().int().min(1).max(10_000).default(100),
	/** Where this process listens, told by the server's entry. */
	REPPU_ADDRESS: z.url({ protocol: /^https?$/ }).optional(),
	LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')
});

/** Where members can sign in by the municipality's directory of people. */
export interface IssuerSettings {
	/** As it names itself, without a slash at its end. */
	address: string;
	clientId: string;
	clientSecret: string;
	/** What people call it. */
	name: string;
	/** Which claim a coordinator has entered for a member; an e-mail address counts only where the directory has verified it. */
	claim: 'email' | 'preferred_username';
	/** Whose members it knows; undefined: of the one organisation that is there. */
	organisation: string | undefined;
}

/** By which server mails go. */
export interface MailSettings {
	host: string;
	port: number;
	/** From the first byte; by STARTTLS, and never without; or by STARTTLS where this machine offers it to itself. */
	tls: 'implicit' | 'needed' | 'offered';
	user: string | undefined;
	password: string | undefined;
	/** Address that mails come from. */
	from: string;
	/** How long a change may be taken back before it is mailed, ms. */
	wait: number;
	/** Mails of one organisation in 24 hours, at most. */
	daily: number;
}

export interface Settings {
	databaseUrl: string;
	/** Path of the list of what was erased; undefined: the database lives in memory, and so does the list. */
	erasedFile: string | undefined;
	secret: {
		/** The server's secret itself, where it was given. */
		text: string | undefined;
		/** The file in which it stands; undefined: it was not named, and the database is not a file either. */
		file: string | undefined;
		/** The file was named, so it is not made here. */
		given: boolean;
	};
	/** Years for which the audit trail is kept. */
	auditYears: number;
	/** How long a session lives that nobody uses, ms. */
	sessionIdle: number;
	demo: boolean;
	organisationName: string;
	origin: string | undefined;
	/** Address for links that the server prints. */
	address: string;
	/** Regions whose services phones get beside those of the regions where the desks are. */
	packRegions: 'all' | readonly string[];
	logLevel: z.infer<typeof schema>['LOG_LEVEL'];
	/** Whether requests and entries are limited for each address and device. */
	requestLimits: boolean;
	/** Whether the server looks at the pages that the directory names. */
	linkChecks: boolean;
	/** Undefined: nobody signs in that way. */
	issuer: IssuerSettings | undefined;
	/** Undefined: no mails are sent. */
	mail: MailSettings | undefined;
	imports: {
		folder: string;
		/** Bytes of one import at most. */
		most: number;
		/** Hosts that a directory may be fetched from, by https. */
		hosts: readonly string[];
	};
}

/** Where the list of what was erased lies by default: beside a database in one file, else in the folder of the server's data. */
function besideDatabase(url: string): string | undefined {
	if (url === ':memory:') return undefined;
	return /^postgres(ql)?:\/\//.test(url) ? 'data/reppu.erased' : `${url}.erased`;
}

/** Where the server's secret lies by default: beside a database in one file. Several app servers share one, which somebody has to give them. */
function secretFile(url: string): string | undefined {
	return url === ':memory:' || /^postgres(ql)?:\/\//.test(url) ? undefined : `${url}.secret`;
}

/** Where imports wait by default: beside a database in one file, else in the folder of the server's data. */
function importFolder(url: string): string {
	if (url === ':memory:') return join(tmpdir(), 'reppu-imports');
	return /^postgres(ql)?:\/\//.test(url) ? 'data/imports' : `${url}.imports`;
}

/** A setting has a wrong value. The message is one line that names the key and what it takes, never the value. */
export class BadSetting extends Error {}

/** All that the directory of people needs, or nothing. */
function issuerOf(read: z.infer<typeof schema>): IssuerSettings | undefined {
	const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_CLAIM, OIDC_ORGANISATION } = read;
	if (OIDC_ISSUER === undefined) return undefined;
	const needed = { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME };
	for (const [key, value] of Object.entries(needed))
		if (value === undefined)
			throw new BadSetting(`The setting ${key} is wrong: OIDC_ISSUER needs it. See .env.example.`);
	return {
		address: OIDC_ISSUER.replace(/\/$/, ''),
		clientId: OIDC_CLIENT_ID ?? '',
		clientSecret: OIDC_CLIENT_SECRET ?? '',
		name: OIDC_NAME ?? '',
		claim: OIDC_CLAIM,
		organisation: OIDC_ORGANISATION
	};
}

/** All that mails need, or nothing. */
function mailOf(read: z.infer<typeof schema>): MailSettings | undefined {
	const { SMTP_URL, MAIL_FROM, MAIL_WAIT, MAIL_DAILY, ORIGIN } = read;
	const server = SMTP_URL === undefined ? undefined : smtpOf(SMTP_URL);
	if (!server) return undefined;
	if (MAIL_FROM === undefined)
		throw new BadSetting('The setting MAIL_FROM is wrong: SMTP_URL needs it. See .env.example.');
	// Mails name the public page.
	if (ORIGIN === undefined)
		throw new BadSetting('The setting ORIGIN is wrong: SMTP_URL needs it. See .env.example.');
	return { ...server, from: MAIL_FROM, wait: MAIL_WAIT * 1000, daily: MAIL_DAILY };
}

/** Reads the settings; an empty value is an absent one. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
	const present = Object.fromEntries(
		Object.entries(environment).filter(([, value]) => value !== undefined && value !== '')
	);
	const parsed = schema.safeParse(present);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new BadSetting(
			`The setting ${issue?.path.join('.')} is wrong: ${issue?.message}. See .env.example.`
		);
	}
	const { DATABASE_URL, ERASED_FILE, DEMO, ORGANISATION_NAME, ORIGIN, REPPU_ADDRESS, LOG_LEVEL } =
		parsed.data;
	const { REPPU_SECRET, REPPU_SECRET_FILE, AUDIT_YEARS, SESSION_IDLE_HOURS } = parsed.data;
	const { PACK_REGIONS, IMPORT_FOLDER, IMPORT_MOST_MB, IMPORT_HOSTS, LINK_CHECKS, REQUEST_LIMITS } =
		parsed.data;
	return {
		databaseUrl: DATABASE_URL,
		erasedFile: ERASED_FILE ?? besideDatabase(DATABASE_URL),
		secret: {
			text: REPPU_SECRET,
			file: REPPU_SECRET_FILE ?? secretFile(DATABASE_URL),
			given: REPPU_SECRET_FILE !== undefined
		},
		auditYears: AUDIT_YEARS,
		sessionIdle: SESSION_IDLE_HOURS * 3_600_000,
		demo: DEMO,
		organisationName: ORGANISATION_NAME,
		origin: ORIGIN && new URL(ORIGIN).origin,
		address: ORIGIN ? new URL(ORIGIN).origin : (REPPU_ADDRESS ?? ''),
		packRegions: PACK_REGIONS === 'all' ? 'all' : (PACK_REGIONS?.split(',').map((code) => code.trim()) ?? []),
		logLevel: LOG_LEVEL,
		requestLimits: REQUEST_LIMITS,
		// A demo asks nobody: what it shows is invented.
		linkChecks: LINK_CHECKS && !DEMO,
		// The demo has doors of its own.
		issuer: DEMO ? undefined : issuerOf(parsed.data),
		// Anybody may open the demo's office, and write any address into it.
		mail: DEMO ? undefined : mailOf(parsed.data),
		imports: {
			folder: IMPORT_FOLDER ?? importFolder(DATABASE_URL),
			// Anybody may open the demo's office.
			most: Math.min(IMPORT_MOST_MB, DEMO ? DEMO_MOST_MB : Infinity) * 1_000_000,
			hosts: IMPORT_HOSTS
		}
	};
}
