import type { PhraseBook } from './phrases.ts';

export const book: PhraseBook = {
	language: 'fi',
	origin: 'written',
	texts: {
		needInterpreter: 'Tarvitsetko tulkkia?',
		pleaseWait: 'Odota hetki.',
		isUrgent: 'Onko asiasi kiireellinen?',
		mayRecord: 'Saanko merkitä tämän käynnin muistiin? En kirjoita nimeäsi. Voit sanoa ei.',
		whatAbout: 'Mitä asiasi koskee? Näytä kuvaa.',
		showPaper: 'Onko sinulla kirje tai paperi? Näytä se minulle.',
		whereLive: 'Missä kunnassa asut?',
		emergency: 'Hätätilanteessa soita 112.',
		canRead: 'Osaatko lukea tätä tekstiä?',
		haveAppointment: 'Onko sinulla aika varattuna?',
		callInterpreter: 'Soitan tulkille.',
		comeAgain: 'Tule uudelleen. Näytän päivän.',
		findOut: 'Selvitän asian. Se kestää hetken.',
		comeWithMe: 'Tule mukaani.',
		mayShare: 'Saanko antaa tietosi eteenpäin? Voit sanoa ei.',
		welcome: 'Tervetuloa. Voin auttaa sinua.',
		yes: 'Kyllä',
		no: 'Ei',
		unsure: 'En tiedä',
		listen: 'Kuuntele',
		machine: 'Konekäännös. Kukaan ei ole tarkistanut tekstiä.',
		missing: 'Tätä tekstiä ei ole suomeksi.',
		hours: 'Aukioloajat',
		openNow: 'Avoinna nyt',
		openToday: 'Avoinna tänään',
		closed: 'Suljettu',
		closedToday: 'Suljettu tänään',
		aroundClock: 'Avoinna aina, yöllä ja päivällä',
		holiday: 'Tänään on pyhäpäivä. Ajat voivat olla muut.',
		byAppointment: 'Vain ajanvarauksella',
		phone: 'Puhelin',
		address: 'Osoite',
		bring: 'Ota mukaan',
		free: 'Maksuton',
		price: 'Hinta',
		languages: 'Täällä puhutaan',
		website: 'Verkkosivu',
		appointment: 'Varattu aika',
		showThis: 'Näytä tämä, kun menet paikalle.',
		scanCode: 'Avaa puhelimesi kamera ja osoita sillä koodia.',
		savesContact: 'Yhteystiedot tallentuvat puhelimeesi.',
		nextAdvice: 'Neuvoja on täällä seuraavan kerran',
		holdPhone: 'Voit ottaa puhelimen käteesi. Lue rauhassa.',
		giveBack: 'Anna puhelin takaisin neuvojalle.',
		thanks: 'Kiitos.',
		moreBelow: 'Lisää alempana',
		noticeTitle: 'Mitä sinusta kirjoitetaan',
		noticeWhat:
			'Neuvoja kirjoittaa muistiin, mitä kysyit ja mitä neuvoa sait. Näin tiedetään, millaista neuvontaa tarvitaan.',
		noticeNoName: 'Nimeäsi, henkilötunnustasi, osoitettasi tai puhelinnumeroasi ei kirjoiteta.',
		noticeBackground: 'Sinun ei tarvitse vastata kysymyksiin taustastasi. Saat neuvoja silti.',
		noticeAuthorities:
			'Tietoja ei anneta Maahanmuuttovirastolle, poliisille, Kelalle eikä muille viranomaisille ilman, että sinä suostut siihen tai laki velvoittaa.',
		noticeErased: 'Tiedot poistetaan, kun niitä ei enää tarvita.',
		noticeCard:
			'Jos sinulla on asiakaskortti, saat koodilla nähdä kaiken ja pyytää sen poistettavaksi. Kortti on vapaaehtoinen.',
		noticeAsk:
			'Kysy neuvojalta, jos jokin jäi epäselväksi. Voit valittaa tietosuojavaltuutetulle: tietosuoja.fi.',
		cardWhat:
			'Voit saada kortin, jossa on koodi. Kortissa ei ole nimeäsi. Kun näytät kortin, neuvoja näkee, mistä asioista olemme puhuneet ja mitä sovimme.',
		cardPersonal:
			'Koodi yhdistää käyntisi, joten se on henkilötieto. Arkaluonteisia asioita kortti ei näytä. Saat neuvontaa myös ilman korttia.',
		cardEnd:
			'Voit perua kortin milloin vain. Silloin koodi poistetaan käynneistäsi. Jos et käytä korttia vuoteen, koodi poistetaan itsestään.',
		cardQuestion: 'Haluatko kortin?'
	}
};
