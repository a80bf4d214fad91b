import { isCivilDay } from '#lib/domain/civil-day.ts';
import type { Desk } from '#lib/domain/tour.ts';

/** What the form of a desk holds, and what becomes of it. */

export interface DeskValues {
	name: string;
	municipality: string;
	placeType: string;
	room: string;
	address: string;
	closedFrom: string;
}

export const emptyDesk: DeskValues = {
	name: '',
	municipality: '',
	placeType: 'library',
	room: '',
	address: '',
	closedFrom: ''
};

export const deskValues = (desk: Desk): DeskValues => ({
	name: desk.name,
	municipality: desk.municipality,
	placeType: desk.placeType,
	room: desk.room ?? '',
	address: desk.address ?? '',
	closedFrom: desk.closedFrom ?? ''
});

export function deskFieldsOf({ name, municipality, placeType, room, address, closedFrom }: DeskValues) {
	const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
	return {
		name: name.trim(),
		municipality,
		placeType,
		room: orNull(room),
		address: orNull(address),
		closedFrom: orNull(closedFrom)
	};
}

/** The first field that keeps a desk from being saved. */
export function deskValuesFault(values: DeskValues): keyof DeskValues | undefined {
	if (values.name.trim() === '') return 'name';
	if (values.municipality === '') return 'municipality';
	return values.closedFrom === '' || isCivilDay(values.closedFrom) ? undefined : 'closedFrom';
}
