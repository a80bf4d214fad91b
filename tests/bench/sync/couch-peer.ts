import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import expressPouchDB from 'express-pouchdb';
import leveldown from 'leveldown';
import PouchDB from 'pouchdb';

// LevelDB leaves it to the system when a batch reaches the disk; CouchDB and Reppu wait for it. STRICT asks LevelDB to wait, too.
if (process.env['STRICT'] === 'true') {
	const { prototype } = leveldown;
	const { _batch: batch } = prototype;
	prototype._batch = function (operations, options, callback) {
		batch.call(this, operations, { ...options, sync: true }, callback);
	};
}

/** PouchDB's own server for its replication protocol, on LevelDB in the folder that it is started in. */
const app = expressPouchDB(PouchDB.defaults({ prefix: `${process.cwd()}/` }), {
	mode: 'minimumForPouchDB',
	inMemoryConfig: true,
	logPath: '/dev/null'
});
const server = createServer(app).listen(0, '127.0.0.1', () =>
	process.send?.({ listening: (server.address() as AddressInfo).port })
);
