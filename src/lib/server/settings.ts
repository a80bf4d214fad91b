import * as z from 'zod';

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
	DEMO: z.stringbool().default(false),
	ORGANISATION_NAME: z.string().trim().min(1).max(80).default('Neuvonta'),
	/** Public address, for links that the server prints, and for the origin check behind a proxy. */
	ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
	/** Where this process listens, told by the server's entry. */
	REPPU_ADDRESS: z.url({ protocol: /^https?$/ }).optional(),
	LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')
});

export interface Settings {
	databaseUrl: string;
	/** Path of the list of what was erased; undefined: the database lives in memory, and so does the list. */
	erasedFile: string | undefined;
	demo: boolean;
	organisationName: string;
	origin: string | undefined;
	/** Address for links that the server prints. */
	address: string;
	logLevel: z.infer<typeof schema>['LOG_LEVEL'];
}

/** Where the list of what was erased lies by default: beside a database in one file, else in the folder of the server's data. */
function besideDatabase(url: string): string | undefined {
	if (url === ':memory:') return undefined;
	return /^postgres(ql)?:\/\//.test(url) ? 'data/reppu.erased' : `${url}.erased`;
}

/** A setting has a wrong value. The message is one line that names the key and what it takes, never the value. */
export class BadSetting extends Error {}

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
	return {
		databaseUrl: DATABASE_URL,
		erasedFile: ERASED_FILE ?? besideDatabase(DATABASE_URL),
		demo: DEMO,
		organisationName: ORGANISATION_NAME,
		origin: ORIGIN && new URL(ORIGIN).origin,
		address: ORIGIN ? new URL(ORIGIN).origin : (REPPU_ADDRESS ?? ''),
		logLevel: LOG_LEVEL
	};
}
