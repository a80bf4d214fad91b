/** Words of the mails to contact persons, written by hand. */

export const mailLanguages = ['fi', 'sv', 'en'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

interface Words {
	hello: string;
	/** Subject of one cancelled day, and of one that is held after all. */
	cancelledOne: (where: string, day: string) => string;
	heldOne: (where: string, day: string) => string;
	/** Subject of several, of which some are cancelled; `count` of those. */
	cancelledSome: (count: number, town: string) => string;
	heldSome: (count: number, town: string) => string;
	/** Headings of the days in the text. */
	cancelled: (count: number) => string;
	held: (count: number) => string;
	next: string;
	none: string;
	/** Before a time of day. */
	clock: string;
	page: string;
	greeting: string;
	demo: string;
	/** Why they get it. */
	why: (town: string) => string;
	trialSubject: (organisation: string) => string;
	trial: (organisation: string) => string;
	trialTells: string;
}

export const mailWords: Readonly<Record<MailLanguage, Words>> = {
	fi: {
		hello: 'Hei',
		cancelledOne: (where, day) => `Neuvonta peruttu: ${where}, ${day}`,
		heldOne: (where, day) => `Neuvonta pidetään sittenkin: ${where}, ${day}`,
		cancelledSome: (count, town) => `${count} neuvontapäivää peruttu: ${town}`,
		heldSome: (count, town) => `${count} neuvontapäivää pidetään sittenkin: ${town}`,
		cancelled: (count) => (count === 1 ? 'Tämä neuvonta on peruttu:' : 'Nämä neuvonnat on peruttu:'),
		held: (count) =>
			count === 1 ? 'Tämä neuvonta pidetään sittenkin:' : 'Nämä neuvonnat pidetään sittenkin:',
		next: 'Seuraavat neuvonnat:',
		none: 'Seuraavia neuvontapäiviä ei ole vielä sovittu.',
		clock: 'klo ',
		page: 'Ajantasaiset päivät ja peruutukset:',
		greeting: 'Terveisin',
		demo: 'Esittely: tämä viesti on esimerkki.',
		why: (town) =>
			`Viestin lähetti ohjelma, koska sinut on merkitty neuvonnan yhteyshenkilöksi (${town}). Jos et halua näitä viestejä, vastaa tähän tai kerro siitä neuvonnan koordinaattorille.`,
		trialSubject: (organisation) => `Kokeiluviesti: ${organisation}`,
		trial: (organisation) =>
			`Tämä on kokeiluviesti. Sait sen, koska ${organisation} on merkinnyt sinut yhteyshenkilökseen.`,
		trialTells:
			'Tähän osoitteeseen tulee tieto, kun neuvonta perutaan ja kun peruttu neuvonta pidetään sittenkin.'
	},
	sv: {
		hello: 'Hej',
		cancelledOne: (where, day) => `Rådgivningen är inställd: ${where}, ${day}`,
		heldOne: (where, day) => `Rådgivningen hålls ändå: ${where}, ${day}`,
		cancelledSome: (count, town) => `${count} rådgivningsdagar är inställda: ${town}`,
		heldSome: (count, town) => `${count} rådgivningsdagar hålls ändå: ${town}`,
		cancelled: (count) =>
			count === 1 ? 'Den här rådgivningen är inställd:' : 'De här rådgivningarna är inställda:',
		held: (count) => (count === 1 ? 'Den här rådgivningen hålls ändå:' : 'De här rådgivningarna hålls ändå:'),
		next: 'Följande rådgivningar:',
		none: 'Följande rådgivningsdagar är inte bestämda ännu.',
		clock: 'kl. ',
		page: 'Aktuella dagar och ändringar:',
		greeting: 'Med vänlig hälsning',
		demo: 'Demonstration: meddelandet är ett exempel.',
		why: (town) =>
			`Meddelandet skickades av ett program, eftersom du står som kontaktperson för rådgivningen (${town}). Om du inte vill ha de här meddelandena, svara på detta eller säg till rådgivningens koordinator.`,
		trialSubject: (organisation) => `Provmeddelande: ${organisation}`,
		trial: (organisation) =>
			`Det här är ett provmeddelande. Du fick det eftersom ${organisation} har antecknat dig som sin kontaktperson.`,
		trialTells:
			'Till den här adressen kommer besked när en rådgivning ställs in och när en inställd rådgivning ändå hålls.'
	},
	en: {
		hello: 'Hello',
		cancelledOne: (where, day) => `Advice cancelled: ${where}, ${day}`,
		heldOne: (where, day) => `Advice is given after all: ${where}, ${day}`,
		cancelledSome: (count, town) => `${count} advice days cancelled: ${town}`,
		heldSome: (count, town) => `${count} advice days are held after all: ${town}`,
		cancelled: (count) => (count === 1 ? 'This advice is cancelled:' : 'These are cancelled:'),
		held: (count) => (count === 1 ? 'This advice is given after all:' : 'These are held after all:'),
		next: 'The next advice days:',
		none: 'The next advice days have not been set yet.',
		clock: '',
		page: 'Days and cancellations as they stand:',
		greeting: 'Kind regards',
		demo: 'Demonstration: this message is an example.',
		why: (town) =>
			`A program sent this message, because you are noted as the contact person of the advice (${town}). If you do not want these messages, answer this one or tell the coordinator.`,
		trialSubject: (organisation) => `Test message: ${organisation}`,
		trial: (organisation) =>
			`This is a test message. You got it because ${organisation} has noted you as its contact person.`,
		trialTells: 'This address is told when advice is cancelled, and when it is given after all.'
	}
};
