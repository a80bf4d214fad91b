import type { Database } from '#lib/server/storage/schema.ts';

/** Invented contact persons of two of the demo's municipalities. Nobody is mailed: a demo sends none, and these addresses exist nowhere. */
export const demoContactPersons = (
	organisation: string,
	coordinator: string,
	now: number
): Database['contact_persons'][] =>
	[
		{
			municipality: '140',
			name: 'Kerttu Malli (keksitty)',
			role: 'kotoutumiskoordinaattori',
			email: 'kerttu.malli@iisalmi.example',
			tells: 1,
			note: 'Tavoittaa parhaiten aamupäivällä.'
		},
		{
			municipality: '925',
			name: 'Arvo Esimerkki (keksitty)',
			role: 'sivistysjohtaja',
			email: 'arvo.esimerkki@vierema.example',
			tells: 0,
			note: null
		}
	].map((person) => ({
		...person,
		organisation_id: organisation,
		phone: null,
		language: 'fi',
		changed_at: now,
		changed_by: coordinator
	}));
