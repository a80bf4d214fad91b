import type { PhraseBook } from './phrases.ts';

/** Machine translation: nobody has checked it. */
export const book: PhraseBook = {
	language: 'tr',
	origin: 'machine',
	texts: {
		needInterpreter: 'Tercümana ihtiyacınız var mı?',
		pleaseWait: 'Lütfen biraz bekleyin.',
		isUrgent: 'İşiniz acil mi?',
		mayRecord: 'Bu ziyareti kaydedebilir miyim? Adınızı yazmıyorum. Hayır diyebilirsiniz.',
		whatAbout: 'Konunuz nedir? Bir resim gösterin.',
		showPaper: 'Mektubunuz veya belgeniz var mı? Bana gösterin.',
		whereLive: 'Hangi belediyede yaşıyorsunuz?',
		emergency: 'Acil durumda 112’yi arayın.',
		canRead: 'Bu metni okuyabiliyor musunuz?',
		haveAppointment: 'Randevunuz var mı?',
		callInterpreter: 'Tercümanı arıyorum.',
		comeAgain: 'Tekrar gelin. Size günü göstereceğim.',
		findOut: 'Öğreneceğim. Biraz sürer.',
		comeWithMe: 'Lütfen benimle gelin.',
		mayShare: 'Bilgilerinizi başkasına iletebilir miyim? Hayır diyebilirsiniz.',
		welcome: 'Hoş geldiniz. Size yardım edebilirim.',
		yes: 'Evet',
		no: 'Hayır',
		unsure: 'Bilmiyorum',
		listen: 'Dinle',
		machine: 'Makine çevirisi. Bu metni kimse kontrol etmedi.',
		missing: 'Bu metin Türkçe yok.',
		hours: 'Açılış saatleri',
		openNow: 'Şimdi açık',
		openToday: 'Bugün açık',
		closed: 'Kapalı',
		closedToday: 'Bugün kapalı',
		aroundClock: 'Her zaman açık, gece gündüz',
		holiday: 'Bugün resmî tatil. Saatler farklı olabilir.',
		byAppointment: 'Yalnızca randevuyla',
		phone: 'Telefon',
		address: 'Adres',
		bring: 'Yanınızda getirin',
		free: 'Ücretsiz',
		price: 'Fiyat',
		languages: 'Burada konuşulan diller',
		website: 'Web sitesi',
		appointment: 'Randevunuz',
		showThis: 'Oraya vardığınızda bunu gösterin.',
		scanCode: 'Telefonunuzun kamerasını açın ve koda tutun.',
		savesContact: 'İletişim bilgileri telefonunuza kaydedilir.',
		nextAdvice: 'Danışman bir sonraki sefer burada',
		holdPhone: 'Telefonu elinize alabilirsiniz. Rahatça okuyun.',
		giveBack: 'Telefonu danışmana geri verin.',
		thanks: 'Teşekkürler.',
		moreBelow: 'Aşağıda devamı var',
		noticeTitle: 'Hakkınızda ne yazılıyor',
		noticeWhat:
			'Danışman ne sorduğunuzu ve hangi tavsiyeyi aldığınızı yazar. Böylece nasıl bir danışmanlığa ihtiyaç olduğu görülür.',
		noticeNoName: 'Adınız, kimlik numaranız, adresiniz ve telefon numaranız yazılmaz.',
		noticeBackground:
			'Geçmişinizle ilgili soruları yanıtlamak zorunda değilsiniz. Yine de tavsiye alırsınız.',
		noticeAuthorities:
			'Bilgiler, siz kabul etmedikçe veya kanun gerektirmedikçe Göç Dairesine, polise, Kela’ya veya başka makamlara verilmez.',
		noticeErased: 'Bilgiler artık gerekmediğinde silinir.',
		noticeCard:
			'Müşteri kartınız varsa, koduyla her şeyi görebilir ve silinmesini isteyebilirsiniz. Kart isteğe bağlıdır.',
		noticeAsk:
			'Anlaşılmayan bir şey varsa danışmana sorun. Veri koruma ombudsmanına şikâyette bulunabilirsiniz: tietosuoja.fi.',
		cardWhat:
			'Üzerinde kod olan bir kart alabilirsiniz. Kartta adınız yoktur. Kartı gösterdiğinizde danışman ne konuştuğumuzu ve neye karar verdiğimizi görür.',
		cardPersonal:
			'Kod ziyaretlerinizi birbirine bağlar, bu yüzden kişisel veridir. Kart hassas konuları göstermez. Kartsız da tavsiye alırsınız.',
		cardEnd:
			'Karttan istediğiniz zaman vazgeçebilirsiniz. O zaman kod ziyaretlerinizden silinir. Kartı bir yıl kullanmazsanız kod kendiliğinden silinir.',
		cardQuestion: 'Kartı istiyor musunuz?'
	}
};
