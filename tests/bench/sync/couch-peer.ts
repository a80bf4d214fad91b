import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import expressPouchDB from 'express-pouchdb';
import PouchDB from 'pouchdb';

/** PouchDB's own server for its replication protocol, on LevelDB in the folder that it is started in. */
const app = expressPouchDB(PouchDB.defaults({ prefix: `${process.cwd()}/` }), {
	mode: 'minimumForPouchDB',
	inMemoryConfig: true,
	logPath: '/dev/null'
});
const server = createServer(app).listen(0, '127.0.0.1', () =>
	process.send?.({ listening: (server.address() as AddressInfo).port })
);
