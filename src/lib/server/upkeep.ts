import { publishMissing } from './accounts/member-records.ts';
import { keepAudit } from './audit/keep.ts';
import type { ServerContext } from './context.ts';
import { lookAfterPacks } from './directory/pack/look-after.ts';
import { removeOtherFolders } from './directory/runs/run-folder.ts';
import { endOldRuns } from './directory/runs/run-rows.ts';
import { forgetForms } from './feedback/take-form.ts';
import { endOldImports } from './register-import/runs.ts';
import { checkLinksDaily } from './directory/links/daily-checks.ts';
import { lookAfterMails } from './mails/deliver-mails.ts';
import { postmanOf } from './mails/postman.ts';
import { packMonths } from './reports/packed-months.ts';
import { periodsOf } from './retention/periods.ts';
import { retainNightly } from './retention/nightly.ts';
import { refreshShared } from './sharing/shares.ts';
import { acrossOrganisations } from './storage/reach.ts';
import { retryLater } from './sync/retry-later.ts';

const HOUR = 3_600_000;
/** Between two looks at the mails, ms: shorter where less time is given to take a change back. */
const MOST_PAUSE = 30_000;
const LEAST_PAUSE = 1000;

/**
 * What the server does by itself: now, and every hour; links are first looked at an hour after the start. A failure is logged and tried again
 * with the next hour.
 */
export async function startUpkeep(server: ServerContext): Promise<void> {
	await acrossOrganisations(() => publishMissing(server.store, server.now()));
	await tried(server, settle);
	await tried(server, chainAudit);
	// Nobody waits for it: phones have the pack of before.
	void tried(server, lookAfterPacks);
	void tried(server, packRegister);
	void tried(server, retainNightly);
	void tried(server, shareAgain);
	setInterval(() => {
		void tried(server, settle);
		void tried(server, lookAfterPacks);
		void tried(server, packRegister);
		void tried(server, checkLinksDaily);
		void tried(server, chainAudit);
		void tried(server, retainNightly);
		void tried(server, shareAgain);
		void tried(server, checkRegister);
	}, HOUR).unref();
	startMails(server);
}

/** Mails are looked after all the time, one round after the other: a day that is cancelled in the morning is of no use in the evening. */
function startMails(server: ServerContext): void {
	const { mail } = server.settings;
	const postman = mail && postmanOf(mail);
	const pause = Math.min(MOST_PAUSE, Math.max(LEAST_PAUSE, mail?.wait ?? MOST_PAUSE));
	const round = () =>
		void tried(server, (one) => lookAfterMails(one, postman)).finally(() => setTimeout(round, pause).unref());
	setTimeout(round, LEAST_PAUSE).unref();
}

async function tried(server: ServerContext, job: (server: ServerContext) => Promise<void>): Promise<void> {
	try {
		await acrossOrganisations(() => job(server));
	} catch (error) {
		failed(server, error);
	}
}

function failed({ log }: ServerContext, error: unknown): void {
	log.error('upkeep failed', { error: error instanceof Error ? error.name : 'unknown' });
}

/** Reports of months that are over get faster by it; until then they are as right. */
async function packRegister({ store, now }: ServerContext): Promise<void> {
	await packMonths(store, now());
}

/** Days that are over are shared no more, and what could not be brought to others in time is. */
async function shareAgain({ store, now }: ServerContext): Promise<void> {
	await refreshShared(store, now());
}

/** The start has looked by itself. */
async function checkRegister({ check, log, now }: ServerContext): Promise<void> {
	await check.look(log, now());
}

async function chainAudit({ store, auditKey, settings, now }: ServerContext): Promise<void> {
	await keepAudit(
		store,
		auditKey(),
		async (organisation) => (await periodsOf(store, organisation, settings.auditYears, now())).audit,
		now()
	);
}

async function settle(server: ServerContext): Promise<void> {
	const { store, log, now, settings } = server;
	const settled = await retryLater(store, now(), (error) => failed(server, error));
	if (settled > 0) log.info('retried', { ops: settled });
	await forgetForms(store, now());
	const kept = [...(await endOldRuns(store, now())), ...(await endOldImports(store, now()))];
	removeOtherFolders(settings.imports.folder, kept, now());
}
