import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';

/**
 * The limit on the server's side: lines of JSON, one transaction a request, as durable as Reppu's, and nothing else: no
 * signature, no check, no journal, no merge, no figures for reports.
 */
const db = new DatabaseSync('plain.db');
db.exec(
	'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; create table visits (id text primary key, body text)'
);
const insert = db.prepare('insert into visits values (?, ?) on conflict do nothing');

const server = createServer((request, response) => {
	if (request.method !== 'POST') return void response.end('{}');
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const lines = gunzipSync(Buffer.concat(chunks)).toString().split('\n');
		db.exec('begin');
		for (const line of lines) insert.run((JSON.parse(line) as { id: string }).id, line);
		db.exec('commit');
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ received: lines.length }));
	});
}).listen(0, '127.0.0.1', () => process.send?.({ listening: (server.address() as AddressInfo).port }));
