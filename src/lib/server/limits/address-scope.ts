import { isIP } from 'node:net';
import type { RequestEvent } from '@sveltejs/kit';

/** Groups of an IPv6 address that name a network; the others a device gives itself, as often as it likes. */
const NETWORK_GROUPS = 4;

/** The first groups of an IPv6 address, with those that `::` leaves out. */
function network(address: string): string {
	const [head = '', tail] = address.split('::');
	const groups = head === '' ? [] : head.split(':');
	const rest = tail === undefined || tail === '' ? [] : tail.split(':');
	while (tail !== undefined && groups.length + rest.length < 8) groups.push('0');
	return [...groups, ...rest]
		.slice(0, NETWORK_GROUPS)
		.map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
		.join(':');
}

/** What an address is counted as: itself, or its network where it is IPv6. What is no address is counted together. */
export function addressScope(address: string): string {
	const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
	switch (isIP(plain)) {
		case 4:
			return plain;
		case 6:
			return network(plain);
		default:
			return 'unknown';
	}
}

/**
 * What a request is counted as: the address that the connection has, or that the proxy named where settings say so (ADDRESS_HEADER, XFF_DEPTH). A request that came
 * around the proxy has none: the probe of a container, for instance.
 */
export function addressOf(event: Pick<RequestEvent, 'getClientAddress'>): string {
	try {
		return addressScope(event.getClientAddress());
	} catch {
		return 'unknown';
	}
}
