/** How long a text has to stay the same before it is read out, ms: somebody who types hears one count, not six. */
const QUIET = 500;

/** A text that follows another once that has come to rest; for live regions. Call it while a component is made. */
export function quietly(text: () => string): { readonly current: string } {
	let rested = $state('');
	$effect(() => {
		const next = text();
		const timer = setTimeout(() => (rested = next), QUIET);
		return () => clearTimeout(timer);
	});
	return {
		get current() {
			return rested;
		}
	};
}
