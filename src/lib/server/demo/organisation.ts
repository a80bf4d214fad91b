/**
 * The demo organisation: the Ylä-Savo model with invented people. Municipalities, their codes and the number of residents with
 * a foreign language (Statistics Finland 2022, our estimate from shares) are real; desks, hours and names are invented.
 */

export const DEMO_NAMES = { adviser: 'Helmi Esimerkki (keksitty)', coordinator: 'Olavi Malli (keksitty)' };

/** What the invented adviser speaks; other languages go by interpreter. */
export const ADVISER_LANGUAGES = ['fi', 'et', 'ru', 'en'];

export interface DemoDesk {
	id: string;
	municipality: string;
	name: string;
	room: string;
	/** Residents with a foreign language; contacts are in proportion to its square root. */
	residents: number;
}

export const DEMO_DESKS: readonly DemoDesk[] = [
	{
		id: '01980000-0000-7000-8000-000000000140',
		municipality: '140',
		name: 'Iisalmi, kirjasto',
		room: '1. krs, neuvottelutila',
		residents: 728
	},
	{
		id: '01980000-0000-7000-8000-000000000263',
		municipality: '263',
		name: 'Kiuruvesi, kirjasto',
		room: '2. krs, ryhmähuone',
		residents: 122
	},
	{
		id: '01980000-0000-7000-8000-000000000239',
		municipality: '239',
		name: 'Keitele, kirjasto',
		room: 'lehtisali',
		residents: 39
	},
	{
		id: '01980000-0000-7000-8000-000000000402',
		municipality: '402',
		name: 'Lapinlahti, kirjasto',
		room: 'kokoushuone',
		residents: 218
	},
	{
		id: '01980000-0000-7000-8000-000000000595',
		municipality: '595',
		name: 'Pielavesi, kirjasto',
		room: 'kokoushuone',
		residents: 79
	},
	{
		id: '01980000-0000-7000-8000-000000000762',
		municipality: '762',
		name: 'Sonkajärvi, kirjasto',
		room: 'lukusali',
		residents: 33
	},
	{
		id: '01980000-0000-7000-8000-000000000925',
		municipality: '925',
		name: 'Vieremä, kirjasto',
		room: 'takahuone',
		residents: 134
	}
];

/** A desk that has closed: a visit logged there is refused, and the demo shows how such a visit is mended. */
export const CLOSED_DESK: DemoDesk = {
	id: '01980000-0000-7000-8000-000000001263',
	municipality: '263',
	name: 'Kiuruvesi, vanha neuvontahuone',
	room: '',
	residents: 0
};

/** The weekly tour: ISO weekday, municipality, hours. Larger municipalities get more hours. */
export const DEMO_TOUR: readonly {
	id: string;
	weekday: number;
	municipality: string;
	from: string;
	to: string;
}[] = [
	{ id: '01980000-0000-7000-8000-000000002001', weekday: 1, municipality: '925', from: '10:00', to: '15:00' },
	{ id: '01980000-0000-7000-8000-000000002002', weekday: 2, municipality: '140', from: '09:00', to: '16:00' },
	{ id: '01980000-0000-7000-8000-000000002003', weekday: 3, municipality: '402', from: '09:00', to: '14:00' },
	{ id: '01980000-0000-7000-8000-000000002004', weekday: 3, municipality: '762', from: '15:00', to: '17:00' },
	{ id: '01980000-0000-7000-8000-000000002005', weekday: 4, municipality: '595', from: '09:00', to: '12:00' },
	{ id: '01980000-0000-7000-8000-000000002006', weekday: 4, municipality: '239', from: '13:00', to: '15:00' },
	{ id: '01980000-0000-7000-8000-000000002007', weekday: 4, municipality: '140', from: '16:00', to: '18:00' },
	{ id: '01980000-0000-7000-8000-000000002008', weekday: 5, municipality: '263', from: '10:00', to: '15:00' }
];

/** The reception that is open whenever somebody tries the demo. */
export const OPEN_RECEPTION = '01980000-0000-7000-8000-000000002009';
