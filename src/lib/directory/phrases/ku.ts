import type { PhraseBook } from './phrases.ts';

/** Machine translation: nobody has checked it. */
export const book: PhraseBook = {
	language: 'ku',
	origin: 'machine',
	texts: {
		needInterpreter: 'Pêdiviya te bi wergêr heye?',
		pleaseWait: 'Ji kerema xwe hinekî bisekine.',
		isUrgent: 'Karê te lezgîn e?',
		mayRecord: 'Dikarim vê serdanê binivîsim? Navê te nanivîsim. Tu dikarî bêjî na.',
		whatAbout: 'Mijara te çi ye? Wêneyekî nîşan bide.',
		showPaper: 'Name an kaxezek te heye? Nîşanî min bide.',
		whereLive: 'Tu li kîjan şaredariyê dijî?',
		emergency: 'Di rewşa acîl de li 112 bigere.',
		canRead: 'Tu dikarî vê nivîsê bixwînî?',
		haveAppointment: 'Randevûya te heye?',
		callInterpreter: 'Ez li wergêr digerim.',
		comeAgain: 'Dîsa were. Ez ê rojê nîşanî te bidim.',
		findOut: 'Ez ê pirs bikim. Hinek dem digire.',
		comeWithMe: 'Ji kerema xwe bi min re were.',
		mayShare: 'Dikarim agahiyên te bidim hin kesên din? Tu dikarî bêjî na.',
		welcome: 'Bi xêr hatî. Ez dikarim alîkariya te bikim.',
		yes: 'Erê',
		no: 'Na',
		unsure: 'Nizanim',
		listen: 'Guhdarî bike',
		machine: 'Wergera makîneyê. Kesî ev nivîs kontrol nekiriye.',
		missing: 'Ev nivîs bi kurmancî tune ye.',
		hours: 'Saetên vekirî',
		openNow: 'Niha vekirî ye',
		openToday: 'Îro vekirî ye',
		closed: 'Girtî',
		closedToday: 'Îro girtî ye',
		aroundClock: 'Her dem vekirî ye, şev û roj',
		holiday: 'Îro betlaneya fermî ye. Dibe ku saet cuda bin.',
		byAppointment: 'Tenê bi randevû',
		phone: 'Telefon',
		address: 'Navnîşan',
		bring: 'Bi xwe re bîne',
		free: 'Belaş',
		price: 'Biha',
		languages: 'Li vir tê axaftin',
		website: 'Malper',
		appointment: 'Randevûya te',
		showThis: 'Dema tu gihîştî vê nîşan bide.',
		scanCode: 'Kameraya telefona xwe veke û bide ser kodê.',
		savesContact: 'Agahiyên têkiliyê li telefona te tên tomarkirin.',
		nextAdvice: 'Şêwirmend cara din li vir e',
		holdPhone: 'Tu dikarî telefonê bigirî. Bi aramî bixwîne.',
		giveBack: 'Telefonê vegerîne şêwirmend.',
		thanks: 'Spas.',
		moreBelow: 'Li jêr hîn heye',
		noticeTitle: 'Li ser te çi tê nivîsandin',
		noticeWhat:
			'Şêwirmend dinivîse ku te çi pirsî û te çi şîret girt. Bi vî awayî tê zanîn ka çi şêwirmendî pêwîst e.',
		noticeNoName: 'Nav, hejmara nasnameyê, navnîşan û hejmara telefona te nayên nivîsandin.',
		noticeBackground: 'Ne pêwîst e ku tu bersiva pirsên li ser rewşa xwe bidî. Tu dîsa jî şîret distînî.',
		noticeAuthorities:
			'Agahî nadin Daîreya Koçberiyê, polîs, Kela an saziyên din, heke tu ne razî bî an qanûn ferz neke.',
		noticeErased: 'Dema ku êdî ne pêwîst bin, agahî tên jêbirin.',
		noticeCard:
			'Heke karta te ya mêvan hebe, bi koda wê tu dikarî her tiştî bibînî û bixwazî ku were jêbirin. Kart li gorî daxwaza te ye.',
		noticeAsk:
			'Heke tiştek ne zelal be ji şêwirmend bipirse. Tu dikarî gilî li cem berpirsê parastina daneyan bikî: tietosuoja.fi.',
		cardWhat:
			'Tu dikarî kartekê bi kodekê bistînî. Navê te li ser nîn e. Dema ku tu kartê nîşan didî, şêwirmend dibîne ka me li ser çi axivî û li ser çi li hev kir.',
		cardPersonal:
			'Kod serdanên te bi hev ve girê dide, lewma daneya kesane ye. Kart mijarên hestiyar nîşan nade. Bê kart jî tu şîret distînî.',
		cardEnd:
			'Tu dikarî her gav dev ji kartê berdî. Wê demê kod ji serdanên te tê rakirin. Heke tu salekê kartê bi kar neynî, kod bi xwe tê rakirin.',
		cardQuestion: 'Tu kartê dixwazî?'
	}
};
