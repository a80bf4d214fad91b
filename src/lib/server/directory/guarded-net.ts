import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { BadInput } from './draft.ts';
import { isPublicAddress } from './runs/public-address.ts';

/** How names become addresses and which of them may be asked; tests have their own. */
export interface Net {
	addressesOf: (host: string) => Promise<readonly string[]>;
	mayAsk: (address: string) => boolean;
	/** Certificates that are trusted besides those of Node. */
	ca?: string;
}

export const INTERNET: Net = {
	addressesOf: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
	mayAsk: isPublicAddress
};

/** The name of a host has no address. */
export class UnknownHost extends Error {}

/**
 * Looks a name up and connects to nothing but what was looked at: a name that changes its address meanwhile leads nowhere else. Fails with
 * `BadInput` `address_private`, or `UnknownHost`.
 */
export function guarded({ addressesOf, mayAsk }: Net): LookupFunction {
	return (host, options, done) => {
		addressesOf(host).then(
			(addresses) => {
				const [first] = addresses;
				if (first === undefined || !addresses.every(mayAsk))
					return done(new BadInput('address_private', `${host} is not in the public internet`), '', 4);
				const family = isIP(first);
				return options.all ? done(null, [{ address: first, family }]) : done(null, first, family);
			},
			(error: Error) => done(new UnknownHost('its name is not known', { cause: error }), '', 4)
		);
	};
}
