/**
 * Keeps what must not be lost when the page is left; the answer stops that. In the capturing phase: in the next one Dexie closes its
 * connections, for the page may go into the browser's memory for "back".
 */
export function beforeLeaving(keep: () => void): () => void {
	addEventListener('pagehide', keep, { capture: true });
	return () => removeEventListener('pagehide', keep, { capture: true });
}
