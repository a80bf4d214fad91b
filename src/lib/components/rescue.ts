import type { Device } from '#lib/device/device.ts';
import { helsinki } from '#lib/domain/dates.ts';
import { browserDeps } from '#lib/sync/carrier.ts';
import { lockRescue, newRescueCode } from '#lib/sync/rescue-file.ts';
import { packRescue } from '#lib/sync/rescue.ts';
import { saveText } from './save-file.ts';

/** Saves what waits on this phone as a locked file, and gives the code that opens it: nobody else has it, and it is shown once. */
export async function saveRescue(device: Device): Promise<{ code: string; name: string }> {
	const rescue = await packRescue(device, browserDeps.carrier(device));
	const code = newRescueCode();
	const name = `reppu-${helsinki(rescue.madeAt).date}.reppu`;
	saveText(name, await lockRescue(rescue, code), 'application/json');
	return { code, name };
}
