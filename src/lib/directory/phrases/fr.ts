import type { PhraseBook } from './phrases.ts';

/** Machine translation: nobody has checked it. */
export const book: PhraseBook = {
	language: 'fr',
	origin: 'machine',
	texts: {
		needInterpreter: 'Avez-vous besoin d’un interprète ?',
		pleaseWait: 'Veuillez patienter un instant.',
		isUrgent: 'Est-ce urgent ?',
		mayRecord: 'Puis-je noter cette visite ? Je n’écris pas votre nom. Vous pouvez dire non.',
		whatAbout: 'De quoi s’agit-il ? Montrez une image.',
		showPaper: 'Avez-vous une lettre ou un papier ? Montrez-le-moi.',
		whereLive: 'Dans quelle commune habitez-vous ?',
		emergency: 'En cas d’urgence, appelez le 112.',
		canRead: 'Pouvez-vous lire ce texte ?',
		haveAppointment: 'Avez-vous un rendez-vous ?',
		callInterpreter: 'J’appelle un interprète.',
		comeAgain: 'Revenez une autre fois. Je vous montre le jour.',
		findOut: 'Je me renseigne. Cela prend un moment.',
		comeWithMe: 'Venez avec moi.',
		mayShare: 'Puis-je transmettre vos informations ? Vous pouvez dire non.',
		welcome: 'Bienvenue. Je peux vous aider.',
		yes: 'Oui',
		no: 'Non',
		unsure: 'Je ne sais pas',
		listen: 'Écouter',
		machine: 'Traduction automatique. Personne n’a vérifié ce texte.',
		missing: 'Ce texte n’existe pas en français.',
		hours: 'Heures d’ouverture',
		openNow: 'Ouvert maintenant',
		openToday: 'Ouvert aujourd’hui',
		closed: 'Fermé',
		closedToday: 'Fermé aujourd’hui',
		aroundClock: 'Toujours ouvert, jour et nuit',
		holiday: 'Aujourd’hui est un jour férié. Les horaires peuvent être différents.',
		byAppointment: 'Sur rendez-vous uniquement',
		phone: 'Téléphone',
		address: 'Adresse',
		bring: 'À apporter',
		free: 'Gratuit',
		price: 'Prix',
		languages: 'On parle ici',
		website: 'Site internet',
		appointment: 'Votre rendez-vous',
		showThis: 'Montrez ceci en arrivant.',
		scanCode: 'Ouvrez l’appareil photo de votre téléphone et visez le code.',
		savesContact: 'Les coordonnées sont enregistrées dans votre téléphone.',
		nextAdvice: 'Le conseiller est ici la prochaine fois',
		holdPhone: 'Vous pouvez prendre le téléphone. Lisez tranquillement.',
		giveBack: 'Rendez le téléphone au conseiller.',
		thanks: 'Merci.',
		moreBelow: 'Suite plus bas',
		noticeTitle: 'Ce qui est écrit sur vous',
		noticeWhat:
			'Le conseiller note ce que vous avez demandé et le conseil que vous avez reçu. Cela montre de quels conseils les gens ont besoin.',
		noticeNoName:
			'Votre nom, votre numéro d’identité, votre adresse et votre numéro de téléphone ne sont pas notés.',
		noticeBackground:
			'Vous n’êtes pas obligé de répondre aux questions sur votre situation. Vous recevez quand même des conseils.',
		noticeAuthorities:
			'Ces informations ne sont pas données au service de l’immigration, à la police, à Kela ni à d’autres autorités, sauf si vous êtes d’accord ou si la loi l’exige.',
		noticeErased: 'Elles sont effacées quand on n’en a plus besoin.',
		noticeCard:
			'Si vous avez une carte de client, son code vous permet de tout voir et de demander que tout soit effacé. La carte est facultative.',
		noticeAsk:
			'Demandez au conseiller si quelque chose n’est pas clair. Vous pouvez vous plaindre auprès du délégué à la protection des données : tietosuoja.fi.',
		cardWhat:
			'Vous pouvez avoir une carte avec un code. Votre nom n’y est pas. Quand vous montrez la carte, le conseiller voit de quoi nous avons parlé et ce que nous avons convenu.',
		cardPersonal:
			'Le code relie vos visites : c’est une donnée personnelle. La carte ne montre pas les sujets sensibles. Vous recevez des conseils aussi sans carte.',
		cardEnd:
			'Vous pouvez renoncer à la carte à tout moment. Le code est alors retiré de vos visites. Si vous n’utilisez pas la carte pendant un an, le code est retiré de lui-même.',
		cardQuestion: 'Voulez-vous la carte ?'
	}
};
