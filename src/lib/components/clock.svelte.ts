import { createSubscriber } from 'svelte/reactivity';

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

/** The present time, ms since 1970; what reads it on a screen is drawn anew each minute. */
export function clockNow(): number {
	subscribe();
	return Date.now();
}
