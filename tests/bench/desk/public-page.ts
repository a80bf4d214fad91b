import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { tourPath } from '../../../src/lib/directory/take-away/public-address.ts';
import { round } from '../support/numbers.ts';
import { reppuServer } from '../support/servers.ts';

/** How large a page is, KB of a thousand bytes: as it is read, and as it goes over the line. */
export interface PageSize {
	plain_kb: number;
	gzip_kb: number;
}

/** The demo's public page of the whole tour, its largest, in Finnish and in Arabic. Headers are not counted. */
export async function publicPageSizes(): Promise<Record<'fi' | 'ar', PageSize>> {
	const server = reppuServer();
	try {
		const port = await server.start();
		const organisation = demoOf(join(server.folder, 'reppu.db'));
		const sizeOf = async (language: string): Promise<PageSize> => {
			const url = `http://localhost:${port}${tourPath(organisation, { kind: 'all' }, language)}`;
			const answer = await fetch(url);
			if (answer.status !== 200) throw new Error(`The demo has no public page in ${language}.`);
			const page = Buffer.from(await answer.arrayBuffer());
			return { plain_kb: round(page.length / 1000), gzip_kb: round(gzipSync(page).length / 1000) };
		};
		return { fi: await sizeOf('fi'), ar: await sizeOf('ar') };
	} finally {
		await server.remove();
	}
}

function demoOf(database: string): string {
	const db = new DatabaseSync(database, { readOnly: true });
	try {
		const row = db.prepare('select id from organisations where demo = 1').get() as { id: string } | undefined;
		if (!row) throw new Error('There is no demo.');
		return row.id;
	} finally {
		db.close();
	}
}
