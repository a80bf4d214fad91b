/** What a backup or a restored register says of its audit trail. A damaged one is no reason to have no backup: it is one to ask who damaged it. */
import process from 'node:process';
import { verifyAudit } from '../../src/lib/server/audit/verify.ts';
import { SecretBox } from '../../src/lib/server/keys/secret-box.ts';
import { readSettings } from '../../src/lib/server/settings.ts';
import { connectStore } from '../../src/lib/server/storage/store.ts';

/**
 * @typedef {{ text: string, damaged: boolean }} Trail
 */

/** @param {string} url @returns {Promise<Trail>} */
export async function auditTrailOf(url) {
	const box = SecretBox.known(readSettings(process.env).secret);
	if (!box) return { text: 'audit trail not checked: the server’s secret is not here', damaged: false };
	const store = await connectStore(url);
	try {
		const tables = await store.db.introspection.getTables();
		if (!tables.some(({ name }) => name === 'audit'))
			return { text: 'audit trail: none in this version', damaged: false };
		const verified = await verifyAudit(store, box.auditKey);
		const faults = verified.flatMap(({ organisation, faults: found }) =>
			found.map(({ segment, number, fault }) => `${organisation} ${segment} ${number}: ${fault}`)
		);
		const rows = verified.reduce((sum, one) => sum + one.rows, 0);
		return faults.length === 0
			? { text: `audit trail whole, ${rows} entries`, damaged: false }
			: { text: `the audit trail is damaged: ${faults.slice(0, 5).join('; ')}`, damaged: true };
	} finally {
		await store.close();
	}
}
