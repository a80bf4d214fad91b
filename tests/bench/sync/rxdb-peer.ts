import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';

/**
 * The least that RxDB's replication asks of a server: it takes pushed rows, keeps the new states, and answers with the documents in
 * conflict, here never any. As durable as Reppu's: one transaction a request, on the disk before the answer.
 */
const db = new DatabaseSync('rxdb.db');
db.exec(
	'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; create table documents (id text primary key, body text)'
);
const upsert = db.prepare(
	'insert into documents values (?, ?) on conflict (id) do update set body = excluded.body'
);

const server = createServer((request, response) => {
	response.setHeader('content-type', 'application/json');
	if (request.method === 'GET') return void response.end('{}');
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const rows = JSON.parse(Buffer.concat(chunks).toString()) as { newDocumentState: { id: string } }[];
		db.exec('begin');
		for (const { newDocumentState: state } of rows) upsert.run(state.id, JSON.stringify(state));
		db.exec('commit');
		response.end('[]');
	});
}).listen(0, '127.0.0.1', () => process.send?.({ listening: (server.address() as AddressInfo).port }));
