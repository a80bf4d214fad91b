import type { PhraseBook } from './phrases.ts';

/** Machine translation: nobody has checked it. */
export const book: PhraseBook = {
	language: 'et',
	origin: 'machine',
	texts: {
		needInterpreter: 'Kas vajate tõlki?',
		pleaseWait: 'Palun oodake hetk.',
		isUrgent: 'Kas teie asi on kiire?',
		mayRecord: 'Kas tohin selle külastuse üles märkida? Ma ei kirjuta teie nime. Võite keelduda.',
		whatAbout: 'Mis on teie mure? Näidake pilti.',
		showPaper: 'Kas teil on kiri või paber? Näidake seda mulle.',
		whereLive: 'Millises omavalitsuses te elate?',
		emergency: 'Hädaolukorras helistage 112.',
		canRead: 'Kas oskate seda teksti lugeda?',
		haveAppointment: 'Kas teil on aeg kinni pandud?',
		callInterpreter: 'Helistan tõlgile.',
		comeAgain: 'Tulge uuesti. Näitan päeva.',
		findOut: 'Uurin asja välja. See võtab hetke.',
		comeWithMe: 'Tulge minuga kaasa.',
		mayShare: 'Kas tohin teie andmed edasi anda? Võite keelduda.',
		welcome: 'Tere tulemast. Ma saan teid aidata.',
		yes: 'Jah',
		no: 'Ei',
		unsure: 'Ma ei tea',
		listen: 'Kuula',
		machine: 'Masintõlge. Keegi ei ole teksti kontrollinud.',
		missing: 'Seda teksti ei ole eesti keeles.',
		hours: 'Lahtiolekuajad',
		openNow: 'Praegu avatud',
		openToday: 'Täna avatud',
		closed: 'Suletud',
		closedToday: 'Täna suletud',
		aroundClock: 'Alati avatud, ööpäev läbi',
		holiday: 'Täna on riigipüha. Lahtiolekuajad võivad olla teised.',
		byAppointment: 'Ainult aja broneerimisega',
		phone: 'Telefon',
		address: 'Aadress',
		bring: 'Võtke kaasa',
		free: 'Tasuta',
		price: 'Hind',
		languages: 'Siin räägitakse',
		website: 'Veebileht',
		appointment: 'Broneeritud aeg',
		showThis: 'Näidake seda, kui kohale jõuate.',
		scanCode: 'Avage telefoni kaamera ja suunake see koodile.',
		savesContact: 'Kontaktandmed salvestuvad teie telefoni.',
		nextAdvice: 'Nõustaja on siin järgmine kord',
		holdPhone: 'Võite telefoni kätte võtta. Lugege rahulikult.',
		giveBack: 'Andke telefon nõustajale tagasi.',
		thanks: 'Aitäh.',
		moreBelow: 'Allpool on veel',
		noticeTitle: 'Mida sinu kohta kirjutatakse',
		noticeWhat:
			'Nõustaja kirjutab üles, mida sa küsisid ja mis nõu sa said. Nii on näha, millist nõustamist on vaja.',
		noticeNoName: 'Sinu nime, isikukoodi, aadressi ega telefoninumbrit ei kirjutata.',
		noticeBackground: 'Sa ei pea vastama küsimustele oma tausta kohta. Nõu saad ikka.',
		noticeAuthorities:
			'Andmeid ei anta migratsiooniametile, politseile, Kelale ega teistele ametiasutustele, kui sina ei ole nõus või seadus seda ei nõua.',
		noticeErased: 'Andmed kustutatakse, kui neid enam ei vajata.',
		noticeCard:
			'Kui sul on kliendikaart, saad selle koodiga kõike näha ja paluda see kustutada. Kaart on vabatahtlik.',
		noticeAsk:
			'Küsi nõustajalt, kui midagi jäi ebaselgeks. Sa võid kaevata andmekaitsevolinikule: tietosuoja.fi.',
		cardWhat:
			'Sa võid saada kaardi, millel on kood. Sinu nime kaardil ei ole. Kui sa kaarti näitad, näeb nõustaja, millest me rääkisime ja milles kokku leppisime.',
		cardPersonal:
			'Kood ühendab sinu külastused, seepärast on see isikuandmed. Tundlikke teemasid kaart ei näita. Nõu saad ka ilma kaardita.',
		cardEnd:
			'Sa võid kaardist loobuda millal tahes. Siis eemaldatakse kood sinu külastustest. Kui sa kaarti aasta jooksul ei kasuta, eemaldatakse kood ise.',
		cardQuestion: 'Kas sa tahad kaarti?'
	}
};
