import type { PhraseBook } from './phrases.ts';

/** Machine translation: nobody has checked it. */
export const book: PhraseBook = {
	language: 'es',
	origin: 'machine',
	texts: {
		needInterpreter: '¿Necesita un intérprete?',
		pleaseWait: 'Espere un momento, por favor.',
		isUrgent: '¿Es urgente?',
		mayRecord: '¿Puedo anotar esta visita? No escribo su nombre. Puede decir que no.',
		whatAbout: '¿De qué se trata? Señale una imagen.',
		showPaper: '¿Tiene una carta o un papel? Muéstremelo.',
		whereLive: '¿En qué municipio vive?',
		emergency: 'En una emergencia, llame al 112.',
		canRead: '¿Puede leer este texto?',
		haveAppointment: '¿Tiene cita?',
		callInterpreter: 'Voy a llamar a un intérprete.',
		comeAgain: 'Vuelva otro día. Le muestro el día.',
		findOut: 'Voy a averiguarlo. Tarda un momento.',
		comeWithMe: 'Venga conmigo.',
		mayShare: '¿Puedo transmitir sus datos? Puede decir que no.',
		welcome: 'Bienvenido. Puedo ayudarle.',
		yes: 'Sí',
		no: 'No',
		unsure: 'No lo sé',
		listen: 'Escuchar',
		machine: 'Traducción automática. Nadie ha revisado este texto.',
		missing: 'Este texto no está en español.',
		hours: 'Horario',
		openNow: 'Abierto ahora',
		openToday: 'Abierto hoy',
		closed: 'Cerrado',
		closedToday: 'Cerrado hoy',
		aroundClock: 'Siempre abierto, día y noche',
		holiday: 'Hoy es día festivo. El horario puede ser diferente.',
		byAppointment: 'Solo con cita previa',
		phone: 'Teléfono',
		address: 'Dirección',
		bring: 'Traiga consigo',
		free: 'Gratis',
		price: 'Precio',
		languages: 'Aquí se habla',
		website: 'Página web',
		appointment: 'Su cita',
		showThis: 'Muestre esto cuando llegue.',
		scanCode: 'Abra la cámara de su teléfono y apunte al código.',
		savesContact: 'El contacto se guarda en su teléfono.',
		nextAdvice: 'El asesor está aquí la próxima vez',
		holdPhone: 'Puede tomar el teléfono. Lea con calma.',
		giveBack: 'Devuelva el teléfono al asesor.',
		thanks: 'Gracias.',
		moreBelow: 'Hay más abajo',
		noticeTitle: 'Qué se escribe sobre usted',
		noticeWhat:
			'El asesor anota lo que usted preguntó y el consejo que recibió. Así se sabe qué asesoramiento hace falta.',
		noticeNoName: 'No se anotan su nombre, su número de identidad, su dirección ni su teléfono.',
		noticeBackground: 'No tiene que responder preguntas sobre su situación. Recibe consejo de todas formas.',
		noticeAuthorities:
			'Los datos no se entregan al servicio de inmigración, a la policía, a Kela ni a otras autoridades si usted no está de acuerdo o la ley no lo exige.',
		noticeErased: 'Los datos se borran cuando ya no hacen falta.',
		noticeCard:
			'Si tiene una tarjeta de cliente, con su código puede verlo todo y pedir que se borre. La tarjeta es voluntaria.',
		noticeAsk:
			'Pregunte al asesor si algo no está claro. Puede presentar una queja ante el defensor de la protección de datos: tietosuoja.fi.',
		cardWhat:
			'Puede tener una tarjeta con un código. Su nombre no está en ella. Cuando muestra la tarjeta, el asesor ve de qué hablamos y qué acordamos.',
		cardPersonal:
			'El código une sus visitas, por eso es un dato personal. La tarjeta no muestra asuntos delicados. También recibe consejo sin tarjeta.',
		cardEnd:
			'Puede renunciar a la tarjeta cuando quiera. Entonces el código se quita de sus visitas. Si no usa la tarjeta durante un año, el código se quita solo.',
		cardQuestion: '¿Quiere la tarjeta?'
	}
};
