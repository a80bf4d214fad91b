import { createSubscriber } from 'svelte/reactivity';
import { correction } from '#lib/domain/device-clock.ts';

const MINUTE = 60_000;

const subscribe = createSubscriber((update) => {
	let timer: ReturnType<typeof setTimeout>;
	const tick = () => {
		update();
		timer = setTimeout(tick, MINUTE - (Date.now() % MINUTE));
	};
	timer = setTimeout(tick, MINUTE - (Date.now() % MINUTE));
	// A phone that slept has missed its minutes.
	document.addEventListener('visibilitychange', update);
	return () => {
		clearTimeout(timer);
		document.removeEventListener('visibilitychange', update);
	};
});

let offset = $state(0);

/** Takes note of how wrong this device's clock is: server's time − device's time, ms, as last measured. */
export function mindClock(measured: number): void {
	offset = correction(measured);
}

/**
 * The present time, ms since 1970, however wrong this device's clock is: what people are shown and what a visit gets. What reads it on
 * a screen is drawn anew each minute.
 */
export function clockNow(): number {
	subscribe();
	return Date.now() + offset;
}
