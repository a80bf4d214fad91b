import { clockTime } from './clock.ts';
import type { RecordState } from './record.ts';

/** When what stands in a record was written last, ms since 1970, by the clocks of its heads; 0 for an empty one. */
export function lastChange({ heads }: Pick<RecordState, 'heads'>): number {
	const times = Object.values(heads).flatMap((some) => some.map(({ clock }) => clockTime(clock)));
	return times.reduce((latest, time) => Math.max(latest, time), 0);
}
