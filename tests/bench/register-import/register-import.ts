import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { label } from '../../../src/lib/domain/code-lists.ts';
import { languageName } from '../../../src/lib/domain/languages.ts';
import { municipalityName } from '../../../src/lib/domain/municipalities.ts';
import { alpoContacts } from '../../support/alpo.ts';
import { Importing } from '../../support/old-register.ts';
import { newOrganisation, startServer, stopServers } from '../../support/server.ts';
import { printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';

const ROWS = Number(process.env['ROWS'] ?? 100_000);

/** The made-up ALPO register as a spreadsheet: words where Reppu has codes, and every twentieth date in another format. */
function* lines(): Generator<string> {
	yield 'Päivämäärä;Kunta;Asiat;Kieli;Asumisen kesto;Maahantulon syy;Ikäryhmä;Kansalaisuusryhmä;Koulutus;Pääasiallinen toiminta;Yhteydenottotapa;Huomautus';
	let count = 0;
	for (let seed = 2013; ; seed += 1)
		for (const { row } of alpoContacts(seed)) {
			if (count >= ROWS) return;
			count += 1;
			const [year, month, day] = row.date.split('-');
			const topics = (JSON.parse(row.topics) as string[]).map((topic) => label('topic', topic, 'fi'));
			yield [
				count % 20 === 0 ? row.date : `${Number(day)}.${Number(month)}.${year}`,
				municipalityName(row.municipality, 'fi'),
				topics.join('; '),
				languageName(row.language, 'fi'),
				label('residence-length', row.residence_length, 'fi'),
				label('residence-ground', row.residence_ground, 'fi'),
				label('age-band', row.age_band, 'fi'),
				label('citizenship-group', row.citizenship_group, 'fi'),
				label('education', row.education, 'fi'),
				label('employment-status', row.employment, 'fi'),
				label('contact-channel', row.channel, 'fi'),
				count % 50 === 0 ? 'tuli uudelleen' : ''
			]
				.map((cell) => (cell.includes(';') ? `"${cell}"` : cell))
				.join(';');
		}
}

/** An old register of a hundred thousand rows: read, gone through, brought in, and the same file again, by the office's requests on SQLite. */
export async function bench(): Promise<Record<string, number>> {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-bench-'));
	try {
		const path = join(folder, 'register.csv');
		writeFileSync(path, `${[...lines()].join('\r\n')}\r\n`);
		const started = await startServer(join(folder, 'bench.db'));
		const imports = { folder: join(folder, 'imports'), most: 1_000_000_000, hosts: [] };
		const server = { ...started, settings: { ...started.settings, imports } };
		const { phones } = await newOrganisation(server, 'coordinator');
		const importing = new Importing(server, phones[0]!);
		await quiet();
		let peak = 0;
		const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
		const times: [string, number][] = [];
		const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
			const begun = performance.now();
			const result = await work();
			times.push([name, (performance.now() - begun) / 1000]);
			return result;
		};
		const content = readFileSync(path);
		await timed('read', () => importing.read(content));
		const checked = await timed('check', () => importing.check());
		const { run } = await timed('bring in', () => importing.apply());
		if (run.state !== 'applied' || checked.run.result?.contacts !== ROWS)
			throw new Error(`It was not brought in: ${JSON.stringify(checked.run.result ?? run)}`);
		const again = new Importing(server, phones[0]!);
		await timed('again: read and check', async () => {
			await again.read(content);
			const { run: same } = await again.check();
			if (same.result?.before !== ROWS) throw new Error('The second time was not like the first.');
		});
		importing.id = run.id;
		await timed('take back', async () => {
			await importing.step({ do: 'take-back' });
			if ((await importing.look()).run.state !== 'taken-back') throw new Error('It was not taken back.');
		});
		clearInterval(watch);
		await stopServers();
		printTable(
			['step', 'seconds'],
			times.map(([name, seconds]) => [name, String(round(seconds))])
		);
		console.log(`${ROWS} rows, ${round(content.length / 1e6)} MB; most memory ${round(peak / 1e6)} MB.`);
		const seconds = times.slice(0, 3).reduce((sum, [, one]) => sum + one, 0);
		return { import_100k_seconds: round(seconds), peak_mb: round(peak / 1e6) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
