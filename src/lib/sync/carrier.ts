import type { Device } from '#lib/device/device.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import type { Carrier } from './exchange.ts';
import type { FlushDeps } from './flush.ts';

/** Header that names which membership's cookie the request means: a device may hold several. */
export const MEMBERSHIP_HEADER = 'reppu-membership';
/** Header that names the device whose key signed the request. */
export const DEVICE_HEADER = 'reppu-device';

/** Header that names the key to which this device seals, so that the server can name a newer one. */
const SEAL_KEY_HEADER = 'reppu-seal-key';

/** Key of the demo's network switch in the settings of this device. It acts on the transport of the adviser's phone itself, in page and worker. */
export const NETWORK_SWITCH = 'demo-network';

/** Whether a membership has the demo's switch: an adviser's phone. The office in the same browser stays in the network. */
export const hasNetworkSwitch = ({ demo, role }: Pick<MembershipRow, 'demo' | 'role'>): boolean =>
	demo === true && role === 'adviser';

export async function networkSwitchedOff(open: PublicDb): Promise<boolean> {
	return (await open.settings.get(NETWORK_SWITCH))?.value === 'off';
}

const toBase64 = (buffer: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

/** Signs what a device says, as it does by its key. */
export const signWith =
	({ privateKey }: CryptoKeyPair): Carrier['sign'] =>
	async (message) =>
		toBase64(
			await crypto.subtle.sign(
				{ name: 'ECDSA', hash: 'SHA-256' },
				privateKey,
				new TextEncoder().encode(message)
			)
		);

/** How this device carries requests to its server. */
function browserCarrier({ membership, open }: Device): Carrier {
	return {
		fetch: (url, init) => fetch(url, init),
		mayCarry: async () => !(hasNetworkSwitch(membership) && (await networkSwitchedOff(open))),
		sign: signWith(membership.key),
		downlink: () => (navigator as Navigator & { connection?: { downlink?: number } }).connection?.downlink,
		headers: {
			[MEMBERSHIP_HEADER]: membership.id,
			[DEVICE_HEADER]: membership.device,
			[SEAL_KEY_HEADER]: membership.sealTo?.kid ?? 'none'
		}
	};
}

export const browserDeps: FlushDeps = {
	carrier: browserCarrier,
	now: () => Date.now(),
	random: () => Math.random()
};
