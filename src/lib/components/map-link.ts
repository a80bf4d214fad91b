/** Where somebody has to go. Nothing of it is about a client. */
export interface MapGoal {
	/** Street, number and town, as a map looks them up. */
	words: string;
	/** WGS 84, degrees; undefined where only the words are known. */
	at: { latitude: number; longitude: number } | undefined;
}

/**
 * A link to the way to a place: in the map app of an Android or Apple device, which may have its maps with it; elsewhere in OpenStreetMap.
 *
 * @param agent `navigator.userAgent`
 */
export function mapLink({ words, at }: MapGoal, agent: string): string {
	const point = at && `${at.latitude},${at.longitude}`;
	// Parentheses end the label of a `geo:` address.
	const query = encodeURIComponent(words).replaceAll('(', '%28').replaceAll(')', '%29');
	if (/Android/.test(agent)) return point ? `geo:${point}?q=${point}(${query})` : `geo:0,0?q=${query}`;
	if (/iPhone|iPad|Macintosh/.test(agent)) return `https://maps.apple.com/?daddr=${point ?? query}`;
	return point
		? `https://www.openstreetmap.org/directions?to=${encodeURIComponent(point)}`
		: `https://www.openstreetmap.org/search?query=${query}`;
}
