/**
 * Loaded with `node --import`: writes down each host that the process wants to reach or looks up, one a line, into the file that OUTBOUND
 * names, and lets none of them be reached but this machine.
 */
import { appendFileSync } from 'node:fs';
import dns from 'node:dns';
import dnsPromises from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import dgram from 'node:dgram';
import process from 'node:process';

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;
const note = (/** @type {string} */ how, /** @type {unknown} */ host) =>
	appendFileSync(String(process.env.OUTBOUND), `${how} ${String(host)}\n`);
const refused = () => Object.assign(new Error('Nobody is reached in a test.'), { code: 'ENOTFOUND' });

const { connect } = net.Socket.prototype;
/** @this {net.Socket} @param {any[]} args */
net.Socket.prototype.connect = function (...args) {
	const [options] = /** @type {any} */ (net)._normalizeArgs(Array.isArray(args[0]) ? args[0] : args);
	const host = options.host ?? 'localhost';
	if (!options.path && !LOCAL.test(host)) {
		note('connect', `${host}:${options.port}`);
		// A name goes on to the lookup that the caller gave, which is what is to be seen; an address ends here.
		if (net.isIP(host) !== 0) {
			process.nextTick(() => this.destroy(refused()));
			return this;
		}
	}
	return connect.apply(this, /** @type {any} */ (args));
};

/** @param {string} host @param {...any} rest */
const lookup = (host, ...rest) => {
	const done = rest.at(-1);
	if (!LOCAL.test(host)) note('lookup', host);
	process.nextTick(() => (LOCAL.test(host) ? answerLocally(rest, done) : done(refused())));
};
/** @param {any[]} rest @param {Function} done */
function answerLocally([options], done) {
	const all = typeof options === 'object' && options?.all;
	return all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
}
dns.lookup = /** @type {any} */ (lookup);
dnsPromises.lookup = /** @type {any} */ (
	async (/** @type {string} */ host) => {
		note('lookup', host);
		throw refused();
	}
);
for (const name of ['resolve', 'resolve4', 'resolve6', 'resolveTxt', 'resolveSrv', 'resolveAny'])
	for (const module of [dns, dnsPromises])
		/** @type {any} */ (module)[name] = (/** @type {string} */ host) => {
			note('resolve', host);
			throw refused();
		};
dgram.createSocket = () => {
	note('datagram', 'a socket');
	throw refused();
};
syncBuiltinESMExports();
