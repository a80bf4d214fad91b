/** So far over does a phone lie on its face, degrees: flat on its back it is 0, upright 90. */
const OVER = 150;
/** Further to the side it stands on an edge, degrees. */
const ASIDE = 45;

/** Whether a phone that reports this lies on its face. Angles of the DeviceOrientation Event specification; null: it has no such sensor. */
export const liesOnItsFace = ({ beta, gamma }: Pick<DeviceOrientationEvent, 'beta' | 'gamma'>): boolean =>
	beta !== null && gamma !== null && Math.abs(beta) >= OVER && Math.abs(gamma) <= ASIDE;

/**
 * Covers what a client reads as soon as the phone is laid on its face or the page goes out of sight, also in the picture that the phone keeps of it; for `{@attach}`.
 * Browsers that ask before they tell how a phone lies (Safari) are not asked: there it is covered out of sight only.
 */
export function coverWhenTurned(cover: () => void): () => () => void {
	return () => {
		const stop = new AbortController();
		const { signal } = stop;
		addEventListener('deviceorientation', (event) => liesOnItsFace(event) && cover(), { signal });
		document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && cover(), {
			signal
		});
		addEventListener('pagehide', cover, { signal });
		return () => stop.abort();
	};
}
