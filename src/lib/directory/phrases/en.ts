import type { PhraseBook } from './phrases.ts';

export const book: PhraseBook = {
	language: 'en',
	origin: 'written',
	texts: {
		needInterpreter: 'Do you need an interpreter?',
		pleaseWait: 'Please wait a moment.',
		isUrgent: 'Is your matter urgent?',
		mayRecord: 'May I make a note of this visit? I do not write down your name. You can say no.',
		whatAbout: 'What is it about? Point at a picture.',
		showPaper: 'Do you have a letter or a paper? Show it to me.',
		whereLive: 'Which municipality do you live in?',
		emergency: 'In an emergency, call 112.',
		canRead: 'Can you read this text?',
		haveAppointment: 'Do you have an appointment?',
		callInterpreter: 'I am calling an interpreter.',
		comeAgain: 'Please come again. I will show you the day.',
		findOut: 'I will find out. It takes a moment.',
		comeWithMe: 'Please come with me.',
		mayShare: 'May I pass on your information? You can say no.',
		welcome: 'Welcome. I can help you.',
		yes: 'Yes',
		no: 'No',
		unsure: 'I do not know',
		listen: 'Listen',
		machine: 'Machine translation. No person has checked this text.',
		missing: 'This text is not available in English.',
		hours: 'Opening hours',
		openNow: 'Open now',
		openToday: 'Open today',
		closed: 'Closed',
		closedToday: 'Closed today',
		aroundClock: 'Always open, day and night',
		holiday: 'Today is a public holiday. The hours may be different.',
		byAppointment: 'By appointment only',
		phone: 'Phone',
		address: 'Address',
		bring: 'Bring with you',
		free: 'Free of charge',
		price: 'Price',
		languages: 'Spoken here',
		website: 'Website',
		appointment: 'Your appointment',
		showThis: 'Show this when you get there.',
		scanCode: 'Open your phone’s camera and point it at the code.',
		savesContact: 'The contact details are saved on your phone.',
		nextAdvice: 'The adviser is here next on',
		holdPhone: 'You may hold the phone. Take your time to read.',
		giveBack: 'Give the phone back to the adviser.',
		thanks: 'Thank you.',
		moreBelow: 'More below',
		noticeTitle: 'What is written about you',
		noticeWhat:
			'The adviser writes down what you asked and what advice you got. That shows what kind of advice is needed.',
		noticeNoName: 'Your name, identity code, address and telephone number are not written down.',
		noticeBackground:
			'You do not have to answer questions about your background. You get advice all the same.',
		noticeAuthorities:
			'What is written is not given to the Immigration Service, the police, Kela or other authorities unless you agree or the law demands it.',
		noticeErased: 'It is erased when it is no longer needed.',
		noticeCard:
			'If you have a client card, its code lets you see all of it and ask for it to be erased. The card is your choice.',
		noticeAsk:
			'Ask the adviser if anything is unclear. You can complain to the Data Protection Ombudsman: tietosuoja.fi.',
		cardWhat:
			'You can have a card with a code. Your name is not on it. When you show the card, the adviser sees what we talked about and what we agreed.',
		cardPersonal:
			'The code links your visits, so it is personal data. The card shows no sensitive matters. You get advice without a card, too.',
		cardEnd:
			'You can give the card up at any time. The code is then removed from your visits. If you do not use the card for a year, the code is removed by itself.',
		cardQuestion: 'Do you want the card?'
	}
};
