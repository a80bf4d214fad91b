import type { PhraseBook } from './phrases.ts';

/** Machine translation: nobody has checked it. */
export const book: PhraseBook = {
	language: 'sq',
	origin: 'machine',
	texts: {
		needInterpreter: 'A keni nevojë për përkthyes?',
		pleaseWait: 'Ju lutem prisni pak.',
		isUrgent: 'A është urgjente çështja juaj?',
		mayRecord: 'A mund ta shënoj këtë vizitë? Nuk e shkruaj emrin tuaj. Mund të thoni jo.',
		whatAbout: 'Për çfarë bëhet fjalë? Tregoni një figurë.',
		showPaper: 'A keni një letër ose dokument? Ma tregoni.',
		whereLive: 'Në cilën komunë jetoni?',
		emergency: 'Në rast urgjence telefononi 112.',
		canRead: 'A mund ta lexoni këtë tekst?',
		haveAppointment: 'A keni termin?',
		callInterpreter: 'Po telefonoj përkthyesin.',
		comeAgain: 'Ju lutem ejani përsëri. Do t’jua tregoj ditën.',
		findOut: 'Do ta sqaroj. Duhet pak kohë.',
		comeWithMe: 'Ju lutem ejani me mua.',
		mayShare: 'A mund t’i jap më tej të dhënat tuaja? Mund të thoni jo.',
		welcome: 'Mirë se vini. Mund t’ju ndihmoj.',
		yes: 'Po',
		no: 'Jo',
		unsure: 'Nuk e di',
		listen: 'Dëgjo',
		machine: 'Përkthim me makinë. Askush nuk e ka kontrolluar tekstin.',
		missing: 'Ky tekst nuk është në shqip.',
		hours: 'Orari',
		openNow: 'Hapur tani',
		openToday: 'Hapur sot',
		closed: 'Mbyllur',
		closedToday: 'Mbyllur sot',
		aroundClock: 'Gjithmonë hapur, ditë e natë',
		holiday: 'Sot është festë zyrtare. Orari mund të jetë ndryshe.',
		byAppointment: 'Vetëm me termin',
		phone: 'Telefoni',
		address: 'Adresa',
		bring: 'Merrni me vete',
		free: 'Falas',
		price: 'Çmimi',
		languages: 'Këtu flitet',
		website: 'Faqja në internet',
		appointment: 'Termini juaj',
		showThis: 'Tregojeni këtë kur të arrini.',
		scanCode: 'Hapni kamerën e telefonit dhe drejtojeni te kodi.',
		savesContact: 'Të dhënat e kontaktit ruhen në telefonin tuaj.',
		nextAdvice: 'Këshilltari është këtu herën tjetër',
		holdPhone: 'Mund ta mbani telefonin. Lexoni me qetësi.',
		giveBack: 'Kthejani telefonin këshilltarit.',
		thanks: 'Faleminderit.',
		moreBelow: 'Më shumë më poshtë',
		noticeTitle: 'Çfarë shkruhet për ju',
		noticeWhat:
			'Këshilltari shkruan çfarë pyetët dhe çfarë këshille morët. Kështu dihet çfarë këshillimi nevojitet.',
		noticeNoName: 'Emri, numri i identitetit, adresa dhe numri juaj i telefonit nuk shkruhen.',
		noticeBackground: 'Nuk jeni i detyruar t’u përgjigjeni pyetjeve për veten. Këshillën e merrni gjithsesi.',
		noticeAuthorities:
			'Të dhënat nuk i jepen Shërbimit të Imigracionit, policisë, Kela-s apo autoriteteve të tjera, përveç nëse ju pajtoheni ose e kërkon ligji.',
		noticeErased: 'Të dhënat fshihen kur nuk nevojiten më.',
		noticeCard:
			'Nëse keni kartë klienti, me kodin e saj mund të shihni gjithçka dhe të kërkoni që të fshihet. Karta është vullnetare.',
		noticeAsk:
			'Pyesni këshilltarin nëse diçka nuk është e qartë. Mund të ankoheni te ombudsmani për mbrojtjen e të dhënave: tietosuoja.fi.',
		cardWhat:
			'Mund të merrni një kartë me një kod. Emri juaj nuk është në të. Kur e tregoni kartën, këshilltari sheh për çfarë kemi folur dhe çfarë kemi vendosur.',
		cardPersonal:
			'Kodi lidh vizitat tuaja, prandaj është e dhënë personale. Karta nuk tregon çështje të ndjeshme. Këshillë merrni edhe pa kartë.',
		cardEnd:
			'Mund të hiqni dorë nga karta në çdo kohë. Atëherë kodi hiqet nga vizitat tuaja. Nëse nuk e përdorni kartën për një vit, kodi hiqet vetë.',
		cardQuestion: 'A e doni kartën?'
	}
};
