import { version } from '$app/env';
import { countOutbox } from '#lib/device/delivery.ts';
import { readMeta } from '#lib/device/device.ts';
import { notCovered } from '#lib/device/sent-kept.ts';
import { readContact } from '#lib/sync/contact-row.ts';
import type { OpenApp } from './app.svelte.ts';
import { isInstalled } from './install.ts';
import { storageFacts } from './storage.ts';

const iso = (at: number | undefined) => (at === undefined ? 'never' : new Date(at).toISOString());

/** What helps somebody who supports this phone: numbers and states, nothing of what was logged, no names. In English. */
export async function supportDetails({ device }: OpenApp): Promise<string> {
	const { db, membership } = device;
	const [counts, contact, offset, storage, drafts, sent, durable, epoch] = await Promise.all([
		countOutbox(db),
		readContact(db),
		readMeta(db, 'clockOffset'),
		storageFacts(),
		db.drafts.count(),
		notCovered(db),
		readMeta(db, 'durable'),
		readMeta(db, 'epoch')
	]);
	return [
		`Reppu ${version}${isInstalled() ? ', installed' : ''}`,
		`device …${membership.device.slice(-6)}`,
		`waiting ${counts.waiting}, attention ${counts.attention}, drafts ${drafts}, last receipt ${iso(counts.deliveredAt)}`,
		`last request ${contact?.result ?? 'none'} ${iso(contact?.at)}, failures ${contact?.failures ?? 0}, last answer ${iso(contact?.okAt)}`,
		`clock offset ${offset === undefined ? 'unknown' : `${Math.round(offset / 1000)} s`}, time ${iso(Date.now())}`,
		`kept until a backup covers it ${sent.ops} since ${iso(sent.since)}, covered up to ${durable ?? 'nothing'}, epoch ${epoch?.slice(-8) ?? 'none'}`,
		`storage kept ${String(storage.kept)}, used ${storage.used ?? 'unknown'} bytes`,
		`online ${navigator.onLine}, worker ${navigator.serviceWorker?.controller ? 'yes' : 'no'}`,
		navigator.userAgent
	].join('\n');
}
