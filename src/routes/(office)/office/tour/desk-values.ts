import { isCivilDay } from '#lib/domain/civil-day.ts';
import { deskGuideFields, type DeskGuide } from '#lib/domain/desk-guide.ts';
import type { Desk } from '#lib/domain/tour.ts';

/** What the form of a desk holds, and what becomes of it. */

export interface DeskValues {
	name: string;
	municipality: string;
	placeType: string;
	room: string;
	address: string;
	closedFrom: string;
	opener: string;
	openerPhone: string;
	keys: string;
	wifi: string;
	/** One a line. */
	materials: string;
}

export const emptyDesk: DeskValues = {
	name: '',
	municipality: '',
	placeType: 'library',
	room: '',
	address: '',
	closedFrom: '',
	opener: '',
	openerPhone: '',
	keys: '',
	wifi: '',
	materials: ''
};

export const deskValues = (desk: Desk, guide: DeskGuide = {}): DeskValues => ({
	name: desk.name,
	municipality: desk.municipality,
	placeType: desk.placeType,
	room: desk.room ?? '',
	address: desk.address ?? '',
	closedFrom: desk.closedFrom ?? '',
	opener: guide.opener ?? '',
	openerPhone: guide.openerPhone ?? '',
	keys: guide.keys ?? '',
	wifi: guide.wifi ?? '',
	materials: guide.materials?.join('\n') ?? ''
});

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

export function deskFieldsOf({ name, municipality, placeType, room, address, closedFrom }: DeskValues) {
	return {
		name: name.trim(),
		municipality,
		placeType,
		room: orNull(room),
		address: orNull(address),
		closedFrom: orNull(closedFrom)
	};
}

export function guideFieldsOf({ opener, openerPhone, keys, wifi, materials }: DeskValues) {
	const lines = materials
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
	return {
		opener: orNull(opener),
		openerPhone: orNull(openerPhone),
		keys: orNull(keys),
		wifi: orNull(wifi),
		materials: lines.length === 0 ? null : lines
	};
}

/** The first field that keeps a desk from being saved. */
export function deskValuesFault(values: DeskValues): keyof DeskValues | undefined {
	if (values.name.trim() === '') return 'name';
	if (values.municipality === '') return 'municipality';
	if (values.closedFrom !== '' && !isCivilDay(values.closedFrom)) return 'closedFrom';
	const { openerPhone, materials } = guideFieldsOf(values);
	if (!deskGuideFields.openerPhone.safeParse(openerPhone).success) return 'openerPhone';
	return deskGuideFields.materials.safeParse(materials).success ? undefined : 'materials';
}
