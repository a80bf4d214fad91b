/** How long after a screen stands the browser is left alone, ms. */
const REST = 250;
/** How long it may be busy before the task runs all the same, ms. */
const LATEST = 2000;

/** Runs a task that nobody waits for, once what is on the screen has been drawn and the browser has nothing better to do. */
export function whenIdle(task: () => void): void {
	setTimeout(() => {
		// Safari has no idle callback.
		if (typeof requestIdleCallback === 'undefined') task();
		else requestIdleCallback(task, { timeout: LATEST });
	}, REST);
}
