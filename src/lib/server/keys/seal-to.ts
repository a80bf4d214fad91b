import type { OrganisationKey } from '#lib/protocol/sealing-key.ts';
import type { ServerContext } from '#lib/server/context.ts';

/** Where an organisation's phones seal to; undefined where no key can be read or made now: a phone that enrols or delivers is answered all the same. */
export async function sealTo(
	{ keys, log, now }: ServerContext,
	organisation: string
): Promise<OrganisationKey | undefined> {
	try {
		return await keys.newest(organisation, now());
	} catch (error) {
		log.error('no key to seal to', { organisation, error: error instanceof Error ? error.name : 'unknown' });
		return undefined;
	}
}
