import type { Device } from '#lib/device/device.ts';
import { live, type Live } from '#lib/device/live.svelte.ts';
import { adviserNames } from '#lib/device/members.ts';

/** Whether anything of the organisation has come to this device, undefined while nobody has looked: before that nothing is said to be empty. */
export const heardFrom = ({ db }: Device): Live<boolean | undefined> =>
	live<boolean | undefined>(async () => (await adviserNames(db)).size > 0, undefined);
