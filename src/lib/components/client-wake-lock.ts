/**
 * Keeps the screen on while an element is there; for `{@attach}`. A phone may refuse, and takes the lock away whenever the
 * page is out of sight: then it is asked for again.
 */
export function keepAwake(): () => void {
	let lock: WakeLockSentinel | undefined;
	let over = false;

	async function ask(): Promise<void> {
		if (over || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
		try {
			const got = await navigator.wakeLock.request('screen');
			if (over) await got.release();
			else lock = got;
		} catch {
			// Battery saver or policy: the screen goes dark as it always does.
			lock = undefined;
		}
	}

	const again = () => void ask();
	document.addEventListener('visibilitychange', again);
	void ask();
	return () => {
		over = true;
		document.removeEventListener('visibilitychange', again);
		void lock?.release().catch(() => undefined);
	};
}
