import type { PhraseBook } from './phrases.ts';

/** Machine translation: nobody has checked it. */
export const book: PhraseBook = {
	language: 'so',
	origin: 'machine',
	texts: {
		needInterpreter: 'Ma u baahan tahay turjubaan?',
		pleaseWait: 'Fadlan wax yar sug.',
		isUrgent: 'Arrintaadu ma degdeg baa?',
		mayRecord: 'Ma qori karaa booqashadan? Magacaaga ma qorayo. Waad diidi kartaa.',
		whatAbout: 'Maxay tahay arrintaadu? Sawir farta ku fiiq.',
		showPaper: 'Ma haysaa warqad? I tus.',
		whereLive: 'Degmadee ayaad ku nooshahay?',
		emergency: 'Xaalad degdeg ah wac 112.',
		canRead: 'Ma akhrin kartaa qoraalkan?',
		haveAppointment: 'Ma haysaa ballan?',
		callInterpreter: 'Waxaan wacayaa turjubaan.',
		comeAgain: 'Fadlan mar kale kaalay. Maalinta waan ku tusayaa.',
		findOut: 'Waan soo ogaanayaa. Wax yar bay qaadanaysaa.',
		comeWithMe: 'Fadlan i soo raac.',
		mayShare: 'Macluumaadkaaga ma gudbin karaa? Waad diidi kartaa.',
		welcome: 'Soo dhowow. Waan ku caawin karaa.',
		yes: 'Haa',
		no: 'Maya',
		unsure: 'Ma garanayo',
		listen: 'Dhageyso',
		machine: 'Turjumaad mashiin. Qofna ma hubin qoraalkan.',
		missing: 'Qoraalkan af Soomaali kuma qorna.',
		hours: 'Saacadaha furan',
		openNow: 'Hadda waa furan yahay',
		openToday: 'Maanta waa furan yahay',
		closed: 'Waa xiran yahay',
		closedToday: 'Maanta waa xiran yahay',
		aroundClock: 'Mar walba waa furan, habeen iyo maalin',
		holiday: 'Maanta waa maalin fasax ah. Saacaduhu way ka duwanaan karaan.',
		byAppointment: 'Ballan oo keliya',
		phone: 'Telefoon',
		address: 'Cinwaan',
		bring: 'Soo qaado',
		free: 'Bilaash',
		price: 'Qiimaha',
		languages: 'Halkan waxaa lagaga hadlaa',
		website: 'Bogga internetka',
		appointment: 'Ballantaada',
		showThis: 'Kan tus marka aad gaarto.',
		scanCode: 'Fur kamarada telefoonkaaga oo ku jeedi koodhka.',
		savesContact: 'Xogta xiriirka waxay ku kaydsamaysaa telefoonkaaga.',
		nextAdvice: 'La-taliyuhu markan xigta wuxuu halkan joogaa',
		holdPhone: 'Telefoonka waad qaadan kartaa. Si deggan u akhri.',
		giveBack: 'Telefoonka ku celi la-taliyaha.',
		thanks: 'Mahadsanid.',
		moreBelow: 'Hoos wax kale ayaa ku jira',
		noticeTitle: 'Waxa adiga lagaa qoro',
		noticeWhat:
			'La-taliyuhu wuxuu qoraa waxa aad weydiisay iyo talada aad heshay. Sidaas ayaa lagu ogaadaa talada loo baahan yahay.',
		noticeNoName: 'Magacaaga, lambarka aqoonsiga, ciwaankaaga iyo lambarka telefoonkaaga lama qoro.',
		noticeBackground:
			'Khasab kuguma aha inaad ka jawaabto su’aalaha ku saabsan xaaladdaada. Talada waad helaysaa si kasta.',
		noticeAuthorities:
			'Macluumaadka lama siiyo Hay’adda Socdaalka, booliiska, Kela ama hay’ado kale haddii aadan oggolaan ama uusan sharcigu ku qasbin.',
		noticeErased: 'Macluumaadka waa la tirtiraa marka aan loo baahnayn.',
		noticeCard:
			'Haddii aad haysato kaarka macmiilka, koodhkiisa waxaad ku arki kartaa wax walba waxaadna codsan kartaa in la tirtiro. Kaarku waa ikhtiyaari.',
		noticeAsk:
			'Weydii la-taliyaha haddii wax kuu caddayn. Waxaad u cabban kartaa ilaaliyaha xogta: tietosuoja.fi.',
		cardWhat:
			'Waxaad heli kartaa kaar koodh leh. Magacaagu kuma qorna. Marka aad kaarka tusto, la-taliyuhu wuxuu arkaa waxa aan ka hadalnay iyo waxa aan ku heshiinnay.',
		cardPersonal:
			'Koodhku wuxuu isku xiraa booqashooyinkaaga, sidaas darteed waa xog shakhsi ah. Kaarku ma muujiyo arrimaha xasaasiga ah. Talo waad helaysaa kaar la’aan sidoo kale.',
		cardEnd:
			'Kaarka waad iska dayn kartaa mar kasta. Markaas koodhka waa laga saaraa booqashooyinkaaga. Haddii aadan kaarka isticmaalin sannad, koodhku isagaa iska baxa.',
		cardQuestion: 'Ma rabtaa kaarka?'
	}
};
