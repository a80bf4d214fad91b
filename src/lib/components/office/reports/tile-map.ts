import { municipalityPlaces } from '#lib/domain/codes/municipality-places.ts';

/** A municipality on the tile map; column and row count from 0, from the north-west. */
export interface Tile {
	id: string;
	column: number;
	row: number;
}

interface Place {
	id: string;
	/** East and south of an origin, in degrees of latitude. */
	east: number;
	south: number;
}

/** A degree of longitude is so much of a degree of latitude at 63° north, about the middle of Finland. */
const LONGITUDE = Math.cos((63 * Math.PI) / 180);

/** Cells that there are for each municipality before empty rows and columns are taken out: room to lie where it belongs. */
const ROOM = 1.6;

function placesOf(ids: readonly string[]): Place[] {
	const wanted = new Set(ids);
	return municipalityPlaces
		.trim()
		.split('\n')
		.map((line) => line.split(' '))
		.filter(([id = '']) => wanted.has(id))
		.map(([id = '', latitude, longitude]) => ({
			id,
			east: (Number(longitude) / 100) * LONGITUDE,
			south: -Number(latitude) / 100
		}));
}

/** The numbers that are used, in their order. */
const used = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b);

/**
 * Gives each municipality a tile of its own, so that villages are as large as towns: as near as may be to where it lies, the middle of the area first. Codes that
 * are no municipality get none. The same codes always give the same map.
 */
export function tileMap(ids: readonly string[]): Tile[] {
	const places = placesOf(ids);
	const [east, south] = [places.map((place) => place.east), places.map((place) => place.south)];
	const [west, north] = [Math.min(...east), Math.min(...south)];
	const [width, height] = [Math.max(...east) - west, Math.max(...south) - north];
	// Where all lie on one line, or in one place, the longer side alone tells how large a cell is.
	const side =
		Math.max(
			Math.sqrt((width * height) / (places.length * ROOM)),
			Math.max(width, height) / (places.length * ROOM)
		) || 1;
	const wished = places.map(({ id, east: x, south: y }) => ({
		id,
		x: (x - west) / side,
		y: (y - north) / side
	}));
	const fromMiddle = ({ x, y }: { x: number; y: number }) =>
		Math.hypot(x - width / side / 2, y - height / side / 2);
	wished.sort((a, b) => fromMiddle(a) - fromMiddle(b) || (a.id < b.id ? -1 : 1));
	const taken = new Map<string, Tile>();
	for (const { id, x, y } of wished) {
		const [column, row] = nearestFree(x, y, (cell) => taken.has(cell));
		taken.set(`${column} ${row}`, { id, column, row });
	}
	const tiles = [...taken.values()];
	const columns = used(tiles.map((tile) => tile.column));
	const rows = used(tiles.map((tile) => tile.row));
	return tiles
		.map(({ id, column, row }) => ({ id, column: columns.indexOf(column), row: rows.indexOf(row) }))
		.sort((a, b) => a.row - b.row || a.column - b.column);
}

/** The cell that is free and nearest to a point; of two, the northern and then the western one. */
function nearestFree(x: number, y: number, isTaken: (cell: string) => boolean): [number, number] {
	for (let reach = 1; ; reach += 1) {
		let found: [number, number] | undefined;
		let least = Infinity;
		for (let row = Math.floor(y) - reach; row <= Math.ceil(y) + reach; row += 1)
			for (let column = Math.floor(x) - reach; column <= Math.ceil(x) + reach; column += 1) {
				const away = Math.hypot(column - x, row - y);
				if (away < least && !isTaken(`${column} ${row}`)) [found, least] = [[column, row], away];
			}
		// What lies outside of the square that was looked through is farther away than this.
		if (found && least <= reach) return found;
	}
}
